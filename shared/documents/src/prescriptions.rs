//! The prescriptions document: what a member of staff prescribed in spite of a warning in a year, for a pharmacist to see.

use automerge::Automerge;
use domain::base::{Date, InstitutionId, Order, ReviewId, StaffId, Timestamp, VisitId};
use domain::people::{KeyGroup, Resident};
use domain::work_points::Withdrawal;
use serde::Serialize;

use crate::read::Reader;
use crate::visit::{Prescribed, Prescription, Visit, Warning};
use crate::{Kind, Problem, Record, Tx, WriteError};

/// A prescription as a pharmacist sees it: nothing that tells who the person is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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
    /// Whether the record has her as pregnant or newly delivered; the prescription may know more.
    pub pregnant_or_lactating: bool,
    /// Those of the norm's groups that say something of the body: hypertension, diabetes, tuberculosis.
    pub groups: Vec<KeyGroup>,
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

domain::read_by_field! {
    PrescriptionCase {
        id, by, institution, at, age_months, sex, weight, pregnant_or_lactating, groups, conditions,
        allergies, taken, prescription
    } but { withdrawn }
}

impl PrescriptionCase {
    /// Makes the case of a visit that prescribed in spite of a warning; nothing for any other. It takes over no name,
    /// number, address or subject; what a doctor typed is taken as typed, without the person's name and numbers.
    #[must_use]
    pub fn of(visit: &Visit, person: &Resident, record: &Record) -> Option<Self> {
        let prescription = visit.prescription.clone().filter(Prescription::is_overridden)?;
        let on = visit.on();
        let diagnoses = visit.assessment.iter().flat_map(|assessment| &assessment.diagnoses);
        let conditions = record.conditions.iter().map(|condition| &condition.name);
        let conditions = conditions.chain(diagnoses.map(|diagnosis| &diagnosis.name));
        let allergies =
            record.allergies.iter().map(|allergy| joined(&[&allergy.substance, &allergy.reaction]));
        let said = visit.medicines.iter();
        let said = said.map(|taken| joined(&[&taken.name, &taken.dose, &taken.frequency]));
        let listed = record.medications.iter().filter(|listed| {
            let goes_on = listed.until.is_none_or(|until| until >= on);
            goes_on && visit.medicines.iter().all(|said| said.name != listed.name)
        });
        let taken = said.chain(listed.map(|taken| joined(&[&taken.name, &taken.dose, &taken.frequency])));
        let mut weighed = record.standing_visits().rev().filter(|before| before.on() <= on);
        let mut case = Self {
            id: visit.id.clone(),
            by: visit.staff.clone(),
            institution: visit.institution.clone(),
            at: visit.recorded_at,
            age_months: person.birth_date.and_then(|birth| months_between(birth, on)),
            sex: person.sex.as_str().to_owned(),
            weight: visit.weight.or_else(|| weighed.find_map(|visit| visit.weight)),
            groups: person.key_groups.iter().filter(|group| speaks_to_medicines(group)).cloned().collect(),
            pregnant_or_lactating: visit.pregnant_or_lactating || person.is_in(&KeyGroup::Pregnant),
            conditions: once_each(conditions.cloned()),
            allergies: once_each(allergies),
            taken: once_each(taken),
            prescription,
            withdrawn: None,
        };
        case.hide(person);
        Some(case)
    }

    /// Takes the person's name and numbers out of whatever somebody typed.
    fn hide<'a>(&'a mut self, person: &Resident) {
        let phone = person.phone.as_deref().unwrap_or_default();
        let secrets = [person.name.as_str(), phone, person.identity.number(), person.subject.as_str()];
        let Prescription { lines, warnings, long_reason, .. } = &mut self.prescription;
        let texts = [&mut self.conditions, &mut self.allergies, &mut self.taken].into_iter().flatten();
        let of_line =
            |line: &'a mut Prescribed| [&mut line.name, &mut line.form, &mut line.unit, &mut line.note];
        let texts = texts.chain(lines.iter_mut().flat_map(of_line));
        // A warning quotes the record and what was typed.
        let of_warning = |warning: &'a mut Warning| {
            [&mut warning.what, &mut warning.why, &mut warning.instead, &mut warning.reason]
        };
        let texts = texts.chain(warnings.iter_mut().flat_map(of_warning)).chain([long_reason]);
        for text in texts {
            // A name of one sign would tear words apart.
            for secret in secrets.iter().filter(|secret| secret.chars().count() > 1) {
                if text.contains(secret) {
                    *text = text.replace(secret, "*");
                }
            }
        }
    }
}

/// Tells whether a group says something of the body that medicines ask for. Who is poor is nobody's business here.
fn speaks_to_medicines(group: &KeyGroup) -> bool {
    matches!(group, KeyGroup::Hypertension | KeyGroup::Diabetes | KeyGroup::Tuberculosis)
}

/// Returns completed months from birth to a date; nothing before birth.
fn months_between(birth: Date, on: Date) -> Option<u32> {
    let months = (on.year() - birth.year()) * 12 + i32::from(on.month()) - i32::from(birth.month());
    u32::try_from(months - i32::from(on.day() < birth.day())).ok()
}

fn joined(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn once_each(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !text.is_empty() && !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}

/// The prescriber's word that a review was read. It says so to the pharmacist, and ends the reminder on every device.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ReviewRead {
    /// The review.
    pub review: ReviewId,
    /// When.
    pub at: Timestamp,
}

domain::read_by_field! { ReviewRead { review, at } }

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
