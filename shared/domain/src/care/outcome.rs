//! What a follow-up leads to: the same steps for every disease the norm has followed up.

use super::{Action, AdverseReaction, Control, FollowUpClass, Intervals, PreviousFollowUp};
use crate::base::Date;
use crate::measurements::{Triage, Urgency};
use crate::rules::{Reason, ReasonCode, RuleError, RuleRef, VersionHash};

/// What was found, judged.
pub(super) struct Course<'a> {
    pub triage: Triage,
    pub control: &'a Control,
    pub adverse_reaction: &'a AdverseReaction,
    pub complication: bool,
    pub previous: Option<&'a PreviousFollowUp>,
}

/// What follows from it.
pub(super) struct Outcome {
    pub class: FollowUpClass,
    pub action: Action,
    pub urgency: Urgency,
    pub next_due: Date,
    pub reasons: Vec<Reason>,
    pub next_due_reason: Reason,
}

impl Control {
    /// Returns the state: critical when it is that urgent, else by whether a figure is at or above its target.
    pub(super) fn of(urgency: &Urgency, raised: bool) -> Self {
        match (*urgency >= Urgency::Emergency, raised) {
            (true, _) => Self::Critical,
            (false, true) => Self::Uncontrolled,
            (false, false) => Self::Controlled,
        }
    }
}

/// Returns class, action and next date: the first time out of control is adjusted and seen again, the second in a row
/// referred and checked.
pub(super) fn outcome(
    course: Course<'_>,
    intervals: Intervals<'_>,
    version: &VersionHash,
    date: Date,
) -> Result<Outcome, RuleError> {
    let Course { triage, control, adverse_reaction, complication, previous } = course;
    let mut reasons = triage.reasons;
    let recheck = intervals.recheck(version, date)?;
    let refer = intervals.referral_check(version, date)?;
    let mut action = if *control == Control::Critical { Action::Urgent } else { Action::Routine };
    let mut add = |level: Action, code: ReasonCode, rule: &RuleRef| {
        reasons.push(Reason { code, rule: rule.clone() });
        action = action.clone().max(level);
    };
    if complication {
        add(Action::Refer, ReasonCode::Complication, &refer.1);
    }
    match adverse_reaction {
        AdverseReaction::None => {}
        AdverseReaction::HardToControl => {
            add(Action::Refer, ReasonCode::AdverseReactionHardToControl, &refer.1);
        }
        AdverseReaction::Present | AdverseReaction::Unknown(_) => {
            add(Action::Adjust, ReasonCode::AdverseReaction, &recheck.1);
        }
    }
    let before = previous.filter(|previous| previous.control != Control::Controlled);
    match (control, before) {
        (Control::Controlled, _) => {}
        (_, Some(previous)) => {
            add(Action::Refer, ReasonCode::AboveTargetAgain { previous: previous.date }, &refer.1);
        }
        (_, None) => action = action.max(Action::Adjust),
    }

    let class = if complication {
        FollowUpClass::Complication
    } else if *adverse_reaction != AdverseReaction::None {
        FollowUpClass::AdverseReaction
    } else if *control == Control::Controlled {
        FollowUpClass::Controlled
    } else {
        FollowUpClass::Uncontrolled
    };
    let (days, next_due_reason) = match action {
        Action::Routine => {
            let (routine, rule) = intervals.routine(version, date)?;
            let code = ReasonCode::RoutineFollowUp { times_a_year: routine.times_a_year, days: routine.days };
            (routine.days, Reason { code, rule })
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
    let next_due = date.add_days(i64::from(days));
    Ok(Outcome { class, action, urgency, next_due, reasons, next_due_reason })
}
