//! Money in fen.

use std::{fmt, iter::Sum, ops, str::FromStr};

use serde::{Deserialize, Serialize};

/// An amount of money in fen; displays as yuan with two decimals.
///
/// ```
/// assert_eq!(domain::base::Fen(12_050).to_string(), "120.50");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// Splits the amount in the proportion of `weights`, by largest remainder; the parts sum to the whole.
    ///
    /// Returns nothing when no weight is positive. Ties go to the earlier weight.
    #[must_use]
    pub fn split(self, weights: &[u32]) -> Vec<Fen> {
        let weights: Vec<u64> = weights.iter().map(|weight| u64::from(*weight)).collect();
        largest_remainder(self.0, &weights).into_iter().map(Fen).collect()
    }
}

/// Shares `whole` in the proportion of `weights`; the parts sum to the whole.
#[must_use]
pub fn largest_remainder(whole: i64, weights: &[u64]) -> Vec<i64> {
    let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    if total == 0 {
        return Vec::new();
    }
    let exact = |w: &u64| i128::from(whole) * i128::from(*w);
    let mut parts: Vec<i64> =
        weights.iter().map(|w| i64::try_from(exact(w).div_euclid(total)).unwrap_or(0)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(weights.get(*i).map(|w| exact(w).rem_euclid(total))));
    let left = whole - parts.iter().sum::<i64>();
    for index in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        if let Some(part) = parts.get_mut(index) {
            *part += 1;
        }
    }
    parts
}

/// A text is no amount with at most two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an amount with at most two decimals")]
pub struct NotAmount;

impl FromStr for Fen {
    type Err = NotAmount;

    /// Reads yuan as a person types them: `4`, `4.5`, `4.55`; never less than nothing.
    ///
    /// ```
    /// assert_eq!("10000.5".parse(), Ok(domain::base::Fen(1_000_050)));
    /// ```
    fn from_str(text: &str) -> Result<Self, NotAmount> {
        read_hundredths(text).map(Self).ok_or(NotAmount)
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hundredths(self.0, f)
    }
}

/// Writes `value` hundredths with two decimals.
pub(crate) fn hundredths(value: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    write!(f, "{sign}{}.{:02}", value / 100, value % 100)
}

/// Reads what a person types, `4`, `4.5`, `4.55`, into hundredths; never less than nothing.
pub(crate) fn read_hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || part.len() > 2 {
        return None;
    }
    let part = part.parse::<i64>().ok()? * if part.len() == 1 { 10 } else { 1 };
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(part)
}

impl ops::Add for Fen {
    type Output = Fen;
    fn add(self, other: Fen) -> Fen {
        Fen(self.0.saturating_add(other.0))
    }
}

impl ops::Sub for Fen {
    type Output = Fen;
    fn sub(self, other: Fen) -> Fen {
        Fen(self.0.saturating_sub(other.0))
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(amounts: I) -> Fen {
        amounts.fold(Fen(0), |a, b| a + b)
    }
}
