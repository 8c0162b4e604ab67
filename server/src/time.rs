//! Time for what expires: it never runs backwards, whatever becomes of the clock.

use crate::app::Clock;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

/// The larger of the clock and of the latest time seen, which goes on with the time that has really passed.
#[derive(Debug)]
pub struct Time {
    clock: Clock,
    steady: Clock,
    /// By how much this time is before the steady clock: it only grows.
    ahead: AtomicI64,
}

impl Time {
    /// Starts at `mark`, the latest time that was ever kept, or later.
    pub fn new(clock: Clock, steady: Clock, mark: i64) -> Self {
        let time = Self { ahead: AtomicI64::new(i64::MIN), clock, steady };
        time.raise(mark);
        time
    }

    /// Returns milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.raise((self.clock.0)())
    }

    /// Takes that it is `mark` at least, and returns the time.
    pub fn raise(&self, mark: i64) -> i64 {
        let steady = (self.steady.0)();
        let seen = mark - steady;
        steady + self.ahead.fetch_max(seen, Ordering::AcqRel).max(seen)
    }
}

/// Counts milliseconds since it was made; nobody can set it.
pub fn steady() -> Clock {
    let start = Instant::now();
    Clock(Arc::new(move || i64::try_from(start.elapsed().as_millis()).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clocks() -> (Arc<AtomicI64>, Arc<AtomicI64>, Time) {
        let (wall, steady) = (Arc::new(AtomicI64::new(1_000)), Arc::new(AtomicI64::new(0)));
        let clock = |of: &Arc<AtomicI64>| {
            let of = Arc::clone(of);
            Clock(Arc::new(move || of.load(Ordering::SeqCst)))
        };
        let time = Time::new(clock(&wall), clock(&steady), 0);
        (wall, steady, time)
    }

    #[test]
    fn a_clock_turned_back_does_not_turn_time_back_nor_stop_it() {
        let (wall, steady, time) = clocks();
        assert_eq!(time.now(), 1_000);
        wall.store(10, Ordering::SeqCst);
        assert_eq!(time.now(), 1_000);
        steady.store(500, Ordering::SeqCst);
        assert_eq!(time.now(), 1_500);
    }

    #[test]
    fn a_clock_that_ran_ahead_for_a_moment_does_not_stop_time_until_it_is_reached_again() {
        let (wall, steady, time) = clocks();
        wall.store(90_000, Ordering::SeqCst);
        assert_eq!(time.now(), 90_000);
        wall.store(1_000, Ordering::SeqCst);
        steady.store(7, Ordering::SeqCst);
        assert_eq!(time.now(), 90_007);
    }

    #[test]
    fn a_restart_goes_on_from_what_was_kept() {
        let wall = Clock(Arc::new(|| 10));
        assert_eq!(Time::new(wall, Clock(Arc::new(|| 3)), 5_000).now(), 5_000);
    }
}
