//! Words: conditions, allergens, routes, units.

use crate::{
    Level,
    line::Route,
    patient::{Age, ChildPugh},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A condition that cautions ask for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    pub name: String,
    /// Further words, Chinese and English; found inside longer texts too.
    #[serde(default)]
    pub words: Vec<String>,
    /// Conditions it implies.
    #[serde(default)]
    pub is_a: Vec<String>,
    /// The best kidney function it leaves, ml/min/1.73 m².
    #[serde(default)]
    pub egfr: Option<f64>,
    /// The Child-Pugh class it means.
    #[serde(default)]
    pub child_pugh: Option<ChildPugh>,
    /// She is pregnant.
    #[serde(default)]
    pub pregnant: bool,
    /// She breast-feeds.
    #[serde(default)]
    pub lactating: bool,
    /// An infection that may want an antibacterial.
    #[serde(default)]
    pub infection: bool,
    /// At most this old, years.
    #[serde(default)]
    pub age: Option<Age>,
}

/// What people are allergic to.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allergen {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    pub name: String,
    /// Further words, found inside longer texts too.
    #[serde(default)]
    pub words: Vec<String>,
    /// What it hits.
    pub hits: Vec<Hit>,
    /// The source.
    pub source: String,
}

/// A class or a medicine an allergy hits.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hit {
    /// Ids of classes or medicines.
    pub on: Vec<String>,
    /// How much it interrupts.
    pub level: Level,
    /// The level after a severe reaction, where it differs.
    #[serde(default)]
    pub severe: Option<Level>,
    /// Why.
    pub why: String,
    /// What instead.
    #[serde(default)]
    pub instead: String,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Stable id.
    pub id: String,
    /// Title as published.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// Number of the document.
    #[serde(default)]
    pub number: Option<String>,
    /// Year.
    #[serde(default)]
    pub year: Option<u16>,
    /// A link.
    #[serde(default)]
    pub link: Option<String>,
    /// `guideline`, `law`, `list`, `insert`, `book`, `article`, `database`, or `example` for general knowledge without a source.
    pub kind: String,
}

/// Words that are not medicines.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Routes and their words.
    pub routes: BTreeMap<Route, Vec<String>>,
    /// Units of measure: family (`mass` in mg, `iu`, `volume` in ml, `mole` in mmol), factor, words.
    pub measures: Vec<Measure>,
    /// Counted pieces: canonical word and its words.
    pub pieces: BTreeMap<String, Vec<String>>,
    /// The piece of each form word; the longest form word that ends a form decides.
    pub form_pieces: BTreeMap<String, String>,
    /// Form words that are injected.
    pub injected: Vec<String>,
    /// Salts and other words before or after a name.
    pub salts: Vec<String>,
    /// Form words after a name.
    pub forms: Vec<String>,
    /// Words of slow release.
    pub slow: Vec<String>,
    /// Words that make a reaction severe.
    pub severe: Vec<String>,
    /// Words before a condition or an allergen that deny it.
    pub denied: Vec<String>,
    /// Characters that end a clause.
    pub clause_ends: String,
    /// Characters that open a bracket.
    pub opening: String,
    /// Characters that close a bracket.
    pub closing: String,
    /// Words for having no allergy.
    pub nothing: Vec<String>,
    /// Words after a condition that make it somebody else's.
    pub family: Vec<String>,
}

/// A unit of measure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Which family.
    pub family: String,
    /// How much one of it is in the family's base unit.
    pub factor: f64,
    /// Its words, the first shown.
    pub words: Vec<String>,
}
