//! Liver function.

use super::{Case, Item, cautions};
use crate::knowledge::When;
use crate::{ChildPugh, Finding, Kind, Level};

/// The worst of each line by the known class; for a liver disease of unknown class, what could not be checked.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    let asks = |when: &When| matches!(when, When::ChildPugh(_));
    if let Some(class) = case.child_pugh {
        // A class says as much as the words for a liver disease.
        let policy = &case.medicines.pack.policy;
        let severe = |id: &str| class >= ChildPugh::C && id == policy.liver_severe;
        let means = |when: &When| match when {
            When::ChildPugh(from) => class >= *from,
            When::Condition(id) => id == &policy.liver || severe(id),
            _ => false,
        };
        return cautions::worst(cautions::matching(case, means), case, Kind::Hepatic, "hepatic");
    }
    if !case.conditions.contains(case.medicines.pack.policy.liver.as_str()) {
        return Vec::new();
    }
    let depends = |item: &&Item, level: Level| {
        item.cautions(case.medicines).iter().any(|(caution, _)| asks(&caution.when) && caution.level >= level)
    };
    let (urgent, rest): (Vec<&Item>, Vec<&Item>) = case
        .items
        .iter()
        .filter(|item| depends(item, Level::Inform))
        .partition(|item| depends(item, Level::Stop));
    let unknown = |level: Level, items: Vec<&Item>| {
        let names: Vec<&str> = items.iter().map(|item| item.name()).collect();
        (!items.is_empty()).then(|| Finding {
            level,
            kind: Kind::Hepatic,
            lines: items.iter().map(|item| item.at).collect(),
            what: case.medicines.say("hepatic_unknown", &[("medicines", &case.medicines.list(&names))]),
            why: String::new(),
            instead: case.medicines.say("hepatic_unknown_instead", &[]),
            source: items
                .iter()
                .find_map(|item| item.medicine)
                .map(|medicine| medicine.source.clone())
                .unwrap_or_default(),
        })
    };
    // What a liver disease itself forbids waits for the class.
    let policy = &case.medicines.pack.policy;
    let forbidden = |item: &&Item| {
        item.cautions(case.medicines).iter().any(|(caution, _)| match &caution.when {
            When::Condition(id) => {
                let liver = *id == policy.liver || *id == policy.liver_severe;
                liver && caution.level == Level::Stop && case.holds(&caution.when)
            }
            _ => false,
        })
    };
    let (forbidden, urgent): (Vec<&Item>, Vec<&Item>) = urgent.into_iter().partition(forbidden);
    let all = [(Level::Stop, forbidden), (Level::Warn, urgent), (Level::Inform, rest)];
    all.into_iter().filter_map(|(level, items)| unknown(level, items)).collect()
}
