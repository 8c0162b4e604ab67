//! Decision support and medicines behind one door: a request in, a reply out, both plain data.
//!
//! The app asks with [`Request`] and shows [`Reply`]; what answers is behind the feature `engine`, runs in a worker of the
//! browser or anywhere else, and knows no clock and no network. Replies carry words and sources, so that a screen needs no
//! knowledge of its own, and the version they were made with, so that a record can say it.

mod advice;
mod case;
mod condition;
#[cfg(feature = "engine")]
mod engine;
mod prescription;

pub use advice::{
    Advice, Cause, Chip, Level, Question, Reason, RedFlag, Says, Source, State, Stop, Told, Verdict, Voice,
};
pub use case::{Case, Sex, Site, Vitals};
pub use condition::{Condition, Finding};
#[cfg(feature = "engine")]
pub use engine::{Guide, GuideError};
pub use prescription::{Dose, Flag, FlagKind, FlagLevel, Line, Medicine, Patient, Piece};

use serde::{Deserialize, Serialize};

/// What the app asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// What is read in the texts, how urgent it is, what it may be, what to ask next.
    Advise(Case),
    /// A condition in full, for this person at this site.
    Condition {
        /// The condition's id.
        id: String,
        /// The person; their history decides which contraindications are shown.
        case: Case,
    },
    /// Findings to tap, by a part of a word or its pinyin initials; those that concern the person, at most twenty.
    Findings {
        /// What was typed.
        text: String,
        /// The person.
        case: Case,
    },
    /// Medicines by name, brand, code or pinyin initials; at most twenty.
    Medicines {
        /// What was typed.
        text: String,
    },
    /// The usual doses of a medicine for this patient.
    Doses {
        /// The medicine's id.
        id: String,
        /// The patient.
        patient: Patient,
    },
    /// Checks a prescription.
    Check {
        /// The patient.
        patient: Patient,
        /// The lines, those already taken too.
        lines: Vec<Line>,
    },
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// To [`Request::Advise`].
    Advice(Advice),
    /// To [`Request::Condition`]; nothing for an id nobody knows.
    Condition(Option<Condition>),
    /// To [`Request::Findings`].
    Findings(Vec<Finding>),
    /// To [`Request::Medicines`].
    Medicines(Vec<Medicine>),
    /// To [`Request::Doses`].
    Doses(Vec<Dose>),
    /// To [`Request::Check`]: the weightiest first.
    Flags {
        /// The version of the medicines: hexadecimal SHA-256 of their file.
        medicines: String,
        /// What was found.
        flags: Vec<Flag>,
    },
}

/// What answers are made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Hexadecimal SHA-256 of the file of the knowledge.
    pub knowledge: String,
    /// Hexadecimal SHA-256 of the file of the medicines.
    pub medicines: String,
}
