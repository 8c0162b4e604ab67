//! The close document: a month of an institution as it was closed, written once.

use automerge::Automerge;
use domain::base::{InstitutionId, Period, StaffId, Timestamp};
use domain::work_points::Close;
use serde::{Deserialize, Serialize};

use crate::read::Reader;
use crate::{Kind, Problem, Tx, WriteError};

/// The one entry of a close document.
const MONTH: &str = "month";

/// A closed month, and who closed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The month.
    pub close: Close,
    /// Who closed it.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}

/// Returns the key of an institution's month: `baima/2026-10`.
#[must_use]
pub fn month_key(institution: &InstitutionId, month: Period) -> String {
    format!("{institution}/{:04}-{:02}", month.from.year(), month.from.month())
}

/// Reads a closed month; nothing when it was not closed.
#[must_use]
pub fn read_close(doc: &Automerge) -> (Option<Closed>, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Close);
    let found = reader.entries("closes").into_iter().find(|(id, _)| id == MONTH);
    (found.map(|(_, closed)| closed), reader.problems)
}

impl Tx<'_, '_> {
    /// Closes a month.
    ///
    /// # Errors
    /// [`WriteError::Exists`] when it is closed: there is no second time.
    pub fn close_month(&mut self, closed: &Closed) -> Result<(), WriteError> {
        self.insert("closes", MONTH, closed)
    }
}
