//! What somebody complained of, what was found and advised, and what the doctor made of it.

use domain::measurements::Urgency;
use serde::Serialize;

domain::open_enum! {
    /// The state of a finding.
    pub enum FindingState {
        /// It is there.
        Present = "present",
        /// It is not.
        Absent = "absent",
    }
}

/// A finding that was known, with its name then.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FindingSeen {
    /// The finding's id in the knowledge.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: FindingState,
}

domain::read_by_field! { FindingSeen { id, name, state } }

/// A cause or a red flag as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Shown {
    /// Its id in the knowledge.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How likely, in thousandths; nothing for a red flag.
    pub permille: Option<u16>,
}

domain::read_by_field! { Shown { id, name, permille } }

/// What the doctor decided it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Diagnosis {
    /// The condition's id in the knowledge; empty for words of the doctor's own.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its first ICD-10 code; empty where none is known.
    pub icd10: String,
}

domain::read_by_field! { Diagnosis { id, name, icd10 } }

/// An assessment: frozen with the visit, with the version of the knowledge it was made with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Assessment {
    /// The complaint as it was typed.
    pub complaint: String,
    /// What was known of it.
    pub findings: Vec<FindingSeen>,
    /// The level that was advised.
    pub level: Urgency,
    /// The red flags that fired.
    pub red_flags: Vec<Shown>,
    /// The causes that were shown, in their order.
    pub causes: Vec<Shown>,
    /// What the doctor decided.
    pub diagnoses: Vec<Diagnosis>,
    /// What was done: `here`, `refer`, `ambulance`; empty where nobody said.
    pub handling: String,
    /// Where the doctor decided on less than a red flag asks for: what they did instead, and why.
    pub override_reason: String,
    /// The version of the knowledge: hexadecimal SHA-256.
    pub knowledge: String,
}

domain::read_by_field! {
    Assessment {
        complaint, findings, level, red_flags, causes, diagnoses, handling, override_reason, knowledge
    }
}
