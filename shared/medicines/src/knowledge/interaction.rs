//! Interactions.

use super::When;
use crate::{Level, line::Route};
use serde::Deserialize;

/// Any of `a` with any of `b`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interaction {
    /// Ids of classes or medicines.
    pub a: Vec<String>,
    /// Ids of classes or medicines.
    pub b: Vec<String>,
    /// Classes or medicines that do not count, on either side.
    #[serde(default)]
    pub except: Vec<String>,
    /// Only when one of these is prescribed too.
    #[serde(default)]
    pub with: Vec<String>,
    /// How much it interrupts.
    pub level: Level,
    /// Only for such residents.
    #[serde(default)]
    pub when: Option<When>,
    /// Only when `a` is given by one of these routes; empty is any.
    #[serde(default)]
    pub routes: Vec<Route>,
    /// Only when more than this of `a` is taken a day, mg.
    #[serde(default)]
    pub day: Option<f64>,
    /// Mechanism and effect.
    pub why: String,
    /// Management.
    #[serde(rename = "do")]
    pub management: String,
    /// The source.
    pub source: String,
}
