//! The rule pack of the body.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::measurements::hypertension::Days;
use crate::rules::{Pack, RuleError, Table};

/// The rules of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyRules {
    /// How a filtration rate is worked out from creatinine.
    pub filtration: Table<Filtration>,
    /// How long results of kidneys and liver are believed.
    pub kept: Table<Kept>,
    /// How long a pregnancy lasts, and that there is none.
    pub pregnancy: Table<PregnancyLengths>,
    /// How long breast-feeding is believed.
    pub breast_feeding: Table<Days>,
}

/// The equation: `factor × min(c/kappa, 1)^-shallow × max(c/kappa, 1)^-steep × yearly^age`; powers and the yearly factor
/// are in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filtration {
    /// For people of this age and older.
    pub from_age: u16,
    /// The factor.
    pub factor: u16,
    /// The power above kappa.
    pub steep: u16,
    /// The factor of each year of age.
    pub yearly: u16,
    /// Tenths of µmol/L in a mg/dL.
    pub per_mg_dl: u16,
    /// Of women.
    pub female: FiltrationBySex,
    /// Of men.
    pub male: FiltrationBySex,
}

/// What differs by sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiltrationBySex {
    /// Hundredths of mg/dL.
    pub kappa: u16,
    /// The power below kappa, thousandths.
    pub shallow: u16,
    /// A further factor, thousandths.
    pub factor: u16,
}

/// How long results are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Days.
    pub days: u16,
    /// Filtration rates below are believed until there is a newer one.
    pub low: u16,
}

/// Lengths of a pregnancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PregnancyLengths {
    /// Days from the last period to the expected birth.
    pub days: u16,
    /// Completed weeks after which it must have ended.
    pub most_weeks: u16,
    /// Days for which "not pregnant" is believed.
    pub not_for: u16,
}

/// Returns the shipped pack, parsed once.
///
/// # Errors
/// Only when the shipped file is broken, which a test excludes.
pub fn body_rules() -> Result<&'static Pack<BodyRules>, RuleError> {
    static PACK: OnceLock<Result<Pack<BodyRules>, RuleError>> = OnceLock::new();
    let text = include_str!(concat!(env!("OUT_DIR"), "/body.json"));
    PACK.get_or_init(|| Pack::parse("body", text)).as_ref().map_err(Clone::clone)
}
