//! Base × coefficients, in whole numbers.

use serde::{Deserialize, Serialize};

use super::{Circumstance, Claim, Coefficient, Combine, Item, PointsRules, Rounding};
use crate::base::{CoefficientId, WorkPoints};
use crate::rules::Source;

/// A coefficient that applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedCoefficient {
    /// The coefficient.
    pub id: CoefficientId,
    /// Its name.
    pub title: String,
    /// The factor in basis points.
    pub factor: u32,
    /// Whether it counted; of several only the highest may.
    pub counted: bool,
    /// Where it comes from.
    pub source: Source,
}

/// What a claim is worth before rulings and caps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The item's name.
    pub title: String,
    /// The item's unit.
    pub unit: String,
    /// Units.
    pub quantity: u32,
    /// Points a unit.
    pub per_unit: WorkPoints,
    /// Quantity × points a unit.
    pub base: WorkPoints,
    /// Coefficients that applied.
    pub coefficients: Vec<AppliedCoefficient>,
    /// The combined factor in basis points.
    pub factor: u64,
    /// Base × factor, rounded.
    pub points: WorkPoints,
    /// Where the item comes from.
    pub source: Source,
}

const ONE: i128 = 10_000;

/// Tells which coefficient of `rules` applies to `claim`, and whether it counts, in the order of the rules.
fn applying<'a>(claim: &Claim, rules: &'a PointsRules) -> impl Iterator<Item = (&'a Coefficient, bool)> {
    let applies = |coefficient: &&Coefficient| {
        (coefficient.when == Circumstance::Always || claim.circumstances.contains(&coefficient.when))
            && (coefficient.items.is_empty() || coefficient.items.contains(&claim.item))
    };
    let mut alone = None;
    if rules.combine != Combine::Multiply {
        // The first of equal ones, so that every device names the same.
        alone = rules.coefficients.iter().filter(applies).rev().max_by_key(|coefficient| coefficient.factor);
    }
    let counts =
        move |coefficient: &'a Coefficient| alone.is_none_or(|alone| std::ptr::eq(alone, coefficient));
    rules.coefficients.iter().filter(applies).map(move |coefficient| (coefficient, counts(coefficient)))
}

/// Returns the factor of the coefficients that count, as a fraction.
fn factor<'a>(applied: impl Iterator<Item = (&'a Coefficient, bool)>) -> (i128, i128) {
    applied.filter(|(_, counts)| *counts).fold((1, 1), |(n, d): (i128, i128), (coefficient, _)| {
        (n.saturating_mul(i128::from(coefficient.factor)), d.saturating_mul(ONE))
    })
}

/// Returns what `claim` is worth by `item` of `rules`, before rulings and caps.
pub(super) fn worth(claim: &Claim, item: &Item, rules: &PointsRules) -> WorkPoints {
    let (numerator, denominator) = factor(applying(claim, rules));
    let base = base(claim, item);
    let points = round(i128::from(base.0).saturating_mul(numerator), denominator, &rules.rounding);
    WorkPoints(i64::try_from(points).unwrap_or(i64::MAX))
}

fn base(claim: &Claim, item: &Item) -> WorkPoints {
    WorkPoints(item.points.0.saturating_mul(i64::from(claim.quantity)))
}

/// Scores `claim` by `rules`; nothing when the rules do not have its item.
#[must_use]
pub fn score(claim: &Claim, rules: &PointsRules) -> Option<Score> {
    let item = rules.item(&claim.item)?;
    let applied = applying(claim, rules).map(|(coefficient, counted)| AppliedCoefficient {
        id: coefficient.id.clone(),
        title: coefficient.title.clone(),
        factor: coefficient.factor,
        counted,
        source: coefficient.source.clone(),
    });
    let (numerator, denominator) = factor(applying(claim, rules));
    Some(Score {
        title: item.title.clone(),
        unit: item.unit.clone(),
        quantity: claim.quantity,
        per_unit: item.points,
        base: base(claim, item),
        coefficients: applied.collect(),
        factor: u64::try_from(numerator.saturating_mul(ONE) / denominator).unwrap_or(u64::MAX),
        points: worth(claim, item, rules),
        source: item.source.clone(),
    })
}

fn round(numerator: i128, denominator: i128, rounding: &Rounding) -> i128 {
    let floor = numerator.div_euclid(denominator);
    let rest = numerator.rem_euclid(denominator);
    let up = match rounding {
        Rounding::Down => false,
        Rounding::Up => rest > 0,
        Rounding::HalfUp | Rounding::Unknown(_) => rest * 2 >= denominator,
    };
    floor + i128::from(up)
}

#[cfg(test)]
mod tests {
    use super::{Rounding, round};

    #[track_caller]
    fn check(rounding: Rounding, numerator: i128, expected: i128) {
        assert_eq!(round(numerator, 10_000, &rounding), expected, "{numerator} {rounding}");
    }

    #[test]
    fn scores_are_rounded_to_hundredths_as_the_rules_say() {
        check(Rounding::HalfUp, 64_999, 6);
        check(Rounding::HalfUp, 65_000, 7);
        check(Rounding::HalfUp, 60_000, 6);
        check(Rounding::Down, 69_999, 6);
        check(Rounding::Up, 60_001, 7);
        check(Rounding::Up, 60_000, 6);
        check("bankers".into(), 65_000, 7);
    }
}
