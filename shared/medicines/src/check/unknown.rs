//! Medicines nobody here knows.

use super::Case;
use crate::{Finding, Kind, Level};

/// One finding a line that names no known medicine.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    let unknown = case.items.iter().filter(|item| item.medicine.is_none());
    unknown
        .map(|item| Finding {
            level: Level::Inform,
            kind: Kind::Unknown,
            lines: vec![item.at],
            what: case.medicines.say("unknown", &[("medicine", item.name())]),
            why: String::new(),
            instead: case.medicines.say("unknown_instead", &[]),
            source: String::new(),
        })
        .collect()
}
