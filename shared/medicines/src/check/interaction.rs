//! Two medicines together.

use super::{Case, Item, cautions::daily};
use crate::knowledge::Interaction;
use crate::{Finding, Kind};

/// One finding a pair of lines: the worst interaction, of equal ones the first in the pack.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, one) in case.items.iter().enumerate() {
        for other in case.items.iter().skip(at + 1) {
            let mut worst: Option<&Interaction> = None;
            for interaction in &case.medicines.pack.interactions {
                let either = applies(case, interaction, one, other) || applies(case, interaction, other, one);
                if either && worst.is_none_or(|known| interaction.level > known.level) {
                    worst = Some(interaction);
                }
            }
            findings.extend(worst.map(|interaction| finding(case, interaction, one, other)));
        }
    }
    findings
}

/// Tells whether `one` is among the `a` and `other` among the `b`.
fn applies(case: &Case, interaction: &Interaction, one: &Item, other: &Item) -> bool {
    let acts = |item: &Item, ids: &[String]| ids.iter().any(|id| item.acts_as.contains(id.as_str()));
    let spared = |item: &Item| item.substances.iter().any(|part| interaction.except.contains(&part.id));
    acts(one, &interaction.a)
        && acts(other, &interaction.b)
        && !acts_only_by_itself(one, other)
        && !spared(one)
        && !spared(other)
        && (interaction.routes.is_empty() || interaction.routes.contains(&one.route))
        && (interaction.with.is_empty()
            || case
                .items
                .iter()
                .any(|third| third.at != one.at && third.at != other.at && acts(third, &interaction.with)))
        && interaction.when.as_ref().is_none_or(|when| case.holds(when))
        && interaction.day.is_none_or(|most| daily(case, one).is_none_or(|daily| daily > most))
}

/// The same substance twice is a duplicate, not an interaction.
fn acts_only_by_itself(one: &Item, other: &Item) -> bool {
    one.medicine.zip(other.medicine).is_some_and(|(one, other)| one.id == other.id)
}

fn finding(case: &Case, interaction: &Interaction, one: &Item, other: &Item) -> Finding {
    Finding {
        level: interaction.level,
        kind: Kind::Interaction,
        lines: vec![one.at, other.at],
        what: case.medicines.say("interaction", &[("one", one.name()), ("other", other.name())]),
        why: interaction.why.clone(),
        instead: interaction.management.clone(),
        source: interaction.source.clone(),
    }
}
