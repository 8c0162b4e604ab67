//! The resident a prescription is for.

use serde::{Deserialize, Serialize};

/// An age in years, with fractions for infants.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
pub struct Age(pub f64);

impl Age {
    /// Returns the age of so many years.
    #[must_use]
    pub fn years(years: f64) -> Self {
        Self(years)
    }

    /// Returns the age of so many months.
    #[must_use]
    pub fn months(months: f64) -> Self {
        Self(months / 12.0)
    }

    /// Returns the age of so many days.
    #[must_use]
    pub fn days(days: f64) -> Self {
        Self(days / 365.25)
    }
}

/// Sex, as far as medicines ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Not known.
    #[default]
    Unknown,
}

/// How bad the liver is, by Child-Pugh class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ChildPugh {
    /// 5 to 6 points.
    A,
    /// 7 to 9 points.
    B,
    /// 10 to 15 points.
    C,
}

/// What is known of the resident; `None` is unknown, which is not normal.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Patient {
    /// Age.
    pub age: Age,
    /// Sex.
    #[serde(default)]
    pub sex: Sex,
    /// Weight, kg.
    #[serde(default)]
    pub weight_kg: Option<f64>,
    /// Estimated glomerular filtration rate, ml/min/1.73 m².
    #[serde(default)]
    pub egfr: Option<f64>,
    /// Child-Pugh class.
    #[serde(default)]
    pub child_pugh: Option<ChildPugh>,
    /// Whether she is pregnant; conditions and weeks may say it as well.
    #[serde(default)]
    pub pregnant: Option<bool>,
    /// Completed weeks, when she is pregnant.
    #[serde(default)]
    pub pregnant_weeks: Option<f64>,
    /// Whether she breast-feeds.
    #[serde(default)]
    pub lactating: bool,
    /// Whether this is an emergency visit, which shortens what may be prescribed.
    #[serde(default)]
    pub emergency: bool,
    /// Conditions in Chinese or English words.
    #[serde(default)]
    pub conditions: Vec<String>,
    /// What the resident is allergic to, in words.
    #[serde(default)]
    pub allergies: Vec<String>,
}
