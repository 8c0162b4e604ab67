//! What was found about a prescription, and which reason answers what.

use super::Line;
use guide::{Flag, FlagKind, FlagLevel};
use serde::Serialize;

/// A line that was checked: one of the prescription, or a medicine taken already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The line's id; empty for one that is taken already.
    pub id: String,
    /// The medicine's name.
    pub name: String,
}

/// How the check went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Checked {
    /// Nobody asked yet.
    #[default]
    NotAsked,
    /// The medicines are not on this device.
    NoKnowledge,
    /// Without a date of birth nothing can be checked by age.
    NoBirthDate,
    /// It was checked.
    Done {
        /// The version of the medicines.
        medicines: String,
        /// What was found.
        flags: Vec<Flag>,
        /// The lines it was found about, in the places the flags mean.
        named: Vec<Named>,
    },
}

/// A reason to prescribe in spite of a warning. It knows the warning by what it is about, what it says and which
/// medicines it names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// What the warning is about.
    pub kind: String,
    /// What it says.
    pub what: String,
    /// The names of the medicines it is about.
    pub medicines: Vec<String>,
    /// The reason.
    pub reason: String,
}

domain::read_by_field! { Answered { kind, what, medicines, reason } }

impl Answered {
    /// Makes an answer to a warning, with no reason yet.
    #[must_use]
    pub fn to(flag: &Flag, named: &[Named]) -> Self {
        let names = flag.lines.iter().filter_map(|place| named.get(*place));
        Self {
            kind: kind_code(flag.kind).to_owned(),
            what: flag.what.clone(),
            medicines: names.map(|line| line.name.clone()).collect(),
            reason: String::new(),
        }
    }

    /// Tells whether two answer the same warning.
    #[must_use]
    pub fn is_to_the_same(&self, other: &Self) -> bool {
        (&self.kind, &self.what, &self.medicines) == (&other.kind, &other.what, &other.medicines)
    }

    /// Tells whether it answers this warning.
    #[must_use]
    pub fn answers(&self, flag: &Flag, named: &[Named]) -> bool {
        self.is_to_the_same(&Self::to(flag, named))
    }
}

/// A warning that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The warning.
    pub flag: Flag,
    /// The line it is shown at: of those it is about, the one that was added last.
    pub line: usize,
    /// The lines of the prescription it is about.
    pub places: Vec<usize>,
    /// The names of all medicines it is about.
    pub medicines: Vec<String>,
    /// The reason given; empty where there is none.
    pub reason: String,
}

impl Standing {
    /// Tells whether it asks and nobody answered.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.flag.level > FlagLevel::Inform && self.reason.trim().is_empty()
    }
}

impl Checked {
    /// See [`super::Prescribing::standing`].
    #[must_use]
    pub fn standing(&self, lines: &[Line], answers: &[Answered]) -> Vec<Standing> {
        let Self::Done { flags, named, .. } = self else { return Vec::new() };
        let place_of = |place: &usize| {
            let id = &named.get(*place).filter(|line| !line.id.is_empty())?.id;
            lines.iter().position(|line| line.id == *id)
        };
        let standing = |flag: &Flag| {
            let mut places: Vec<usize> = flag.lines.iter().filter_map(place_of).collect();
            places.sort_unstable();
            let answer = answers.iter().find(|answer| answer.answers(flag, named));
            Some(Standing {
                flag: flag.clone(),
                line: *places.last()?,
                places,
                medicines: Answered::to(flag, named).medicines,
                reason: answer.map(|answer| answer.reason.trim().to_owned()).unwrap_or_default(),
            })
        };
        flags.iter().filter_map(standing).collect()
    }
}

/// Returns what a warning is about, as it is recorded.
#[must_use]
pub fn kind_code(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::Allergy => "allergy",
        FlagKind::Contraindication => "contraindication",
        FlagKind::Interaction => "interaction",
        FlagKind::Pregnancy => "pregnancy",
        FlagKind::Lactation => "lactation",
        FlagKind::Dose => "dose",
        FlagKind::Duplicate => "duplicate",
        FlagKind::Renal => "renal",
        FlagKind::Hepatic => "hepatic",
        FlagKind::Age => "age",
        FlagKind::Duration => "duration",
        FlagKind::Antimicrobial => "antimicrobial",
        FlagKind::Unknown => "unknown",
    }
}
