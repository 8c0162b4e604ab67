//! A follow-up of hypertension: its class, what to do, and when next.

use serde::{Deserialize, Serialize};

use super::outcome::{Course, Outcome, outcome};
use super::{Action, AdverseReaction, Control, FollowUpClass, FollowUpRules, PreviousFollowUp};
use crate::base::Date;
use crate::measurements::{Findings, HypertensionRules, PressureLimit, Urgency, triage};
use crate::rules::{Pack, Reason, ReasonCode, RuleError};

/// What a follow-up found; of which figures, `F` says. Those the disease is judged by are needed to classify.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpInput<F = Findings> {
    /// What was measured, danger signs, pregnancy.
    #[serde(flatten)]
    pub findings: F,
    /// Adverse drug reaction.
    #[serde(default = "no_reaction")]
    pub adverse_reaction: AdverseReaction,
    /// A new complication, or an old one that became worse.
    #[serde(default)]
    pub complication: bool,
    /// The follow-up before this one, where there was one.
    #[serde(default)]
    pub previous: Option<PreviousFollowUp>,
}

fn no_reaction() -> AdverseReaction {
    AdverseReaction::None
}

/// The result of a follow-up, stored with the visit as it was computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The class of the form.
    pub class: FollowUpClass,
    /// The state of the pressure.
    pub control: Control,
    /// What to do.
    pub action: Action,
    /// How soon somebody must act.
    pub urgency: Urgency,
    /// When the resident must be seen or the referral checked at the latest.
    pub next_due: Date,
    /// The figures the pressure must be below.
    pub target: PressureLimit,
    /// The grade of raised pressure, 1 to 3.
    #[serde(default)]
    pub grade: Option<u8>,
    /// Why it is urgent or not, and what was found; the weightiest first.
    pub reasons: Vec<Reason>,
    /// Why `next_due` is that date.
    pub next_due_reason: Reason,
}

impl FollowUp {
    /// Tells whether the next thing due is to check a referral.
    #[must_use]
    pub fn is_referred(&self) -> bool {
        self.action.is_referral()
    }
}

/// Classifies a follow-up held on `date`, by the rules in force that day.
///
/// # Errors
/// [`FollowUpError::NoPressure`] without a pressure and without a danger sign; rule errors otherwise.
pub fn follow_up(
    input: &FollowUpInput,
    pack: &Pack<HypertensionRules>,
    date: Date,
) -> Result<FollowUp, FollowUpError> {
    let findings = &input.findings;
    if findings.pressure.is_none() && findings.danger_signs.is_empty() {
        return Err(FollowUpError::NoPressure);
    }
    let triage = triage(findings, pack, date)?;
    let raised = triage.reasons.iter().any(|reason| matches!(reason.code, ReasonCode::AboveTarget { .. }));
    let control = Control::of(&triage.urgency, raised);
    let course = Course {
        triage,
        control: &control,
        adverse_reaction: &input.adverse_reaction,
        complication: input.complication,
        previous: input.previous.as_ref(),
    };
    let Outcome { class, action, urgency, next_due, reasons, next_due_reason } =
        outcome(course, pack.rules.intervals(), &pack.version, date)?;
    Ok(FollowUp {
        class,
        control,
        action,
        urgency,
        next_due,
        target: pack.target(findings.age, date)?.0,
        grade: findings.pressure.map_or(Ok(None), |pressure| pack.grade(pressure, date))?,
        reasons,
        next_due_reason,
    })
}

/// Why a follow-up cannot be classified.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FollowUpError {
    /// Neither a pressure nor a danger sign was recorded.
    #[error("a follow-up needs a blood pressure")]
    NoPressure,
    /// A rule cannot be applied.
    #[error(transparent)]
    Rule(#[from] RuleError),
}
