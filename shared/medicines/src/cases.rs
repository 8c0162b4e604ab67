//! Cases with expected findings, and how a check does on them.

use crate::line::or_default;
use crate::{Age, ChildPugh, Finding, Kind, Level, Line, Medicines, Patient, Sex};
use serde::Deserialize;
use std::collections::BTreeSet;

/// A prescription with what must be found in it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Case {
    /// Names the case.
    pub id: String,
    /// Age, years; fractions for infants.
    pub age_years: f64,
    /// Sex.
    #[serde(default, deserialize_with = "or_default")]
    pub sex: Sex,
    /// Weight, kg.
    #[serde(default)]
    pub weight_kg: Option<f64>,
    /// Kidney function, ml/min/1.73 m².
    #[serde(default)]
    pub egfr: Option<f64>,
    /// Child-Pugh, as a class or as points.
    #[serde(default)]
    pub child_pugh: Option<Liver>,
    /// Weeks of pregnancy.
    #[serde(default)]
    pub pregnant_weeks: Option<f64>,
    /// Whether she breast-feeds.
    #[serde(default)]
    pub lactating: Option<bool>,
    /// Conditions in words.
    #[serde(default, deserialize_with = "or_default")]
    pub conditions: Vec<String>,
    /// Allergies in words.
    #[serde(default, deserialize_with = "or_default")]
    pub allergies: Vec<String>,
    /// The lines.
    pub prescription: Vec<Line>,
    /// What must be found.
    #[serde(default, deserialize_with = "or_default")]
    pub expect: Vec<Expectation>,
    /// From this level on, nothing may be found when nothing is expected.
    #[serde(default)]
    pub forbid_level: Option<Level>,
    /// Kept aside while the rules were tuned.
    #[serde(default)]
    pub held_out: bool,
}

/// Child-Pugh as a class or as points.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Liver {
    /// A, B or C.
    Class(ChildPugh),
    /// 5 to 15.
    Points(f64),
}

/// A finding that must be there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Expectation {
    /// Of this kind.
    pub kind: Kind,
    /// At this level or above.
    pub level: Level,
    /// On at least these medicines.
    #[serde(default)]
    pub involves: Vec<String>,
}

/// How a case went.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Everything that was found.
    pub findings: Vec<Finding>,
    /// For each expectation, whether it was met.
    pub met: Vec<bool>,
    /// Places of findings at a forbidden level.
    pub forbidden: Vec<usize>,
    /// Places of stops that no expectation asked for.
    pub unexpected_stops: Vec<usize>,
}

impl Case {
    /// Returns the resident of the case.
    #[must_use]
    pub fn patient(&self) -> Patient {
        let child_pugh = self.child_pugh.map(|liver| match liver {
            Liver::Class(class) => class,
            Liver::Points(points) if points < 7.0 => ChildPugh::A,
            Liver::Points(points) if points < 10.0 => ChildPugh::B,
            Liver::Points(_) => ChildPugh::C,
        });
        Patient {
            age: Age::years(self.age_years),
            sex: self.sex,
            weight_kg: self.weight_kg,
            egfr: self.egfr,
            child_pugh,
            pregnant: None,
            pregnant_weeks: self.pregnant_weeks,
            lactating: self.lactating.unwrap_or_default(),
            emergency: false,
            conditions: self.conditions.clone(),
            allergies: self.allergies.clone(),
        }
    }

    /// Checks the prescription and compares.
    #[must_use]
    pub fn judge(&self, medicines: &Medicines) -> Verdict {
        let findings = medicines.check(&self.patient(), &self.prescription);
        let meets = |expected: &Expectation, finding: &Finding| {
            same_kind(expected.kind, finding.kind) && self.involves(medicines, expected, finding)
        };
        let met = self
            .expect
            .iter()
            .map(|expected| {
                findings.iter().any(|finding| finding.level >= expected.level && meets(expected, finding))
            })
            .collect();
        let places = |wanted: &dyn Fn(&Finding) -> bool| -> Vec<usize> {
            findings.iter().enumerate().filter(|(_, finding)| wanted(finding)).map(|(at, _)| at).collect()
        };
        let forbidden = match self.forbid_level {
            Some(level) if self.expect.is_empty() => places(&|finding| finding.level >= level),
            _ => Vec::new(),
        };
        let unexpected_stops = places(&|finding| {
            finding.level == Level::Stop && !self.expect.iter().any(|expected| meets(expected, finding))
        });
        Verdict { met, forbidden, unexpected_stops, findings }
    }

    /// Tells whether a finding is on at least the medicines expected, by whatever name.
    fn involves(&self, medicines: &Medicines, expected: &Expectation, finding: &Finding) -> bool {
        let lines: Vec<&Line> = finding.lines.iter().filter_map(|at| self.prescription.get(*at)).collect();
        let is = |line: &Line, name: &String| {
            line.medicine == *name || {
                let (one, other) = (medicines.named(&line.medicine), medicines.named(name));
                one.zip(other).is_some_and(|(one, other)| {
                    one.id == other.id || one.contains.iter().any(|part| part.id == other.id)
                })
            }
        };
        let mut used = BTreeSet::new();
        expected.involves.iter().all(|name| {
            // Two names want two lines, unless both stand for the same one.
            let place = lines.iter().enumerate().find(|(at, line)| !used.contains(at) && is(line, name));
            let place = place.or_else(|| lines.iter().enumerate().find(|(_, line)| is(line, name)));
            place.map(|(at, _)| used.insert(at)).is_some()
        })
    }
}

/// Kidney and condition, age and condition are one question asked in two ways.
fn same_kind(expected: Kind, found: Kind) -> bool {
    let one = |kind: Kind| matches!(kind, Kind::Renal | Kind::Age | Kind::Contraindication);
    expected == found
        || (expected == Kind::Contraindication && one(found))
        || (found == Kind::Contraindication && one(expected))
}
