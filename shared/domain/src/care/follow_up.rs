//! The four classes of a follow-up, what to do, and when next.

use serde::{Deserialize, Serialize};

use crate::base::Date;
use crate::measurements::{Findings, HypertensionRules, PressureLimit, Urgency, triage};
use crate::rules::{Pack, Reason, ReasonCode, RuleError, RuleRef};

crate::open_enum! {
    /// The class the follow-up form asks for.
    pub enum FollowUpClass {
        /// Satisfied.
        Controlled = "controlled",
        /// Not satisfied.
        Uncontrolled = "uncontrolled",
        /// Adverse drug reaction.
        AdverseReaction = "adverse_reaction",
        /// Complication.
        Complication = "complication",
    }
}

crate::open_enum! {
    /// The state of the pressure.
    pub enum Control {
        /// Below target.
        Controlled = "controlled",
        /// At or above target.
        Uncontrolled = "uncontrolled",
        /// Critical by figure or danger sign.
        Critical = "critical",
    }
}

crate::open_enum! {
    /// What the norm asks to be done, least urgent first.
    pub enum Action {
        /// Agree the next follow-up.
        Routine = "routine",
        /// Adjust treatment and see again.
        Adjust = "adjust",
        /// Refer and check.
        Refer = "refer",
        /// Refer urgently and check.
        Urgent = "urgent",
    }
}

crate::open_enum! {
    /// An adverse drug reaction.
    pub enum AdverseReaction {
        /// None.
        None = "none",
        /// Present, can be handled.
        Present = "present",
        /// Hard to control.
        HardToControl = "hard_to_control",
    }
}

/// What a follow-up found. `findings.pressure` is needed to classify.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpInput {
    /// Age, pressure, danger signs, pregnancy.
    #[serde(flatten)]
    pub findings: Findings,
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

/// What of the follow-up before counts now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousFollowUp {
    /// Its date.
    pub date: Date,
    /// The state of the pressure then; a critical one counts as uncontrolled.
    pub control: Control,
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
        matches!(self.action, Action::Refer | Action::Urgent)
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
    let mut reasons = triage.reasons;
    let critical = triage.urgency >= Urgency::Emergency;
    let raised = reasons.iter().any(|reason| matches!(reason.code, ReasonCode::AboveTarget { .. }));
    let control = match (critical, raised) {
        (true, _) => Control::Critical,
        (false, true) => Control::Uncontrolled,
        (false, false) => Control::Controlled,
    };

    let recheck = cite(&pack.rules.recheck, pack, date)?;
    let refer = cite(&pack.rules.referral_check, pack, date)?;
    let mut action = if critical { Action::Urgent } else { Action::Routine };
    let mut add = |level: Action, code: ReasonCode, rule: &RuleRef| {
        reasons.push(Reason { code, rule: rule.clone() });
        action = action.clone().max(level);
    };
    if input.complication {
        add(Action::Refer, ReasonCode::Complication, &refer.1);
    }
    match &input.adverse_reaction {
        AdverseReaction::None => {}
        AdverseReaction::HardToControl => {
            add(Action::Refer, ReasonCode::AdverseReactionHardToControl, &refer.1);
        }
        AdverseReaction::Present | AdverseReaction::Unknown(_) => {
            add(Action::Adjust, ReasonCode::AdverseReaction, &recheck.1);
        }
    }
    let before = input.previous.as_ref().filter(|previous| previous.control != Control::Controlled);
    match (&control, before) {
        (Control::Controlled, _) => {}
        (_, Some(previous)) => {
            add(Action::Refer, ReasonCode::AboveTargetAgain { previous: previous.date }, &refer.1);
        }
        (_, None) => action = action.max(Action::Adjust),
    }

    let class = if input.complication {
        FollowUpClass::Complication
    } else if input.adverse_reaction != AdverseReaction::None {
        FollowUpClass::AdverseReaction
    } else if control == Control::Controlled {
        FollowUpClass::Controlled
    } else {
        FollowUpClass::Uncontrolled
    };
    let (days, next_due_reason) = match action {
        Action::Routine => {
            let table = &pack.rules.routine;
            let dated = table.in_force(date)?;
            let code = ReasonCode::RoutineFollowUp {
                times_a_year: dated.value.times_a_year,
                days: dated.value.days,
            };
            (dated.value.days, Reason { code, rule: table.cite(dated, &pack.version) })
        }
        Action::Adjust => (
            recheck.0,
            Reason { code: ReasonCode::RecheckAfterAdjustment { days: recheck.0 }, rule: recheck.1 },
        ),
        _ => (refer.0, Reason { code: ReasonCode::CheckReferral { days: refer.0 }, rule: refer.1 }),
    };
    let urgency = match action {
        Action::Routine => triage.urgency,
        _ => triage.urgency.max(Urgency::Appointment),
    };
    Ok(FollowUp {
        class,
        control,
        action,
        urgency,
        next_due: date.add_days(i64::from(days)),
        target: pack.target(findings.age, date)?.0,
        grade: findings.pressure.map_or(Ok(None), |pressure| pack.grade(pressure, date))?,
        reasons,
        next_due_reason,
    })
}

fn cite(
    table: &crate::rules::Table<crate::measurements::hypertension::Days>,
    pack: &Pack<HypertensionRules>,
    date: Date,
) -> Result<(u16, RuleRef), RuleError> {
    let dated = table.in_force(date)?;
    Ok((dated.value.days, table.cite(dated, &pack.version)))
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
