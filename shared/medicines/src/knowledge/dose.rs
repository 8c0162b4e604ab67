//! Rows of doses.

use super::Ages;
use crate::line::Route;
use serde::Deserialize;

/// A dose for an age, a route and perhaps a use.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoseRow {
    /// By which route.
    pub route: Route,
    /// For whom.
    #[serde(default)]
    pub ages: Ages,
    /// mg, g, ug, IU, ml or a count; with `/kg` behind it, every figure is for a kilogram.
    pub unit: String,
    /// Usual amount at once.
    pub usual: Span,
    /// Usual number of times a day; below one for rarer.
    pub times: Span,
    /// Most at once; the upper end of `usual` where it is missing.
    #[serde(default)]
    pub max: Option<f64>,
    /// Most a day; what `max` and `times` give where it is missing.
    #[serde(default)]
    pub day: Option<f64>,
    /// Whatever the weight, never more at once than this, without `/kg`.
    #[serde(default)]
    pub cap: Option<f64>,
    /// Whatever the weight, never more a day than this, without `/kg`.
    #[serde(default)]
    pub cap_day: Option<f64>,
    /// Only for residents with this condition, by its id.
    #[serde(default)]
    pub condition: Option<String>,
    /// For what, where the use decides.
    #[serde(default, rename = "for")]
    pub purpose: String,
    /// The source, where it is not the medicine's.
    #[serde(default)]
    pub source: Option<String>,
}

impl DoseRow {
    /// Returns the unit without `/kg`, and whether the figures are for a kilogram.
    #[must_use]
    pub fn base_unit(&self) -> (&str, bool) {
        self.unit.strip_suffix("/kg").map_or((self.unit.as_str(), false), |unit| (unit, true))
    }
}

/// From … to …, written `5-10` or `5`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Span {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (low, high) = text.split_once('-').unwrap_or((&text, &text));
        match (low.trim().parse(), high.trim().parse()) {
            (Ok(low), Ok(high)) if low <= high => Ok(Self { low, high }),
            _ => Err(format!("\"{text}\" is no span")),
        }
    }
}
