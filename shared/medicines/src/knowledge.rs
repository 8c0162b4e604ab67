//! What the pack holds, as it is read.

mod caution;
mod dose;
mod group;
mod interaction;
mod medicine;
mod policy;
mod vocabulary;

pub use caution::{Ages, Caution, When};
pub use dose::{DoseRow, Span};
pub use group::Class;
pub use interaction::Interaction;
pub use medicine::{Antimicrobial, Control, Form, Medicine, Part};
pub use policy::{Narcotic, Policy, Weight};
pub use vocabulary::{Allergen, Condition, Hit, Source, Words};

use serde::Deserialize;
use std::collections::BTreeMap;

/// Everything the checks know, one file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Medicines.
    #[serde(rename = "medicine")]
    pub medicines: Vec<Medicine>,
    /// Classes of medicines.
    #[serde(rename = "class")]
    pub classes: Vec<Class>,
    /// Interactions.
    #[serde(rename = "interaction")]
    pub interactions: Vec<Interaction>,
    /// Conditions and their words.
    #[serde(rename = "condition")]
    pub conditions: Vec<Condition>,
    /// Allergens and what they hit.
    #[serde(rename = "allergen")]
    pub allergens: Vec<Allergen>,
    /// Sources.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    /// Thresholds.
    pub policy: Policy,
    /// Words for routes, units, salts and forms.
    pub words: Words,
    /// Sentences with `{places}`.
    pub text: BTreeMap<String, String>,
}
