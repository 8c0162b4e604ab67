//! Blood pressure readings and what cannot be one.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A blood pressure in mmHg; displays as `152/96`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pressure {
    /// Systolic.
    pub sbp: u16,
    /// Diastolic.
    pub dbp: u16,
}

/// Why a reading cannot be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Implausible {
    /// Systolic out of the possible range.
    #[error("systolic pressure must be {min} to {max}")]
    Systolic {
        /// Lowest.
        min: u16,
        /// Highest.
        max: u16,
    },
    /// Diastolic out of the possible range.
    #[error("diastolic pressure must be {min} to {max}")]
    Diastolic {
        /// Lowest.
        min: u16,
        /// Highest.
        max: u16,
    },
    /// Systolic is not above diastolic.
    #[error("systolic pressure must be above diastolic")]
    NotAbove,
}

/// Why a possible reading should be looked at twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unlikely {
    /// Systolic over 220 or under 90.
    Systolic,
    /// Diastolic over 130 or under 50.
    Diastolic,
    /// The difference is under 20 or over 100.
    PulsePressure,
}

impl Pressure {
    /// The possible systolic range.
    pub const SBP: (u16, u16) = (70, 300);
    /// The possible diastolic range.
    pub const DBP: (u16, u16) = (40, 180);

    /// Returns the reading, or why it is impossible.
    ///
    /// # Errors
    /// Outside 70–300 over 40–180, or systolic not above diastolic.
    pub fn new(sbp: u16, dbp: u16) -> Result<Self, Implausible> {
        let within = |value: u16, (min, max): (u16, u16)| (min..=max).contains(&value);
        if !within(sbp, Self::SBP) {
            return Err(Implausible::Systolic { min: Self::SBP.0, max: Self::SBP.1 });
        }
        if !within(dbp, Self::DBP) {
            return Err(Implausible::Diastolic { min: Self::DBP.0, max: Self::DBP.1 });
        }
        if sbp <= dbp { Err(Implausible::NotAbove) } else { Ok(Self { sbp, dbp }) }
    }

    /// Returns soft warnings: possible, but worth a second look.
    #[must_use]
    pub fn unlikely(self) -> Vec<Unlikely> {
        let mut found = Vec::new();
        if !(90..=220).contains(&self.sbp) {
            found.push(Unlikely::Systolic);
        }
        if !(50..=130).contains(&self.dbp) {
            found.push(Unlikely::Diastolic);
        }
        if !(20..=100).contains(&self.sbp.saturating_sub(self.dbp)) {
            found.push(Unlikely::PulsePressure);
        }
        found
    }
}

impl fmt::Display for Pressure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.sbp, self.dbp)
    }
}
