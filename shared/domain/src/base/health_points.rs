//! Health points in hundredths.

use std::{fmt, iter::Sum, ops, str::FromStr};

use serde::{Deserialize, Serialize};

use super::fen::{hundredths, read_hundredths};
use super::work_points::NotPoints;

/// A resident's health points in hundredths; displays without decimals where there are none.
///
/// ```
/// use domain::base::HealthPoints;
/// assert_eq!((HealthPoints(2_000).to_string(), HealthPoints(250).to_string()), ("20".into(), "2.50".into()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HealthPoints(pub i64);

impl HealthPoints {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// Returns `whole` points.
    #[must_use]
    pub const fn whole(whole: i64) -> Self {
        Self(whole.saturating_mul(100))
    }

    /// Returns this, or nothing where it is less.
    #[must_use]
    pub fn or_zero(self) -> Self {
        self.max(Self::ZERO)
    }
}

impl FromStr for HealthPoints {
    type Err = NotPoints;

    /// Reads what a person types: `20`, `2.5`; never less than nothing.
    fn from_str(text: &str) -> Result<Self, NotPoints> {
        read_hundredths(text).map(Self).ok_or(NotPoints)
    }
}

impl fmt::Display for HealthPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 % 100 == 0 { write!(f, "{}", self.0 / 100) } else { hundredths(self.0, f) }
    }
}

impl ops::Add for HealthPoints {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl ops::Sub for HealthPoints {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for HealthPoints {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, |a, b| a + b)
    }
}
