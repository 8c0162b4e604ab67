//! Kidney function.

use super::{Case, Item, cautions};
use crate::knowledge::When;
use crate::{Finding, Kind, Level, amount::figure};

/// The worst of each line by the known function; where it is unknown, one finding that says what could not be checked.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    if let Some(egfr) = case.egfr {
        let held = cautions::held(case, |when| matches!(when, When::Egfr(_)));
        let mut findings = cautions::worst(held, case, Kind::Renal, "renal");
        for finding in &mut findings {
            finding.what = finding.what.replace("{egfr}", &figure(egfr));
        }
        return findings;
    }
    let policy = &case.medicines.pack.policy;
    let ill = case.conditions.contains(policy.kidney.as_str());
    let depends = |item: &&Item, level: Level| {
        item.cautions(case.medicines)
            .iter()
            .any(|(caution, _)| matches!(caution.when, When::Egfr(_)) && caution.level >= level)
    };
    let unknown = |level: Level, items: Vec<&Item>| {
        let names: Vec<&str> = items.iter().map(|item| item.name()).collect();
        (!items.is_empty()).then(|| Finding {
            level,
            kind: Kind::Renal,
            lines: items.iter().map(|item| item.at).collect(),
            what: case.medicines.say("renal_unknown", &[("medicines", &case.medicines.list(&names))]),
            why: case.medicines.say("renal_unknown_why", &[]),
            instead: case.medicines.say("renal_unknown_instead", &[]),
            source: items
                .iter()
                .find_map(|item| item.medicine)
                .map(|medicine| medicine.source.clone())
                .unwrap_or_default(),
        })
    };
    // For the young and healthy only what could be forbidden and is injected, narrow or taken for long.
    let at_risk = case.age().0 >= policy.kidney_age
        || policy.kidney_risk.iter().any(|id| case.conditions.contains(id.as_str()));
    let asked = |item: &&Item| {
        at_risk
            || (depends(item, Level::Stop)
                && (item.route.is_injected()
                    || item.medicine.is_some_and(|medicine| medicine.long || medicine.narrow)))
    };
    // A kidney disease of unknown stage makes it urgent to know, where a stage could forbid the medicine.
    let (urgent, rest): (Vec<&Item>, Vec<&Item>) = case
        .items
        .iter()
        .filter(|item| depends(item, Level::Inform) && asked(item))
        .partition(|item| ill && depends(item, Level::Stop));
    unknown(Level::Warn, urgent).into_iter().chain(unknown(Level::Inform, rest)).collect()
}
