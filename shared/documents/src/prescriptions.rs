//! The prescriptions document: what a member of staff prescribed in spite of a warning in a year, for a pharmacist to see.

use automerge::Automerge;
use domain::base::{InstitutionId, Order, ReviewId, StaffId, Timestamp, VisitId};
use domain::work_points::Withdrawal;
use serde::{Deserialize, Serialize};

use crate::read::Reader;
use crate::visit::Prescription;
use crate::{Kind, Problem, Tx, WriteError};

/// A prescription as a pharmacist sees it: nothing that tells who the person is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PrescriptionCase {
    /// The visit it was signed at; the id of the case too.
    pub id: VisitId,
    /// Who prescribed.
    pub by: StaffId,
    /// Where.
    pub institution: InstitutionId,
    /// When.
    pub at: Timestamp,
    /// Completed months of age.
    pub age_months: Option<u32>,
    /// `female` or `male`; empty where not known.
    pub sex: String,
    /// Grams.
    pub weight: Option<u32>,
    /// Completed weeks of pregnancy.
    pub pregnant_weeks: Option<u16>,
    /// Whether she breast-feeds.
    pub lactating: bool,
    /// Conditions and diagnoses, in words.
    pub conditions: Vec<String>,
    /// Allergies, in words.
    pub allergies: Vec<String>,
    /// What was taken already, in words.
    pub taken: Vec<String>,
    /// The prescription.
    pub prescription: Prescription,
    /// Whether it was taken back, as when its visit was voided; kept apart in the document.
    #[serde(skip)]
    pub withdrawn: Option<Withdrawal>,
}

/// The prescriber's word that a review was read. It says so to the pharmacist, and ends the reminder on every device.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewRead {
    /// The review.
    pub review: ReviewId,
    /// When.
    pub at: Timestamp,
}

/// What a member of staff prescribed in spite of warnings in a year.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Prescriptions {
    /// Cases, the oldest first; those taken back too.
    pub cases: Vec<PrescriptionCase>,
    /// The reviews that were read, in their order.
    pub read: Vec<ReviewRead>,
}

/// Reads the prescriptions.
#[must_use]
pub fn read_prescriptions(doc: &Automerge) -> (Prescriptions, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Prescriptions);
    let mut cases: Vec<PrescriptionCase> =
        reader.entries("cases").into_iter().map(|(_, case)| case).collect();
    for (id, withdrawal) in reader.entries::<Withdrawal>("withdrawals") {
        if let Some(case) = cases.iter_mut().find(|case| case.id.as_str() == id) {
            case.withdrawn = Some(withdrawal);
        }
    }
    cases.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    let mut read: Vec<ReviewRead> = reader.entries("read").into_iter().map(|(_, read)| read).collect();
    read.order_by(|a, b| (a.at, &a.review).cmp(&(b.at, &b.review)));
    (Prescriptions { cases, read }, reader.problems)
}

impl Tx<'_, '_> {
    /// Submits a prescription to the pharmacists. The same case written again changes nothing, so a visit can write its
    /// own twice.
    ///
    /// # Errors
    /// When the document refuses.
    pub fn submit_prescription(&mut self, case: &PrescriptionCase) -> Result<(), WriteError> {
        if self.has("cases", case.id.as_str())? {
            return Ok(());
        }
        self.insert("cases", case.id.as_str(), case)
    }

    /// Takes a case back, with a reason, as when its visit was voided. It stays readable; nobody has to review it.
    ///
    /// # Errors
    /// [`WriteError::NoReason`] without one; [`WriteError::NoSuchEntry`] for a case that was never submitted.
    pub fn withdraw_prescription(&mut self, case: &str, withdrawal: &Withdrawal) -> Result<(), WriteError> {
        if withdrawal.reason.trim().is_empty() {
            return Err(WriteError::NoReason);
        }
        self.entry("cases", case)?;
        self.insert("withdrawals", case, withdrawal)
    }

    /// Says that a review was read; the second time changes nothing.
    ///
    /// # Errors
    /// When the document refuses.
    pub fn mark_review_read(&mut self, read: &ReviewRead) -> Result<(), WriteError> {
        if self.has("read", read.review.as_str())? {
            return Ok(());
        }
        self.insert("read", read.review.as_str(), read)
    }
}
