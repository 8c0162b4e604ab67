//! The same substance or class twice.

use super::{Case, Item};
use crate::knowledge::{Class, Medicine};
use crate::{Finding, Kind, Level};

/// One finding a pair of lines: the same substance, else the class with the highest level.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, one) in case.items.iter().enumerate() {
        for other in case.items.iter().skip(at + 1) {
            // On the skin, in the eye: beside what is swallowed, that is usual.
            if !one.route.is_local() && !other.route.is_local() {
                findings.extend(substance(case, one, other).or_else(|| class(case, one, other)));
            }
        }
    }
    findings
}

/// The same substance in both.
fn substance(case: &Case, one: &Item, other: &Item) -> Option<Finding> {
    let shared: &Medicine = one
        .substances
        .iter()
        .find(|part| !part.mixable && other.substances.iter().any(|same| same.id == part.id))?;
    // Two strengths of one product are one thing; a substance hidden in another product is easily overlooked.
    let hidden = one.medicine != other.medicine;
    // What a class forbids twice, one of its substances forbids twice.
    let class = class(case, one, other).map_or(Level::Warn, |finding| finding.level);
    let least = if hidden && shared.narrow { Level::Stop } else { Level::Warn };
    Some(Finding {
        level: if hidden { least.max(class) } else { least },
        kind: Kind::Duplicate,
        lines: vec![one.at, other.at],
        what: case.medicines.say(
            "duplicate_substance",
            &[("one", one.name()), ("other", other.name()), ("substance", &shared.name)],
        ),
        why: case.medicines.say("duplicate_why", &[]),
        instead: case.medicines.say("duplicate_instead", &[]),
        source: shared.source.clone(),
    })
}

/// The same class in both.
fn class(case: &Case, one: &Item, other: &Item) -> Option<Finding> {
    let shared = one.acts_as.intersection(&other.acts_as).filter_map(|id| case.medicines.class(id));
    let worst: &Class = shared
        .filter(|class| class.duplicate.is_some())
        .max_by(|one, other| (one.duplicate, &other.id).cmp(&(other.duplicate, &one.id)))?;
    Some(Finding {
        level: worst.duplicate?,
        kind: Kind::Duplicate,
        lines: vec![one.at, other.at],
        what: case
            .medicines
            .say("duplicate_class", &[("one", one.name()), ("other", other.name()), ("class", &worst.name)]),
        why: case.medicines.say("duplicate_why", &[]),
        instead: case.medicines.say("duplicate_instead", &[]),
        source: worst.source.clone(),
    })
}
