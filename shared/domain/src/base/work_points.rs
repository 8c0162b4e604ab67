//! Work points in hundredths.

use std::{fmt, iter::Sum, ops};

use serde::{Deserialize, Serialize};

use super::fen::hundredths;

/// Staff incentive points in hundredths; displays with two decimals.
///
/// ```
/// assert_eq!(domain::base::WorkPoints(260).to_string(), "2.60");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkPoints(pub i64);

impl WorkPoints {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// Returns `whole` points.
    #[must_use]
    pub const fn whole(whole: i64) -> Self {
        Self(whole.saturating_mul(100))
    }
}

impl fmt::Display for WorkPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hundredths(self.0, f)
    }
}

impl ops::Add for WorkPoints {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl ops::Sub for WorkPoints {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for WorkPoints {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, |a, b| a + b)
    }
}
