//! When a medicine wants caution.

use crate::{
    Level,
    patient::{Age, ChildPugh, Sex},
};
use serde::Deserialize;

/// A caution of a medicine or of a class.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caution {
    /// What must be so.
    pub when: When,
    /// How much it interrupts.
    pub level: Level,
    /// Why.
    pub why: String,
    /// What instead; may be missing.
    #[serde(default)]
    pub instead: String,
    /// Only above this amount a day, in the unit of the medicine's dose rows (mg for a class).
    #[serde(default)]
    pub day: Option<f64>,
    /// Only when prescribed for more than so many days.
    #[serde(default)]
    pub days: Option<f64>,
    /// Not for residents with this condition, by its id.
    #[serde(default)]
    pub unless: Option<String>,
    /// Only by these routes; empty is any.
    #[serde(default)]
    pub routes: Vec<crate::Route>,
    /// The source; the medicine's or the class's own where it is missing.
    #[serde(default)]
    pub source: Option<String>,
}

/// What must be so of the resident: `condition ID`, `egfr < 30`, `child_pugh B`, `pregnancy`, `pregnancy 3`,
/// `lactation`, `age 0-7`, `sex female`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub enum When {
    /// Has the condition of this id.
    Condition(String),
    /// Filters less than this, ml/min/1.73 m².
    Egfr(f64),
    /// Has a liver of this class or a worse one.
    ChildPugh(ChildPugh),
    /// Is pregnant, in this trimester (any when `None`).
    Pregnancy(Option<u8>),
    /// Breast-feeds.
    Lactation,
    /// Is of this age.
    Age(Ages),
    /// Is of this sex.
    Sex(Sex),
}

impl When {
    /// Returns a key under which a medicine's own caution replaces that of its class.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Condition(id) => format!("condition {id}"),
            Self::Egfr(_) => "egfr".into(),
            Self::ChildPugh(_) => "child_pugh".into(),
            Self::Pregnancy(_) => "pregnancy".into(),
            Self::Lactation => "lactation".into(),
            // The young and the old are two questions.
            Self::Age(ages) => format!("age {}", ages.from > 0.0),
            Self::Sex(_) => "sex".into(),
        }
    }
}

impl TryFrom<String> for When {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (word, rest) = text.split_once(' ').unwrap_or((&text, ""));
        let wrong = || format!("\"{text}\" is no condition of a caution");
        Ok(match (word, rest.trim()) {
            ("condition", id) if !id.is_empty() => Self::Condition(id.into()),
            ("egfr", rest) => Self::Egfr(rest.trim_start_matches('<').trim().parse().map_err(|_| wrong())?),
            ("child_pugh", "A") => Self::ChildPugh(ChildPugh::A),
            ("child_pugh", "B") => Self::ChildPugh(ChildPugh::B),
            ("child_pugh", "C") => Self::ChildPugh(ChildPugh::C),
            ("pregnancy", "") => Self::Pregnancy(None),
            ("pregnancy", trimester) => Self::Pregnancy(Some(trimester.parse().map_err(|_| wrong())?)),
            ("lactation", "") => Self::Lactation,
            ("age", ages) => Self::Age(Ages::try_from(ages.to_owned())?),
            ("sex", "female") => Self::Sex(Sex::Female),
            ("sex", "male") => Self::Sex(Sex::Male),
            _ => return Err(wrong()),
        })
    }
}

/// A span of ages: `6-17` in completed years, `1m-11m` in months, `0d-28d` in days, `65-` open.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Ages {
    /// From this age, years.
    pub from: f64,
    /// Until before this age, years.
    pub to: f64,
}

impl Ages {
    /// Tells whether somebody of this age is meant.
    #[must_use]
    pub fn contain(&self, age: Age) -> bool {
        self.from <= age.0 && age.0 < self.to
    }
}

impl Default for Ages {
    fn default() -> Self {
        Self { from: 0.0, to: f64::INFINITY }
    }
}

impl TryFrom<String> for Ages {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("\"{text}\" is no span of ages");
        let (from, to) = text.split_once('-').ok_or_else(wrong)?;
        let years = |part: &str, more: f64| -> Option<f64> {
            Some(match part.strip_suffix('m') {
                Some(months) => (months.parse::<f64>().ok()? + more) / 12.0,
                None => match part.strip_suffix('d') {
                    Some(days) => (days.parse::<f64>().ok()? + more) / 365.25,
                    None => part.parse::<f64>().ok()? + more,
                },
            })
        };
        Ok(Self {
            from: years(from, 0.0).ok_or_else(wrong)?,
            to: if to.is_empty() { f64::INFINITY } else { years(to, 1.0).ok_or_else(wrong)? },
        })
    }
}
