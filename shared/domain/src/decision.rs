//! Advice on a reading: plausible or not, how urgent, and why.

use serde::{Deserialize, Serialize};

use crate::base::Date;
use crate::measurements::{Findings, HypertensionRules, Implausible, Pressure, Triage, Unlikely, triage};
use crate::rules::{Pack, RuleError};

/// A reading as it was typed, at home or at a visit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Assessment {
    /// Systolic and diastolic as typed.
    pub sbp: u16,
    /// Diastolic as typed.
    pub dbp: u16,
    /// Age, danger signs, pregnancy; its pressure is replaced by the typed one.
    #[serde(default)]
    pub findings: Findings,
}

/// What to tell whoever typed the reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// How urgent it is, and why.
    pub triage: Triage,
    /// Soft warnings: worth measuring again.
    pub unlikely: Vec<Unlikely>,
}

/// Why there is no advice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssessmentError {
    /// The reading is impossible.
    #[error(transparent)]
    Implausible(#[from] Implausible),
    /// A rule cannot be applied.
    #[error(transparent)]
    Rule(#[from] RuleError),
}

/// Judges a reading taken on `date`.
///
/// # Errors
/// When the reading is impossible or a rule is not in force.
pub fn assess(
    assessment: &Assessment,
    pack: &Pack<HypertensionRules>,
    date: Date,
) -> Result<Advice, AssessmentError> {
    let pressure = Pressure::new(assessment.sbp, assessment.dbp)?;
    let findings = Findings { pressure: Some(pressure), ..assessment.findings.clone() };
    Ok(Advice { triage: triage(&findings, pack, date)?, unlikely: pressure.unlikely() })
}
