//! Glucose readings and what cannot be one.

use serde::{Deserialize, Serialize};

use crate::base::Glucose;

crate::open_enum! {
    /// How a reading lies to meals; what is not known is never taken for fasting.
    pub enum GlucoseTiming {
        /// After a night without food.
        Fasting = "fasting",
        /// At any other time.
        NotFasting = "not_fasting",
    }
}

/// A glucose with its time to meals.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GlucoseReading {
    /// The figure.
    pub glucose: Glucose,
    /// How it lies to meals.
    #[serde(default)]
    pub timing: GlucoseTiming,
}

/// A reading cannot be recorded: it is out of the possible range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("glucose must be {min} to {max} mmol/L")]
pub struct ImplausibleGlucose {
    /// Lowest.
    pub min: Glucose,
    /// Highest.
    pub max: Glucose,
}

/// Why a possible reading should be looked at twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnlikelyGlucose {
    /// Under 2.2.
    Low,
    /// Over 33.3.
    High,
}

impl GlucoseReading {
    /// The possible range, 10 to 1,000 mg/dL: a figure typed in mg/dL is mostly above it.
    pub const POSSIBLE: (Glucose, Glucose) = (Glucose(60), Glucose(5550));
    /// The range in which a reading needs no second look, 40 to 600 mg/dL.
    pub const LIKELY: (Glucose, Glucose) = (Glucose(220), Glucose(3330));

    /// Returns the reading, or why it is impossible.
    ///
    /// # Errors
    /// Outside 0.6–55.5.
    pub fn new(glucose: Glucose, timing: GlucoseTiming) -> Result<Self, ImplausibleGlucose> {
        let (min, max) = Self::POSSIBLE;
        if (min..=max).contains(&glucose) {
            Ok(Self { glucose, timing })
        } else {
            Err(ImplausibleGlucose { min, max })
        }
    }

    /// Returns a soft warning: possible, but worth a second look.
    #[must_use]
    pub fn unlikely(&self) -> Option<UnlikelyGlucose> {
        let (low, high) = Self::LIKELY;
        if self.glucose < low {
            Some(UnlikelyGlucose::Low)
        } else {
            (self.glucose > high).then_some(UnlikelyGlucose::High)
        }
    }

    /// Tells whether it is known to be a fasting one.
    #[must_use]
    pub fn is_fasting(&self) -> bool {
        self.timing == GlucoseTiming::Fasting
    }
}
