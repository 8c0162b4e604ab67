//! Pregnancy.

use super::{Case, cautions};
use crate::knowledge::When;
use crate::{Finding, Kind, Level, Sex};

/// The worst of each line when she is pregnant; a question when she may be and the medicine would be stopped.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    let asks = |when: &When| matches!(when, When::Pregnancy(_));
    if case.pregnant {
        return cautions::worst(cautions::held(case, asks), case, Kind::Pregnancy, "pregnancy");
    }
    let may_be = case.patient.sex == Sex::Female
        && case.patient.pregnant != Some(false)
        && case.medicines.pack.policy.childbearing.contain(case.age());
    let harmful = |item: &&super::Item| {
        let cautions = item.cautions(case.medicines);
        cautions
            .iter()
            .any(|(caution, _)| caution.level == Level::Stop && caution.when == When::Pregnancy(None))
    };
    let items: Vec<_> = if may_be { case.items.iter().filter(harmful).collect() } else { Vec::new() };
    let names: Vec<&str> = items.iter().map(|item| item.name()).collect();
    if items.is_empty() {
        return Vec::new();
    }
    let source =
        items.iter().flat_map(|item| item.cautions(case.medicines)).find(|(caution, _)| asks(&caution.when));
    vec![Finding {
        level: Level::Inform,
        kind: Kind::Pregnancy,
        lines: items.iter().map(|item| item.at).collect(),
        what: case.medicines.say("pregnancy_unknown", &[("medicines", &case.medicines.list(&names))]),
        why: String::new(),
        instead: case.medicines.say("pregnancy_unknown_instead", &[]),
        source: source.map(|(_, source)| source.to_owned()).unwrap_or_default(),
    }]
}
