//! Work points in hundredths.

use std::{fmt, iter::Sum, ops, str::FromStr};

use serde::{Deserialize, Serialize};

use super::fen::{hundredths, read_hundredths};

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

/// A text is no number of points with at most two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a number of points with at most two decimals")]
pub struct NotPoints;

impl FromStr for WorkPoints {
    type Err = NotPoints;

    /// Reads what a person types: `4`, `4.5`, `4.55`; never less than nothing.
    fn from_str(text: &str) -> Result<Self, NotPoints> {
        read_hundredths(text).map(Self).ok_or(NotPoints)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_as_people_type_them() {
        for (text, points) in [("4", 400), (" 4.5 ", 450), ("4.05", 405), ("0", 0), ("12.34", 1234)] {
            assert_eq!(text.parse(), Ok(WorkPoints(points)), "{text}");
        }
        for text in
            ["", ".", "4.", ".5", "-1", "+1", "4.555", "4,5", "1e3", "\u{ff14}", "99999999999999999999"]
        {
            assert_eq!(text.parse::<WorkPoints>(), Err(NotPoints), "{text}");
        }
    }
}
