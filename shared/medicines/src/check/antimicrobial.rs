//! Restricted antimicrobials, and antibacterials without a reason.

use super::{Case, Item};
use crate::knowledge::Antimicrobial;
use crate::{Finding, Kind, Level};

/// A finding a restricted line, and one for antibacterials against a virus or very many at once.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    let policy = &case.medicines.pack.policy;
    let mut findings: Vec<Finding> = case.items.iter().filter_map(|item| restricted(case, item)).collect();
    let antibacterials: Vec<&Item> =
        case.items.iter().filter(|item| item.acts_as.contains(policy.antibacterial.as_str())).collect();
    let viral = !case.conditions.is_empty()
        && case.conditions.iter().any(|id| policy.viral.iter().any(|viral| viral == id))
        && case
            .conditions
            .iter()
            .all(|id| policy.viral.iter().any(|viral| viral == id) || !is_infection(case, id));
    let many = antibacterials.len() >= policy.antimicrobials_many;
    for (holds, key) in
        [(viral && !antibacterials.is_empty(), "antimicrobial_viral"), (many, "antimicrobial_many")]
    {
        if holds {
            let names: Vec<&str> = antibacterials.iter().map(|item| item.name()).collect();
            findings.push(Finding {
                level: Level::Inform,
                kind: Kind::Antimicrobial,
                lines: antibacterials.iter().map(|item| item.at).collect(),
                what: case.medicines.say(key, &[("medicines", &case.medicines.list(&names))]),
                why: String::new(),
                instead: String::new(),
                source: policy.antimicrobial_use_source.clone(),
            });
        }
    }
    findings
}

/// Tells whether a condition could want an antibacterial.
fn is_infection(case: &Case, id: &str) -> bool {
    case.medicines.pack.conditions.iter().any(|condition| condition.id == id && condition.infection)
}

fn restricted(case: &Case, item: &Item) -> Option<Finding> {
    let (level, key) = match item.medicine?.antimicrobial.filter(|_| item.systemic)? {
        Antimicrobial::Free => return None,
        Antimicrobial::Restricted => (Level::Inform, "antimicrobial_restricted"),
        Antimicrobial::Special => (Level::Warn, "antimicrobial_special"),
    };
    Some(Finding {
        level,
        kind: Kind::Antimicrobial,
        lines: vec![item.at],
        what: case.medicines.say(key, &[("medicine", item.name())]),
        why: String::new(),
        instead: String::new(),
        source: case.medicines.pack.policy.antimicrobial_source.clone(),
    })
}
