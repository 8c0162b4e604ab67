//! Disputes of entries by the resident, and the team's answers to these and to requests.

use serde::{Deserialize, Serialize};

use super::TakenBack;
use crate::base::{EntryId, HealthPoints, StaffId, Timestamp};

/// A resident, or who acts for them, does not agree with an entry, or misses one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryDispute {
    /// The id.
    pub id: EntryId,
    /// The entry; nothing where one is missing.
    #[serde(default)]
    pub entry: Option<EntryId>,
    /// Why.
    pub reason: String,
    /// The account that wrote it.
    #[serde(default)]
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Whether it was taken back.
    #[serde(default)]
    pub withdrawn: Option<TakenBack>,
}

/// What the team answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The entry stands; a request is not granted.
    Refused,
    /// The entry counts with another figure; a missing one is entered.
    Corrected {
        /// The points before caps.
        points: HealthPoints,
    },
    /// An outcome of a newer version: what was answered still waits here.
    Unknown,
}

/// The team's answer to a dispute or a request. The latest counts; earlier ones stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Answer {
    /// The id.
    pub id: EntryId,
    /// The dispute or request.
    pub to: EntryId,
    /// What was decided.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Why, in words the resident reads.
    pub reason: String,
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}

/// An answer as it is written.
#[derive(Deserialize)]
struct Written {
    id: EntryId,
    to: EntryId,
    outcome: String,
    points: Option<HealthPoints>,
    #[serde(default)]
    reason: String,
    by: StaffId,
    at: Timestamp,
}

impl From<Written> for Answer {
    fn from(written: Written) -> Self {
        let Written { id, to, outcome, points, reason, by, at } = written;
        let outcome = match (outcome.as_str(), points) {
            ("refused", _) => Outcome::Refused,
            ("corrected", Some(points)) => Outcome::Corrected { points },
            _ => Outcome::Unknown,
        };
        Self { id, to, outcome, reason, by, at }
    }
}

/// Returns the answer that counts: of those this version understands the latest, of the same moment the greater id.
pub(super) fn answer_to<'a>(answers: &'a [Answer], to: &EntryId) -> Option<&'a Answer> {
    let own = answers.iter().filter(|answer| answer.to == *to && answer.outcome != Outcome::Unknown);
    own.max_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)))
}

/// Tells whether a dispute waits for the team.
#[must_use]
pub fn waiting(dispute: &EntryDispute, answers: &[Answer]) -> bool {
    dispute.withdrawn.is_none() && answer_to(answers, &dispute.id).is_none()
}
