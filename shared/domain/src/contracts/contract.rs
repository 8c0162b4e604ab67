//! Contracts and the services given under them.

use serde::{Deserialize, Serialize};

use crate::base::{
    ContractId, Date, ItemId, PackageId, Period, ResidentId, StaffId, TeamId, Timestamp, VisitId,
};
use crate::rules::VersionHash;

crate::open_enum! {
    /// Where a contract was signed.
    pub enum SigningPlace {
        /// At the clinic.
        Clinic = "clinic",
        /// At the resident's home.
        Home = "home",
        /// On the resident's telephone.
        Phone = "phone",
    }
}

/// A published package a contract pins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageRef {
    /// The package.
    pub id: PackageId,
    /// Its published version.
    pub hash: VersionHash,
}

/// A contract ended early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Termination {
    /// Why.
    pub reason: String,
    /// The last day it was in force.
    pub on: Date,
    /// Who ended it.
    pub by: StaffId,
    /// When this was entered.
    pub at: Timestamp,
}

/// A contract between a resident and a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// The id.
    pub id: ContractId,
    /// The resident.
    pub resident: ResidentId,
    /// The team.
    pub team: TeamId,
    /// The member of staff who signed.
    pub signed_by: StaffId,
    /// When both had signed; nothing while it is a draft.
    #[serde(default)]
    pub signed_at: Option<Timestamp>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The packages.
    pub packages: Vec<PackageRef>,
    /// Where it was signed.
    #[serde(default)]
    pub place: SigningPlace,
    /// The contract it renews.
    #[serde(default)]
    pub renews: Option<ContractId>,
    /// Its early end.
    #[serde(default)]
    pub terminated: Option<Termination>,
}

impl Contract {
    /// Returns the days it is in force, an early end considered.
    #[must_use]
    pub fn term(&self) -> Period {
        let until = self.terminated.as_ref().map_or(self.until, |end| end.on.min(self.until));
        Period { from: self.from, until }
    }
}

/// A service given, as a visit or a later entry tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The visit it was given in.
    pub visit: VisitId,
    /// The contract it counts for.
    pub contract: ContractId,
    /// The package whose item it uses.
    pub package: PackageId,
    /// The item it uses.
    pub item: ItemId,
    /// The date of service; it decides the window.
    pub on: Date,
    /// The date of entry.
    pub recorded_on: Date,
    /// Who gave it.
    pub by: StaffId,
    /// Whether its visit was voided; it then counts for nothing.
    #[serde(default)]
    pub voided: bool,
}

impl Service {
    /// Tells whether it was entered on a later day than it was given.
    #[must_use]
    pub fn is_late_entry(&self) -> bool {
        self.recorded_on > self.on
    }
}
