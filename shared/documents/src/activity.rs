//! The activity document: a staff member's claims of a year.

use automerge::Automerge;
use domain::base::Order;
use domain::work_points::{Claim, Dispute, Withdrawal};
use serde::Serialize;

use crate::read::Reader;
use crate::{Kind, Problem, Tx, WriteError};

/// What a member of staff claims for a year.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Activity {
    /// Claims by date of work.
    pub claims: Vec<Claim>,
    /// Rulings that were disputed, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
}

/// Reads an activity.
#[must_use]
pub fn read_activity(doc: &Automerge) -> (Activity, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Activity);
    let mut claims: Vec<Claim> = reader.entries("claims").into_iter().map(|(_, claim)| claim).collect();
    let mut disputes: Vec<Dispute> = Vec::new();
    if reader.has("disputes") {
        disputes.extend(reader.entries("disputes").into_iter().map(|(_, dispute)| dispute));
    }
    for (id, withdrawal) in reader.entries::<Withdrawal>("withdrawals") {
        if let Some(claim) = claims.iter_mut().find(|claim| claim.id.as_str() == id) {
            claim.withdrawn = Some(withdrawal);
        } else if let Some(dispute) = disputes.iter_mut().find(|dispute| dispute.id.as_str() == id) {
            dispute.withdrawn = Some(withdrawal);
        }
    }
    claims.order_by(|a, b| (a.on, &a.id).cmp(&(b.on, &b.id)));
    disputes.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    (Activity { claims, disputes }, reader.problems)
}

impl Tx<'_, '_> {
    /// Claims points. The same claim written again changes nothing, so a visit can write its own twice.
    pub fn claim(&mut self, claim: &Claim) -> Result<(), WriteError> {
        if self.has("claims", claim.id.as_str())? {
            return Ok(());
        }
        let claim = Claim { withdrawn: None, ..claim.clone() };
        self.insert("claims", claim.id.as_str(), &claim)
    }

    /// Withdraws a claim, with a reason, as when its visit was voided.
    pub fn withdraw_claim(&mut self, claim: &str, withdrawal: &Withdrawal) -> Result<(), WriteError> {
        if withdrawal.reason.trim().is_empty() {
            return Err(WriteError::NoReason);
        }
        self.entry("claims", claim)?;
        self.insert("withdrawals", claim, withdrawal)
    }

    /// Disputes a ruling. The document needs [`crate::make_room`] first.
    ///
    /// # Errors
    /// [`WriteError::NoReason`] without one; [`WriteError::NoSuchEntry`] when there is no such claim.
    pub fn dispute(&mut self, dispute: &Dispute) -> Result<(), WriteError> {
        if dispute.reason.trim().is_empty() {
            return Err(WriteError::NoReason);
        }
        self.entry("claims", dispute.claim.as_str())?;
        self.insert("disputes", dispute.id.as_str(), &Dispute { withdrawn: None, ..dispute.clone() })
    }

    /// Takes a dispute back, with a reason.
    ///
    /// # Errors
    /// [`WriteError::NoReason`] without one; [`WriteError::NoSuchEntry`] when there is no such dispute.
    pub fn withdraw_dispute(&mut self, dispute: &str, withdrawal: &Withdrawal) -> Result<(), WriteError> {
        if withdrawal.reason.trim().is_empty() {
            return Err(WriteError::NoReason);
        }
        self.entry("disputes", dispute)?;
        self.insert("withdrawals", dispute, withdrawal)
    }
}
