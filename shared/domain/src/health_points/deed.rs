//! What a resident did, as the records show it.

use serde::{Deserialize, Serialize};

use crate::base::{Date, Timestamp};

crate::open_enum! {
    /// What was done.
    pub enum DeedKind {
        /// A follow-up that the resident kept; of: where it was held.
        FollowUp = "follow_up",
        /// A service under the contract; of: its item.
        Service = "service",
        /// A contract signed.
        Contract = "contract",
        /// A reading at home.
        Reading = "reading",
        /// Something the team saw the resident take part in; of: what, such as a lecture or a screening.
        Attendance = "attendance",
    }
}

/// Why and when something was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Something a resident did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// What.
    pub kind: DeedKind,
    /// Which of these; empty where there is one only.
    pub of: String,
    /// The day.
    pub on: Date,
    /// The entry of the records that shows it.
    pub evidence: String,
    /// Whether that was taken out of the record.
    pub taken_out: Option<TakenBack>,
}
