//! How long a device opens without the server, and what it can know about its clock.

use crate::figures::{CLOCK_MINUTES, LEASE_DAYS, LEASE_NOTICE};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Whether a device may be opened without asking the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lease {
    /// It may, for long.
    Good,
    /// It may, for so many days more.
    Ending(i64),
    /// Not after so many days; what was not sent stays on it.
    Over(i64),
}

/// Returns how the lease stands at `now` when the server last answered at `contact` and the latest time this device has ever
/// seen is `seen`, all in ms: a clock that was turned back gives no more days.
#[must_use]
pub fn lease(now: i64, contact: i64, seen: i64) -> Lease {
    let days = (now.max(seen) - contact).max(0) / DAY;
    match i64::from(LEASE_DAYS) - days {
        left if left <= 0 => Lease::Over(days),
        left if left <= i64::from(LEASE_NOTICE) => Lease::Ending(left),
        _ => Lease::Good,
    }
}

/// Returns the nearest number of minutes: two days less a second are two days.
fn minutes(milliseconds: i64) -> i64 {
    (milliseconds + MINUTE / 2).div_euclid(MINUTE)
}

/// How the clock of this device goes, as far as can be known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// Nothing speaks against it.
    #[default]
    Right,
    /// So many minutes before the server's.
    Fast(i64),
    /// So many minutes behind the server's, or behind a time that this device has already seen.
    Slow(i64),
}

/// Returns how the clock goes that shows `now`, on a device that has seen `seen` before, both in ms.
#[must_use]
pub fn against_memory(now: i64, seen: i64) -> Clock {
    // What was seen may itself have been too late by what a clock may differ.
    match minutes(seen - now) {
        minutes if minutes > i64::from(CLOCK_MINUTES) => Clock::Slow(minutes),
        _ => Clock::Right,
    }
}

/// Returns how the clock goes that is `ahead` ms before the server's.
#[must_use]
pub fn against_server(ahead: i64) -> Clock {
    match minutes(ahead) {
        minutes if minutes > i64::from(CLOCK_MINUTES) => Clock::Fast(minutes),
        minutes if -minutes > i64::from(CLOCK_MINUTES) => Clock::Slow(-minutes),
        _ => Clock::Right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_790_000_000_000;

    #[test]
    fn a_device_opens_without_the_server_until_the_lease_is_over_and_says_so_before() {
        let after = |days: i64| lease(START + days * DAY, START, START);
        assert_eq!(after(0), Lease::Good);
        assert_eq!(after(24), Lease::Good);
        assert_eq!(after(25), Lease::Ending(5));
        assert_eq!(after(29), Lease::Ending(1));
        assert_eq!(after(30), Lease::Over(30));
        assert_eq!(after(400), Lease::Over(400));
    }

    #[test]
    fn a_clock_that_was_turned_back_gives_no_more_days() {
        let seen = START + 31 * DAY;
        assert_eq!(lease(START, START, seen), Lease::Over(31));
        assert_eq!(lease(START - 9 * DAY, START, START), Lease::Good);
    }

    #[test]
    fn a_clock_two_days_off_is_told_from_one_that_is_right_enough() {
        assert_eq!(against_server(2 * DAY), Clock::Fast(2880));
        assert_eq!(against_server(-2 * DAY), Clock::Slow(2880));
        assert_eq!(against_server(1000 - 2 * DAY), Clock::Slow(2880));
        assert_eq!(against_server(9 * MINUTE), Clock::Right);
        assert_eq!(against_server(-10 * MINUTE), Clock::Right);
    }

    #[test]
    fn without_the_server_only_a_clock_that_went_back_is_known_to_be_wrong() {
        assert_eq!(against_memory(START - DAY, START), Clock::Slow(1440));
        assert_eq!(against_memory(START + 400 * DAY, START), Clock::Right);
        assert_eq!(against_memory(START - 5 * MINUTE, START), Clock::Right);
        assert_eq!(against_memory(START, 0), Clock::Right);
    }
}
