//! Base × coefficients, in whole numbers.

use serde::{Deserialize, Serialize};

use super::{Claim, Combine, PointsRules, Rounding};
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

/// Scores `claim` by `rules`; nothing when the rules do not have its item.
#[must_use]
pub fn score(claim: &Claim, rules: &PointsRules) -> Option<Score> {
    let item = rules.item(&claim.item)?;
    let base = WorkPoints(item.points.0.saturating_mul(i64::from(claim.quantity)));
    let mut applied: Vec<AppliedCoefficient> = rules
        .coefficients
        .iter()
        .filter(|coefficient| claim.circumstances.contains(&coefficient.when))
        .map(|coefficient| AppliedCoefficient {
            id: coefficient.id.clone(),
            title: coefficient.title.clone(),
            factor: coefficient.factor,
            counted: rules.combine == Combine::Multiply,
            source: coefficient.source.clone(),
        })
        .collect();
    if rules.combine != Combine::Multiply {
        // The first of equal ones, so that every device names the same.
        let highest = applied.iter_mut().rev().max_by_key(|coefficient| coefficient.factor);
        if let Some(highest) = highest {
            highest.counted = true;
        }
    }
    let counted = applied.iter().filter(|coefficient| coefficient.counted);
    let (numerator, denominator) = counted.fold((1_i128, 1_i128), |(n, d), coefficient| {
        (n.saturating_mul(i128::from(coefficient.factor)), d.saturating_mul(ONE))
    });
    let points = round(i128::from(base.0).saturating_mul(numerator), denominator, &rules.rounding);
    Some(Score {
        title: item.title.clone(),
        unit: item.unit.clone(),
        quantity: claim.quantity,
        per_unit: item.points,
        base,
        coefficients: applied,
        factor: u64::try_from(numerator.saturating_mul(ONE) / denominator).unwrap_or(u64::MAX),
        points: WorkPoints(i64::try_from(points).unwrap_or(i64::MAX)),
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
