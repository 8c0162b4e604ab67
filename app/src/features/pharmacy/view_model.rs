//! Which prescriptions wait for a pharmacist, and which opinions the prescriber has not read. Pure.

use crate::replica::files::PrescriptionYear;
use documents::{Prescription, PrescriptionCase, Review, ReviewVerdict, Warning, WarningLevel};
use domain::base::{Date, Order, StaffId, Timestamp, VisitId};
use std::cmp::Reverse;

/// For how many days an opinion stays in the lists below.
pub const RECENT: i64 = 30;

/// A case with all that was said to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The case.
    pub case: PrescriptionCase,
    /// Every review of it, the oldest first.
    pub reviews: Vec<Review>,
    /// When the prescriber read the review that counts.
    pub read: Option<Timestamp>,
}

impl Item {
    /// Returns the review that counts: the latest, unless it took the one before back.
    #[must_use]
    pub fn said(&self) -> Option<&Review> {
        self.reviews.last().filter(|review| review.verdict != ReviewVerdict::TakenBack)
    }

    /// Tells whether a pharmacist has still to look at it.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.case.withdrawn.is_none() && self.said().is_none()
    }

    /// Tells whether the prescriber has something to read: a wish for a change, or what this version cannot read.
    #[must_use]
    pub fn unread(&self) -> bool {
        let agreed = |review: &Review| review.verdict == ReviewVerdict::Agreed;
        self.case.withdrawn.is_none()
            && self.read.is_none()
            && self.said().is_some_and(|review| !agreed(review))
    }

    /// Returns the weightiest warning that was overridden.
    #[must_use]
    pub fn level(&self) -> WarningLevel {
        let levels = overridden(&self.case.prescription).map(|warning| warning.level.clone());
        levels.max().unwrap_or(WarningLevel::Inform)
    }

    /// Returns for how many whole days it has waited.
    #[must_use]
    pub fn days(&self, today: Date) -> i64 {
        self.case.at.date().days_until(today).max(0)
    }

    /// Returns what tells this state of the case from any other, for lists that draw anew what has changed.
    #[must_use]
    pub fn key(&self) -> String {
        let state = [self.case.withdrawn.is_some(), self.read.is_some()];
        format!(
            "{} {} {}",
            self.case.id,
            self.reviews.len(),
            state.map(|on| if on { "1" } else { "0" }).concat()
        )
    }
}

/// Returns the warnings that somebody answered with a reason.
pub fn overridden(prescription: &Prescription) -> impl Iterator<Item = &Warning> {
    prescription.warnings.iter().filter(|warning| !warning.reason.is_empty())
}

/// Puts cases and reviews together.
#[must_use]
pub fn items(year: &PrescriptionYear) -> Vec<Item> {
    let item = |case: &PrescriptionCase| {
        let reviews = year.reviews.iter().filter(|review| review.case == case.id).cloned().collect();
        let mut item = Item { case: case.clone(), reviews, read: None };
        let counts = item.said().map(|review| review.id.clone());
        let read = year.prescriptions.read.iter().find(|read| Some(&read.review) == counts.as_ref());
        item.read = read.map(|read| read.at);
        item
    };
    year.prescriptions.cases.iter().map(item).collect()
}

/// What a pharmacist sees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Queue {
    /// What waits: the weightiest first, of equal weight what has waited longest.
    pub waiting: Vec<Item>,
    /// What was reviewed lately, the latest first.
    pub reviewed: Vec<Item>,
}

impl Queue {
    /// Returns a case by its id, or the first that waits.
    #[must_use]
    pub fn shown(&self, id: Option<&str>) -> Option<&Item> {
        let mut all = self.waiting.iter().chain(&self.reviewed);
        match id {
            Some(id) => all.find(|item| item.case.id.as_str() == id),
            None => self.waiting.first(),
        }
    }
}

/// Makes the queue of `pharmacist`. Nobody reviews their own prescriptions.
#[must_use]
pub fn queue(years: &[PrescriptionYear], pharmacist: &StaffId, today: Date) -> Queue {
    let others = years.iter().filter(|year| year.staff != *pharmacist);
    let (mut waiting, mut reviewed) = (Vec::new(), Vec::new());
    for item in others.flat_map(items) {
        match item.said() {
            _ if item.waits() => waiting.push(item),
            Some(review) if review.at.date() >= today.add_days(-RECENT) => reviewed.push(item),
            _ => {}
        }
    }
    waiting.order_by_key(|item| (Reverse(item.level()), item.case.at, item.case.id.clone()));
    reviewed.order_by_key(|item| Reverse(item.said().map(|review| (review.at, review.id.clone()))));
    Queue { waiting, reviewed }
}

/// What a prescriber sees of the own cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mine {
    /// Opinions to read, the weightiest verdict first.
    pub unread: Vec<Item>,
    /// What waits for a pharmacist, the latest first.
    pub waiting: Vec<Item>,
    /// Opinions that were read or simply agree, the latest first.
    pub settled: Vec<Item>,
}

/// Sorts the own cases.
#[must_use]
pub fn mine(years: &[PrescriptionYear]) -> Mine {
    let mut mine = Mine::default();
    for item in years.iter().flat_map(items).filter(|item| item.case.withdrawn.is_none()) {
        match item.said() {
            None => mine.waiting.push(item),
            Some(_) if item.unread() => mine.unread.push(item),
            Some(_) => mine.settled.push(item),
        }
    }
    mine.unread.order_by_key(|item| {
        Reverse(item.said().map(|review| (review.verdict.clone(), review.at, review.id.clone())))
    });
    mine.waiting.order_by_key(|item| Reverse((item.case.at, item.case.id.clone())));
    mine.settled.order_by_key(|item| Reverse(item.said().map(|review| (review.at, review.id.clone()))));
    mine
}

/// What a pharmacist chose and typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opinion {
    /// The verdict, where one was chosen.
    pub verdict: Option<ReviewVerdict>,
    /// The reason as typed.
    pub reason: String,
}

/// What an opinion lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// No verdict was chosen.
    Verdict,
    /// A change is asked for without a reason.
    Reason,
}

impl Opinion {
    /// Makes the review; two pharmacists who both say something write two reviews, and both stay.
    ///
    /// # Errors
    /// When something is lacking.
    pub fn review(self, case: &VisitId, by: &StaffId, at: Timestamp) -> Result<Review, Lacking> {
        let verdict = self.verdict.ok_or(Lacking::Verdict)?;
        let id = format!("{case}.{by}.{}", at.0).into();
        let reason = self.reason.trim().to_owned();
        let review = Review { id, case: case.clone(), verdict, reason, by: by.clone(), at };
        if review.is_reasoned() { Ok(review) } else { Err(Lacking::Reason) }
    }
}

#[cfg(test)]
mod tests;
