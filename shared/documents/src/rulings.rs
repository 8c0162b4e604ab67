//! The rulings document: rulings on a staff member's claims of a year.

use automerge::Automerge;
use domain::base::Order;
use domain::work_points::Ruling;

use crate::read::Reader;
use crate::{Kind, Problem, Tx, WriteError};

/// Reads the rulings, oldest first.
#[must_use]
pub fn read_rulings(doc: &Automerge) -> (Vec<Ruling>, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Rulings);
    let mut rulings: Vec<Ruling> = reader.entries("rulings").into_iter().map(|(_, ruling)| ruling).collect();
    rulings.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    (rulings, reader.problems)
}

impl Tx<'_, '_> {
    /// Rules on a claim. A later ruling on the same claim counts instead; both stay.
    ///
    /// # Errors
    /// [`WriteError::NoReason`] when a claim is adjusted or rejected without one.
    pub fn rule(&mut self, ruling: &Ruling) -> Result<(), WriteError> {
        if !ruling.is_reasoned() {
            return Err(WriteError::NoReason);
        }
        self.insert("rulings", ruling.id.as_str(), ruling)
    }
}
