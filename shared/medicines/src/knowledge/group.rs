//! Classes of medicines.

use super::Caution;
use crate::{Level, line::Route};
use serde::Deserialize;

/// A class: whose members double, interact, cross-react or share cautions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Stable id; never that of a medicine.
    pub id: String,
    /// Chinese name.
    pub name: String,
    /// ATC prefixes whose medicines belong to it.
    #[serde(default)]
    pub atc: Vec<String>,
    /// Classes it belongs to.
    #[serde(default)]
    pub is_a: Vec<String>,
    /// Only by these routes; empty is any that reaches the blood.
    #[serde(default)]
    pub routes: Vec<Route>,
    /// What two members in one prescription are; missing where two are usual.
    #[serde(default)]
    pub duplicate: Option<Level>,
    /// Cautions of every member.
    #[serde(default)]
    pub cautions: Vec<Caution>,
    /// The allergen whoever reacts to a member is allergic to.
    #[serde(default)]
    pub allergen: Option<String>,
    /// The source of its cautions.
    pub source: String,
}
