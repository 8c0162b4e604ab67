//! Claims and rulings.

use serde::{Deserialize, Serialize};

use super::rules::Circumstance;
use crate::base::{
    ClaimId, Date, InstitutionId, ItemId, ResidentId, RulingId, StaffId, Timestamp, VisitId, WorkPoints,
};
use crate::rules::VersionHash;

/// A claim withdrawn by whoever made it, as when its visit was voided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Work that a member of staff says was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The id.
    pub id: ClaimId,
    /// Who did the work.
    pub staff: StaffId,
    /// The kind of work.
    pub item: ItemId,
    /// The date of the work.
    pub on: Date,
    /// How many units.
    pub quantity: u32,
    /// Where.
    pub institution: InstitutionId,
    /// Circumstances that held on that day.
    #[serde(default)]
    pub circumstances: Vec<Circumstance>,
    /// The version of the rules it was made under.
    pub rules: VersionHash,
    /// The visit that wrote it.
    #[serde(default)]
    pub visit: Option<VisitId>,
    /// The resident visited; whoever reviews the claim need not be able to open the record.
    #[serde(default)]
    pub resident: Option<ResidentId>,
    /// A word about it.
    #[serde(default)]
    pub note: String,
    /// When it was entered.
    pub recorded_at: Timestamp,
    /// Whether it was withdrawn.
    #[serde(default)]
    pub withdrawn: Option<Withdrawal>,
}

impl Claim {
    /// Tells whether it was entered on a later day than the work was done.
    #[must_use]
    pub fn is_late_entry(&self) -> bool {
        self.recorded_at.date() > self.on
    }
}

/// Returns the id of the claim a visit writes for `item`: the same visit can never claim twice.
#[must_use]
pub fn claim_id(visit: &VisitId, item: &ItemId) -> ClaimId {
    ClaimId::new(format!("{visit}.{item}"))
}

/// What was ruled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// As claimed.
    Accepted,
    /// With another figure.
    Adjusted {
        /// The points granted before caps.
        points: WorkPoints,
    },
    /// Nothing.
    Rejected,
    /// A verdict of a newer version; the claim stays pending here.
    Unknown,
}

impl Verdict {
    /// Returns the verdict written as `name`, with the points of an adjusted one.
    #[must_use]
    pub fn named(name: &str, points: Option<WorkPoints>) -> Self {
        match (name, points) {
            ("accepted", _) => Self::Accepted,
            ("adjusted", Some(points)) => Self::Adjusted { points },
            ("rejected", _) => Self::Rejected,
            _ => Self::Unknown,
        }
    }
}

/// A manager's ruling on a claim. The latest counts; earlier ones stay on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Ruling {
    /// The id.
    pub id: RulingId,
    /// The claim.
    pub claim: ClaimId,
    /// What was ruled.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Why; required unless accepted.
    pub reason: String,
    /// Who ruled.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}

/// A ruling as it is written.
#[derive(Deserialize)]
struct Written {
    id: RulingId,
    claim: ClaimId,
    verdict: String,
    points: Option<WorkPoints>,
    #[serde(default)]
    reason: String,
    by: StaffId,
    at: Timestamp,
}

impl From<Written> for Ruling {
    fn from(written: Written) -> Self {
        let verdict = Verdict::named(&written.verdict, written.points);
        let Written { id, claim, reason, by, at, .. } = written;
        Self { id, claim, verdict, reason, by, at }
    }
}

impl Ruling {
    /// Tells whether a reason is given where one is required.
    #[must_use]
    pub fn is_reasoned(&self) -> bool {
        self.verdict == Verdict::Accepted || !self.reason.trim().is_empty()
    }
}
