//! Flags that ask a person to look: never fines, never points.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Claim;
use crate::base::{ClaimId, Date, Order};
use crate::rules::Source;

/// From when on something is flagged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Days between work and entry.
    pub late_days: u16,
    /// Readings before their last digits are looked at.
    pub readings: u16,
    /// The share of one last digit, in basis points.
    pub same_digit: u16,
    /// Where they come from.
    pub source: Source,
}

crate::open_enum! {
    /// What looks odd.
    pub enum FlagKind {
        /// One person at two institutions on one day.
        TwoPlaces = "two_places",
        /// The same work for the same resident on one day, twice.
        Duplicate = "duplicate",
        /// Entered long after the work.
        LateEntry = "late_entry",
        /// One last digit too often among pressures.
        EndDigit = "end_digit",
    }
}

/// Something for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// What looks odd.
    pub kind: FlagKind,
    /// The claims, by id; none for a flag on readings.
    pub claims: Vec<ClaimId>,
    /// The figure behind it: places, claims, days, or the share in basis points.
    pub figure: u32,
}

/// Looks at the claims of one person; withdrawn ones are left out. The order of claims does not matter.
#[must_use]
pub fn flags(claims: &[Claim], limits: &Limits) -> Vec<Flag> {
    let mut standing: Vec<&Claim> = claims.iter().filter(|claim| claim.withdrawn.is_none()).collect();
    standing.order_by(|a, b| (a.on, &a.id).cmp(&(b.on, &b.id)));
    let mut found = Vec::new();
    let mut days: BTreeMap<Date, Vec<&Claim>> = BTreeMap::new();
    for claim in standing {
        let late = claim.on.days_until(claim.recorded_at.date());
        if late > i64::from(limits.late_days) {
            let figure = u32::try_from(late).unwrap_or(u32::MAX);
            found.push(Flag { kind: FlagKind::LateEntry, claims: vec![claim.id.clone()], figure });
        }
        days.entry(claim.on).or_default().push(claim);
    }
    for of_day in days.values() {
        let mut places: Vec<_> = of_day.iter().map(|claim| &claim.institution).collect();
        places.order_by(|a, b| a.cmp(b));
        places.dedup();
        if places.len() > 1 {
            found.push(flag(FlagKind::TwoPlaces, of_day, places.len()));
        }
        let mut same: BTreeMap<_, Vec<&Claim>> = BTreeMap::new();
        for claim in of_day.iter().filter(|claim| claim.resident.is_some()) {
            same.entry((&claim.item, &claim.resident)).or_default().push(claim);
        }
        for twice in same.values().filter(|claims| claims.len() > 1) {
            found.push(flag(FlagKind::Duplicate, twice, twice.len()));
        }
    }
    found
}

fn flag(kind: FlagKind, claims: &[&Claim], figure: usize) -> Flag {
    let claims = claims.iter().map(|claim| claim.id.clone()).collect();
    Flag { kind, claims, figure: u32::try_from(figure).unwrap_or(u32::MAX) }
}

/// Looks at the last digits of one person's readings: measured ones end evenly, guessed ones in 0.
#[must_use]
pub fn end_digit(readings: &[u16], limits: &Limits) -> Option<Flag> {
    if readings.len() < usize::from(limits.readings) {
        return None;
    }
    let mut counts = [0_usize; 10];
    for reading in readings {
        if let Some(count) = counts.get_mut(usize::from(reading % 10)) {
            *count += 1;
        }
    }
    let share = counts.into_iter().max()?.checked_mul(10_000)?.checked_div(readings.len())?;
    let figure = u32::try_from(share).ok()?;
    (figure >= u32::from(limits.same_digit)).then(|| Flag {
        kind: FlagKind::EndDigit,
        claims: Vec::new(),
        figure,
    })
}
