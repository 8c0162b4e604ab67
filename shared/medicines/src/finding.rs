//! What a check found.

use serde::{Deserialize, Serialize};

/// How much a finding interrupts; the later, the more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Shown beside the prescription, interrupts nothing.
    Inform,
    /// Asks once before the prescription is signed.
    Warn,
    /// Not signed without a written reason; the pharmacist sees it.
    Stop,
}

/// What a finding is about, in the order in which equal levels are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The resident is allergic to it or to what cross-reacts.
    Allergy,
    /// A condition of the resident forbids it.
    Contraindication,
    /// Two of the medicines together.
    Interaction,
    /// Pregnancy.
    Pregnancy,
    /// Breast-feeding.
    Lactation,
    /// Too much, too little, or a slip of the unit.
    Dose,
    /// The same substance or class twice.
    Duplicate,
    /// Kidney function.
    Renal,
    /// Liver function.
    Hepatic,
    /// Too young or too old for it.
    Age,
    /// More days than a prescription may cover.
    Duration,
    /// Restricted antimicrobials, or antimicrobials without a reason.
    Antimicrobial,
    /// A medicine nobody here knows.
    Unknown,
}

/// One finding: what, why, by which source, and what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it interrupts.
    pub level: Level,
    /// What it is about.
    pub kind: Kind,
    /// The lines it is about: their places in the prescription, ascending.
    pub lines: Vec<usize>,
    /// One sentence: what was found, in Chinese.
    pub what: String,
    /// Why it matters; may be empty where `what` says all.
    pub why: String,
    /// What to do instead; may be empty.
    pub instead: String,
    /// The id of the source; see [`crate::Medicines::source`].
    pub source: String,
}
