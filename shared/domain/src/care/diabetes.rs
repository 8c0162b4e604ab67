//! A follow-up of type 2 diabetes: its class, what to do, and when next.

use serde::{Deserialize, Serialize};

use super::outcome::{Course, Outcome, outcome};
use super::{Action, Control, FollowUpClass, FollowUpInput, FollowUpRules};
use crate::base::{Date, Glucose};
use crate::measurements::{DiabetesRules, GlucoseFindings, GlucoseReading, Urgency, triage_glucose};
use crate::rules::{Pack, Reason, ReasonCode, RuleError};

/// The result of a diabetes follow-up, to be stored with the visit as it was computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiabetesFollowUp {
    /// The class of the form.
    pub class: FollowUpClass,
    /// The state of the glucose.
    pub control: Control,
    /// What to do.
    pub action: Action,
    /// How soon somebody must act.
    pub urgency: Urgency,
    /// When the resident must be seen or the referral checked at the latest.
    pub next_due: Date,
    /// The figure the fasting glucose must be below.
    pub target: Glucose,
    /// Why it is urgent or not, and what was found; the weightiest first.
    pub reasons: Vec<Reason>,
    /// Why `next_due` is that date.
    pub next_due_reason: Reason,
}

impl DiabetesFollowUp {
    /// Tells whether the next thing due is to check a referral.
    #[must_use]
    pub fn is_referred(&self) -> bool {
        self.action.is_referral()
    }
}

/// Classifies a diabetes follow-up held on `date`, by the rules in force that day.
///
/// The norm has fasting glucose and pressure measured. What was not measured is not taken for normal: without either
/// there is a class only when what is known is already critical.
///
/// # Errors
/// [`DiabetesFollowUpError::NoFastingGlucose`] or [`DiabetesFollowUpError::NoPressure`] when it is missing and
/// nothing critical was found; rule errors otherwise.
pub fn diabetes_follow_up(
    input: &FollowUpInput<GlucoseFindings>,
    pack: &Pack<DiabetesRules>,
    date: Date,
) -> Result<DiabetesFollowUp, DiabetesFollowUpError> {
    let findings = &input.findings;
    let triage = triage_glucose(findings, pack, date)?;
    let raised =
        triage.reasons.iter().any(|reason| matches!(reason.code, ReasonCode::GlucoseAboveTarget { .. }));
    let control = Control::of(&triage.urgency, raised);
    if control != Control::Critical {
        if !findings.glucose.as_ref().is_some_and(GlucoseReading::is_fasting) {
            return Err(DiabetesFollowUpError::NoFastingGlucose);
        }
        if findings.pressure.is_none() {
            return Err(DiabetesFollowUpError::NoPressure);
        }
    }
    let course = Course {
        triage,
        control: &control,
        adverse_reaction: &input.adverse_reaction,
        complication: input.complication,
        previous: input.previous.as_ref(),
    };
    let Outcome { class, action, urgency, next_due, reasons, next_due_reason } =
        outcome(course, pack.rules.intervals(), &pack.version, date)?;
    let target = pack.rules.target.in_force(date)?.value;
    Ok(DiabetesFollowUp { class, control, action, urgency, next_due, target, reasons, next_due_reason })
}

/// Why a diabetes follow-up cannot be classified.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiabetesFollowUpError {
    /// No glucose was recorded that is known to be a fasting one, and nothing critical.
    #[error("a diabetes follow-up needs a fasting glucose")]
    NoFastingGlucose,
    /// No pressure was recorded, and nothing critical.
    #[error("a diabetes follow-up needs a blood pressure")]
    NoPressure,
    /// A rule cannot be applied.
    #[error(transparent)]
    Rule(#[from] RuleError),
}
