//! What is due for a resident today.

use serde::{Deserialize, Serialize};

use crate::base::Date;
use crate::rules::{Pack, Reason, ReasonCode, RuleError, VersionHash};

use super::{FollowUpRules, Intervals};

crate::open_enum! {
    /// What is due.
    pub enum DueKind {
        /// The first follow-up of a resident who is under care.
        First = "first",
        /// A follow-up.
        FollowUp = "follow_up",
        /// Checking whether the resident went where they were referred.
        ReferralCheck = "referral_check",
    }
}

/// How a due date lies to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DueState {
    /// So many days late.
    Overdue {
        /// Days.
        days: u32,
    },
    /// Today.
    Today,
    /// In so many days.
    Upcoming {
        /// Days.
        days: u32,
    },
}

impl DueState {
    /// Returns how `due` lies to `today`.
    #[must_use]
    pub fn of(due: Date, today: Date) -> Self {
        let days = today.days_until(due);
        let distance = u32::try_from(days.unsigned_abs()).unwrap_or(u32::MAX);
        match days {
            0 => Self::Today,
            1.. => Self::Upcoming { days: distance },
            _ => Self::Overdue { days: distance },
        }
    }
}

/// Something due, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// What.
    pub kind: DueKind,
    /// By when.
    pub date: Date,
    /// Why that date, and by which rule.
    pub reason: Reason,
}

impl Due {
    /// Returns how it lies to `today`.
    #[must_use]
    pub fn state(&self, today: Date) -> DueState {
        DueState::of(self.date, today)
    }
}

/// What of the last follow-up decides the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastFollowUp {
    /// The date held.
    pub date: Date,
    /// When the norm asks for the next at the latest.
    pub next_due: Date,
    /// Why.
    pub reason: Reason,
    /// Whether the resident was referred.
    pub referred: bool,
    /// An earlier or later date doctor and resident agreed on.
    pub agreed: Option<Date>,
}

/// Returns what is due for a resident followed up by `pack`: the first follow-up on `since` (when they
/// came under care), or what the last follow-up asks for. An agreed date counts when it is not after the norm's.
pub fn due<R: FollowUpRules>(
    last: Option<&LastFollowUp>,
    since: Date,
    pack: &Pack<R>,
) -> Result<Due, RuleError> {
    due_by(last, since, pack.rules.intervals(), &pack.version)
}

fn due_by(
    last: Option<&LastFollowUp>,
    since: Date,
    intervals: Intervals<'_>,
    version: &VersionHash,
) -> Result<Due, RuleError> {
    let Some(last) = last else {
        let (_, rule) = intervals.routine(version, since)?;
        let reason = Reason { code: ReasonCode::NeverSeen, rule };
        return Ok(Due { kind: DueKind::First, date: since, reason });
    };
    let kind = if last.referred { DueKind::ReferralCheck } else { DueKind::FollowUp };
    let agreed = last.agreed.filter(|agreed| *agreed > last.date && *agreed < last.next_due);
    Ok(match agreed {
        Some(date) => {
            let reason = Reason { code: ReasonCode::AgreedDate, rule: last.reason.rule.clone() };
            Due { kind, date, reason }
        }
        None => Due { kind, date: last.next_due, reason: last.reason.clone() },
    })
}
