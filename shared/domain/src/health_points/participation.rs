//! How many of a team's residents take part: a figure of the team's own performance.

use serde::{Deserialize, Serialize};

use crate::base::{Date, Period};

/// How many of a team's residents took part in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participation {
    /// The residents the team serves.
    pub residents: u32,
    /// Those who did something that the rules of health points could count.
    pub took_part: u32,
    /// Their share in basis points, rounded down; nothing for a team without residents.
    pub share: Option<u32>,
}

/// Counts a team's participation from the day on which each of its residents last did something, in a period that
/// lasts until today.
pub fn participation(last: impl Iterator<Item = Option<Date>>, period: Period) -> Participation {
    let (mut residents, mut took_part) = (0_u32, 0_u32);
    for day in last {
        residents = residents.saturating_add(1);
        took_part = took_part.saturating_add(u32::from(day.is_some_and(|day| period.contains(day))));
    }
    let share = (u64::from(took_part) * 10_000).checked_div(u64::from(residents));
    Participation { residents, took_part, share: share.and_then(|share| u32::try_from(share).ok()) }
}
