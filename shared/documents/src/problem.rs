//! What reading a document found wrong or undecided.

use domain::base::Timestamp;

/// Something wrong at one place of a document; everything else was read. Holds no value but a conflict's.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Where: map, id, field, as far as known.
    pub place: Vec<String>,
    /// What.
    pub kind: ProblemKind,
}

/// What is wrong or undecided.
#[derive(Debug, Clone, PartialEq)]
pub enum ProblemKind {
    /// The document is of another kind.
    NotThisKind,
    /// A map of the genesis or a required field is missing.
    Missing,
    /// A field could not be read and was left out.
    FieldUnreadable,
    /// The whole entry could not be read and was left out.
    EntryUnreadable,
    /// A published entry does not have the hash it is filed under.
    Tampered,
    /// Several people wrote different values apart; a person must choose.
    Conflict(Vec<ConflictingValue>),
}

/// One of several values written apart.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictingValue {
    /// The value.
    pub value: serde_json::Value,
    /// Who wrote it: the author's bytes in hexadecimal digits.
    pub author: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// Whether this is the one that reading returned.
    pub shown: bool,
}

impl Problem {
    pub(crate) fn new(place: &[&str], kind: ProblemKind) -> Self {
        Self { place: place.iter().map(|part| (*part).to_owned()).collect(), kind }
    }

    /// Tells whether a person must choose between values.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self.kind, ProblemKind::Conflict(_))
    }
}
