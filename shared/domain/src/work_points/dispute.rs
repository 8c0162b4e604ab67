//! Disputes: whoever claimed does not agree with a ruling, and somebody looks again.

use serde::{Deserialize, Serialize};

use super::{Line, Withdrawal};
use crate::base::{ClaimId, EntryId, RulingId, Timestamp};

/// A dispute of a ruling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// The id.
    pub id: EntryId,
    /// The claim.
    pub claim: ClaimId,
    /// The ruling that is disputed; a later one answers it.
    pub ruling: RulingId,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Whether it was taken back.
    #[serde(default)]
    pub withdrawn: Option<Withdrawal>,
}

impl Dispute {
    /// Tells whether it waits for an answer: the ruling that counts on `line` is still the one disputed.
    #[must_use]
    pub fn is_open(&self, line: &Line) -> bool {
        self.withdrawn.is_none()
            && self.claim == line.claim.id
            && line.ruling.as_ref().is_some_and(|ruling| ruling.id == self.ruling)
    }
}

/// Returns the dispute that waits on `line`; of several the latest, of the same moment the greater id.
#[must_use]
pub fn disputed<'a>(disputes: &'a [Dispute], line: &Line) -> Option<&'a Dispute> {
    let open = disputes.iter().filter(|dispute| dispute.is_open(line));
    open.max_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)))
}

/// Tells whether a line can be disputed: somebody ruled otherwise than was claimed, and no dispute waits.
#[must_use]
pub fn can_be_disputed(disputes: &[Dispute], line: &Line) -> bool {
    use super::LineState::{Adjusted, Rejected};
    matches!(line.state, Adjusted | Rejected) && disputed(disputes, line).is_none()
}
