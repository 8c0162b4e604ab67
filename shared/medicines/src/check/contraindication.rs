//! Conditions of the resident that forbid a medicine.

use super::{Case, cautions};
use crate::knowledge::When;
use crate::{Finding, Kind};

/// One finding a line and condition, the worst.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    let held = cautions::held(case, |when| matches!(when, When::Condition(_) | When::Sex(_)));
    let mut findings: Vec<Finding> = Vec::new();
    for one in held {
        let condition = match &one.caution.when {
            When::Condition(id) => {
                let known = case.medicines.pack.conditions.iter().find(|condition| condition.id == *id);
                known.map_or(id.as_str(), |condition| condition.name.as_str())
            }
            _ => "",
        };
        let key = if condition.is_empty() { "contraindication_sex" } else { "contraindication" };
        let finding = cautions::finding(case, &one, Kind::Contraindication, key, &[("condition", condition)]);
        match findings.iter_mut().find(|other| other.lines == finding.lines && other.what == finding.what) {
            Some(other) if other.level >= finding.level => {}
            Some(other) => *other = finding,
            None => findings.push(finding),
        }
    }
    findings
}
