//! Cautions that hold, turned into findings.

use super::{Case, Item};
use crate::amount::convert;
use crate::knowledge::{Caution, When};
use crate::{Finding, Kind};

/// A caution that holds for a line.
pub(crate) struct Held<'a> {
    pub item: &'a Item<'a>,
    pub caution: &'a Caution,
    pub source: &'a str,
}

/// Returns the cautions of a kind of question that hold.
pub(crate) fn held<'a>(case: &'a Case<'a>, asks: fn(&When) -> bool) -> Vec<Held<'a>> {
    matching(case, |when| asks(when) && case.holds(when))
}

/// Returns the cautions that match, unless amount or days stay within what they allow.
pub(crate) fn matching<'a>(case: &'a Case<'a>, matches: impl Fn(&When) -> bool) -> Vec<Held<'a>> {
    let mut found = Vec::new();
    for item in &case.items {
        for (caution, source) in item.cautions(case.medicines) {
            if matches(&caution.when) && !within(case, item, caution) {
                found.push(Held { item, caution, source });
            }
        }
    }
    found
}

/// Tells whether the line stays within the amount or the days that the caution allows, or the resident is spared.
fn within(case: &Case, item: &Item, caution: &Caution) -> bool {
    let spared = caution.unless.as_deref().is_some_and(|id| case.conditions.contains(id));
    let short = caution.days.is_some_and(|most| item.line.days.is_none_or(|days| days <= most));
    spared || short || caution.day.is_some_and(|most| daily(case, item).is_some_and(|daily| daily <= most))
}

/// Returns what is taken a day in the unit of the medicine's dose rows, mg where it has none.
pub(crate) fn daily(case: &Case, item: &Item) -> Option<f64> {
    let medicine = item.medicine?;
    let unit = medicine.doses.first().map_or("mg", |row| row.base_unit().0);
    let from = (item.a_day()?, item.line.unit.as_str());
    convert(case.medicines, medicine, from, unit, (&item.line.medicine, item.route)).map(|amount| amount.low)
}

/// Makes a finding a line of the worst caution that holds for it; `key` names the sentence, with `{medicine}`.
pub(crate) fn worst(held: Vec<Held>, case: &Case, kind: Kind, key: &str) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for one in held {
        let finding = finding(case, &one, kind, key, &[]);
        match findings.iter_mut().find(|other| other.lines == finding.lines) {
            Some(other) if other.level >= finding.level => {}
            Some(other) => *other = finding,
            None => findings.push(finding),
        }
    }
    findings
}

/// Makes a finding of a caution.
pub(crate) fn finding(case: &Case, held: &Held, kind: Kind, key: &str, places: &[(&str, &str)]) -> Finding {
    let mut all = vec![("medicine", held.item.name())];
    all.extend(places);
    Finding {
        level: held.caution.level,
        kind,
        lines: vec![held.item.at],
        what: case.medicines.say(key, &all),
        why: held.caution.why.clone(),
        instead: held.caution.instead.clone(),
        source: held.source.to_owned(),
    }
}
