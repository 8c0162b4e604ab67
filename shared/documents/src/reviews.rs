//! The reviews document: what pharmacists say to a member of staff's prescriptions of a year.

use automerge::Automerge;
use domain::base::{Order, ReviewId, StaffId, Timestamp, VisitId};
use serde::Serialize;

use crate::read::Reader;
use crate::{Kind, Problem, Tx, WriteError};

domain::open_enum! {
    /// What a pharmacist says to a prescription.
    pub enum ReviewVerdict {
        /// It can stand.
        Agreed = "agreed",
        /// It should be changed at the next occasion.
        Advised = "advised",
        /// It must be changed now.
        Refused = "refused",
        /// Nothing any more: the review before it was a slip, and the case waits again.
        TakenBack = "taken_back",
    }
}

/// A pharmacist's review. The latest counts; earlier ones stay on record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Review {
    /// The id.
    pub id: ReviewId,
    /// The case.
    pub case: VisitId,
    /// What is said.
    pub verdict: ReviewVerdict,
    /// Why; required where something is to be changed.
    pub reason: String,
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}

domain::read_by_field! { Review { id, case, verdict, reason, by, at } }

impl Review {
    /// Tells whether a reason is given where one is required.
    #[must_use]
    pub fn is_reasoned(&self) -> bool {
        matches!(self.verdict, ReviewVerdict::Agreed | ReviewVerdict::TakenBack)
            || !self.reason.trim().is_empty()
    }
}

/// Reads the reviews, oldest first.
#[must_use]
pub fn read_reviews(doc: &Automerge) -> (Vec<Review>, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Reviews);
    let mut reviews: Vec<Review> = reader.entries("reviews").into_iter().map(|(_, review)| review).collect();
    reviews.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    (reviews, reader.problems)
}

impl Tx<'_, '_> {
    /// Reviews a prescription. A later review of the same case counts instead; both stay.
    ///
    /// # Errors
    /// [`WriteError::NoReason`] when it asks for a change and has none.
    pub fn review(&mut self, review: &Review) -> Result<(), WriteError> {
        if !review.is_reasoned() {
            return Err(WriteError::NoReason);
        }
        self.insert("reviews", review.id.as_str(), review)
    }
}
