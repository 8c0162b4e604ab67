//! Too much, too little, or a slip of the unit.

use super::{Case, Item};
use crate::amount::{Amount, convert, figure};
use crate::knowledge::{DoseRow, Medicine, Weight};
use crate::usual::{Limits, limits};
use crate::{Finding, Kind, Level};

/// One finding a line at most, and one for substances that add up over lines.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    let lines = case.items.iter().filter_map(|item| judge(case, item));
    lines.chain(together(case)).collect()
}

/// How a dose stands to the most that any row allows.
struct Judged<'a> {
    row: &'a DoseRow,
    limits: Limits,
    single: Amount,
    daily: Option<Amount>,
    /// The higher of single and daily as a share of the most, with the weakest form.
    ratio: f64,
    guessed_weight: bool,
}

fn judge(case: &Case, item: &Item) -> Option<Finding> {
    let (medicine, dose) = (item.medicine?, item.line.dose?);
    let age = case.age();
    let by_route: Vec<&DoseRow> = medicine.doses.iter().filter(|row| row.route == item.route).collect();
    let fits = |row: &&DoseRow| {
        let condition = row.condition.as_deref().is_none_or(|id| case.conditions.contains(id));
        row.ages.contain(age) && condition
    };
    let rows: Vec<&DoseRow> = by_route.iter().copied().filter(fits).collect();
    if rows.is_empty() {
        // Local routes want no dose, and fluids are mixed by need.
        let key = if medicine.doses.is_empty() {
            "dose_none"
        } else if by_route.is_empty() {
            "dose_no_row"
        } else {
            "dose_age"
        };
        // What is too much for the next older is too much for a child.
        let older = by_route.iter().copied().filter(|row| row.ages.from > age.0 && row.condition.is_none());
        let older: Vec<Judged> = older.filter_map(|row| weigh(case, item, medicine, dose, row)).collect();
        if let Some(best) = most_generous(&older)
            && let Some(level) = excess(case, medicine, best)
        {
            return Some(too_much(case, item, medicine, best, level));
        }
        let wanted = item.systemic && !item.route.is_local() && !medicine.mixable;
        return wanted.then(|| plain(case, item, Level::Inform, key, medicine.source.clone()));
    }
    let judged: Vec<Judged> =
        rows.into_iter().filter_map(|row| weigh(case, item, medicine, dose, row)).collect();
    let Some(best) = most_generous(&judged) else {
        return Some(plain(case, item, Level::Inform, "dose_unit", medicine.source.clone()));
    };
    if let Some(level) = excess(case, medicine, best) {
        return Some(too_much(case, item, medicine, best, level));
    }
    let policy = &case.medicines.pack.policy;
    if best.single.high > best.limits.single * policy.dose_forgiven {
        return Some(plain(case, item, Level::Inform, "dose_strength", medicine.source.clone()));
    }
    let usual = judged.iter().map(|one| one.limits.usual.0).reduce(f64::min)?;
    if best.single.high < usual * policy.dose_low {
        return Some(amounts(case, item, medicine, best, Level::Inform, "dose_low"));
    }
    (best.guessed_weight).then(|| plain(case, item, Level::Inform, "dose_weight", medicine.source.clone()))
}

/// Returns the row that allows most: the use is not known.
fn most_generous<'a, 'b>(judged: &'b [Judged<'a>]) -> Option<&'b Judged<'a>> {
    judged.iter().min_by(|one, other| one.ratio.total_cmp(&other.ratio))
}

/// Returns the level of what exceeds the most.
fn excess(case: &Case, medicine: &Medicine, judged: &Judged) -> Option<Level> {
    let policy = &case.medicines.pack.policy;
    let stop = medicine.narrow || judged.ratio > policy.dose_stop;
    (judged.ratio > policy.dose_forgiven).then_some(if stop { Level::Stop } else { Level::Warn })
}

/// Compares a dose with a row; `None` where the unit leads nowhere.
fn weigh<'a>(
    case: &Case,
    item: &Item,
    medicine: &Medicine,
    dose: f64,
    row: &'a DoseRow,
) -> Option<Judged<'a>> {
    let (unit, per_kg) = row.base_unit();
    let weight = case.patient.weight_kg;
    let heavy = || heavy(case).map(|weight| weight.heavy);
    let limits = limits(row, if per_kg { weight.or_else(heavy)? } else { 1.0 });
    let form = (item.line.medicine.as_str(), item.route);
    let single = convert(case.medicines, medicine, (dose, &item.line.unit), unit, form)?;
    let daily =
        item.line.times_per_day.map(|times| Amount { low: single.low * times, high: single.high * times });
    let ratio = (single.low / limits.single).max(daily.map_or(0.0, |daily| daily.low / limits.day));
    Some(Judged { row, limits, single, daily, ratio, guessed_weight: per_kg && weight.is_none() })
}

fn heavy<'a>(case: &'a Case) -> Option<&'a Weight> {
    let weights = &case.medicines.pack.policy.weights;
    weights.iter().find(|weight| weight.ages.contain(case.age()))
}

/// Says what is too much, and whether it looks like a slip of the unit.
fn too_much(case: &Case, item: &Item, medicine: &Medicine, judged: &Judged, level: Level) -> Finding {
    let single = judged.single.low / judged.limits.single;
    let key = if single >= judged.ratio { "dose_single" } else { "dose_daily" };
    let mut finding = amounts(case, item, medicine, judged, level, key);
    let (low, high) = judged.limits.usual;
    let slip = [1000.0, 10.0].into_iter().find(|by| {
        let meant = judged.single.low / by;
        judged.ratio >= case.medicines.pack.policy.dose_slip && low <= meant * 1.001 && meant <= high * 1.001
    });
    if let Some(by) = slip {
        let meant = figure(judged.single.low / by);
        let places = [("meant", meant.as_str()), ("unit", judged.row.base_unit().0), ("by", &figure(by))];
        finding.why = case.medicines.say("dose_slip", &places);
    }
    finding
}

fn amounts(
    case: &Case,
    item: &Item,
    medicine: &Medicine,
    judged: &Judged,
    level: Level,
    key: &str,
) -> Finding {
    let (low, high) = judged.limits.usual;
    let usual = if low < high { format!("{}–{}", figure(low), figure(high)) } else { figure(low) };
    let places = [
        ("medicine", item.name()),
        ("single", &figure(judged.single.low)),
        ("daily", &figure(judged.daily.unwrap_or(judged.single).low)),
        ("max", &figure(judged.limits.single)),
        ("day", &figure(judged.limits.day)),
        ("usual", &usual),
        ("unit", judged.row.base_unit().0),
    ];
    Finding {
        level,
        kind: Kind::Dose,
        lines: vec![item.at],
        what: case.medicines.say(key, &places),
        why: case.medicines.say(if level == Level::Inform { "dose_low_why" } else { "dose_why" }, &places),
        instead: case.medicines.say("dose_instead", &places),
        source: judged.row.source.clone().unwrap_or_else(|| medicine.source.clone()),
    }
}

fn plain(case: &Case, item: &Item, level: Level, key: &str, source: String) -> Finding {
    Finding {
        level,
        kind: Kind::Dose,
        lines: vec![item.at],
        what: case.medicines.say(key, &[("medicine", item.name()), ("unit", &item.line.unit)]),
        why: String::new(),
        instead: String::new(),
        source,
    }
}

/// Adds up a substance over the lines that hold it, those hidden inside other medicines included.
fn together(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    let hidden = case.items.iter().flat_map(|item| item.medicine).flat_map(|medicine| &medicine.contains);
    let mut ids: Vec<&str> = hidden.filter(|part| part.mg > 0.0).map(|part| part.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    for substance in ids.into_iter().filter_map(|id| case.medicines.medicine(id)) {
        let parts: Vec<(usize, f64)> = case
            .items
            .iter()
            .filter_map(|item| Some((item.at, milligrams(case, item, substance)?)))
            .collect();
        let total: f64 = parts.iter().map(|(_, mg)| mg).sum();
        let row =
            crate::usual::rows(case.medicines, substance, case.patient).find(|row| row.base_unit().0 == "mg");
        let weight = case.patient.weight_kg.or_else(|| heavy(case).map(|weight| weight.heavy));
        let most = row.and_then(|row| Some(limits(row, if row.base_unit().1 { weight? } else { 1.0 }).day));
        let policy = &case.medicines.pack.policy;
        if let Some(most) = most.filter(|most| total > most * policy.dose_forgiven) {
            let places =
                [("substance", substance.name.as_str()), ("total", &figure(total)), ("day", &figure(most))];
            findings.push(Finding {
                level: if total > most * policy.dose_stop { Level::Stop } else { Level::Warn },
                kind: Kind::Dose,
                lines: parts.into_iter().map(|(at, _)| at).collect(),
                what: case.medicines.say("dose_together", &places),
                why: case.medicines.say("dose_why", &[]),
                instead: case.medicines.say("duplicate_instead", &[]),
                source: substance.source.clone(),
            });
        }
    }
    findings
}

/// Returns the milligrams of a substance that a line gives a day.
fn milligrams(case: &Case, item: &Item, substance: &Medicine) -> Option<f64> {
    let medicine = item.medicine?;
    let from = (item.a_day()?, item.line.unit.as_str());
    let form = (item.line.medicine.as_str(), item.route);
    if medicine.id == substance.id {
        return convert(case.medicines, medicine, from, "mg", form).map(|amount| amount.low);
    }
    let part = medicine.contains.iter().find(|part| part.id == substance.id && part.mg > 0.0)?;
    let piece = case.medicines.pack.words.pieces.keys().next()?;
    convert(case.medicines, medicine, from, piece, form).map(|pieces| pieces.low * part.mg)
}
