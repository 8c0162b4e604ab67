//! A prescription as it was signed, with what was found about it and what the doctor answered.

use domain::base::{InstitutionId, ReviewId, StaffId, Timestamp, VisitId};
use serde::{Deserialize, Serialize};

domain::open_enum! {
    /// How much a warning interrupts; the later, the more.
    pub enum WarningLevel {
        /// Shown beside.
        Inform = "inform",
        /// Asks once before signing.
        Warn = "warn",
        /// Not signed without a written reason.
        Stop = "stop",
    }
}

/// A medicine as prescribed. Figures are decimal numbers as text, so that they are the same everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Prescribed {
    /// The medicine's id; empty for words of the doctor's own.
    pub medicine: String,
    /// Its generic name.
    pub name: String,
    /// Form with strength.
    pub form: String,
    /// Amount at once, in `unit`.
    pub dose: String,
    /// Unit, or the word for a piece.
    pub unit: String,
    /// Times a day.
    pub times_per_day: String,
    /// For how many days.
    pub days: String,
    /// The route's code: `po`, `iv`, ….
    pub route: String,
    /// What else is to be kept in mind: before meals, when needed.
    pub note: String,
}

/// A warning that stood when it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Warning {
    /// How much it interrupts.
    pub level: WarningLevel,
    /// What it is about: `interaction`, `dose`, ….
    pub kind: String,
    /// The lines it is about: their places.
    pub lines: Vec<u16>,
    /// What was found.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What to do instead.
    pub instead: String,
    /// The source, in one line.
    pub source: String,
    /// Why the doctor prescribed it all the same; empty where nothing had to be answered.
    pub reason: String,
}

/// A prescription: frozen with the visit, with the version of the medicines it was checked with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Prescription {
    /// The lines.
    pub lines: Vec<Prescribed>,
    /// What stood when it was signed.
    pub warnings: Vec<Warning>,
    /// Why it is for longer than four weeks: the assessment the norm asks for; empty where it is not.
    pub long_reason: String,
    /// The version of the medicines: hexadecimal SHA-256.
    pub medicines: String,
}

impl Prescription {
    /// Tells whether a pharmacist has to see it: something was prescribed in spite of a warning.
    #[must_use]
    pub fn is_overridden(&self) -> bool {
        self.warnings.iter().any(|warning| !warning.reason.is_empty())
    }
}

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
}

domain::open_enum! {
    /// What a pharmacist says to a prescription.
    pub enum ReviewVerdict {
        /// It can stand.
        Agreed = "agreed",
        /// It should be changed at the next occasion.
        Advised = "advised",
        /// It must be changed now.
        Refused = "refused",
    }
}

/// A pharmacist's review. The latest counts; earlier ones stay on record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Review {
    /// The id.
    pub id: ReviewId,
    /// The case.
    pub case: VisitId,
    /// What is said.
    pub verdict: ReviewVerdict,
    /// Why; required unless agreed.
    pub reason: String,
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}

impl Review {
    /// Tells whether a reason is given where one is required.
    #[must_use]
    pub fn is_reasoned(&self) -> bool {
        self.verdict == ReviewVerdict::Agreed || !self.reason.trim().is_empty()
    }
}
