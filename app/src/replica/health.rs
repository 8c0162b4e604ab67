//! What is wrong with this device, as far as the app has noticed: said plainly above every page.

use super::lease::Clock;
use leptos::prelude::*;

/// What is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// The last write was refused for lack of space.
    pub full: bool,
    /// Megabytes that are left, when they are few.
    pub low: Option<u32>,
    /// The browser cleared what was stored; so many deeds were still in memory and are stored again.
    pub cleared: Option<usize>,
    /// Documents of which something could not be opened any more and that the server has still to send again.
    pub damaged: usize,
    /// Those that it has sent again.
    pub mended: usize,
    /// What could not be opened any more and nobody else has: unfinished forms, entries of the log.
    pub lost: usize,
    /// How the clock goes.
    pub clock: Clock,
    /// Days until the server must have answered, when they are few.
    pub lease: Option<i64>,
}

/// The signal behind [`Health`].
#[derive(Clone, Default)]
pub struct HealthState(ArcRwSignal<Health>);

impl HealthState {
    /// Returns what is wrong, tracked.
    #[must_use]
    pub fn get(&self) -> Health {
        self.0.get()
    }

    /// Changes it, and tells whoever looks when that made a difference.
    pub fn change(&self, change: impl FnOnce(&mut Health)) {
        let mut health = self.0.get_untracked();
        change(&mut health);
        if health != self.0.get_untracked() {
            self.0.set(health);
        }
    }
}

/// One thing to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser cleared what was stored here, and so many deeds were saved from memory.
    Cleared(usize),
    /// There is no space.
    Full,
    /// So many unfinished forms or entries of the log are beyond repair.
    Lost(usize),
    /// So many documents wait to be fetched again.
    Damaged(usize),
    /// The clock is so many minutes before the right time.
    Fast(i64),
    /// The clock is so many minutes behind.
    Slow(i64),
    /// So many days until the server must have answered.
    Lease(i64),
    /// So many megabytes are left.
    Low(u32),
    /// So many documents were fetched again.
    Mended(usize),
}

impl Health {
    /// Returns what to say, what matters most first.
    #[must_use]
    pub fn troubles(self) -> Vec<Trouble> {
        let some = |count: usize, trouble: fn(usize) -> Trouble| (count > 0).then(|| trouble(count));
        let clock = match self.clock {
            Clock::Right => None,
            Clock::Fast(minutes) => Some(Trouble::Fast(minutes)),
            Clock::Slow(minutes) => Some(Trouble::Slow(minutes)),
        };
        [
            self.cleared.map(Trouble::Cleared),
            self.full.then_some(Trouble::Full),
            some(self.lost, Trouble::Lost),
            some(self.damaged, Trouble::Damaged),
            clock,
            self.lease.map(Trouble::Lease),
            // Who has no space at all need not hear that there is little.
            self.low.filter(|_| !self.full).map(Trouble::Low),
            some(self.mended, Trouble::Mended).filter(|_| self.damaged == 0),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_of_a_device_that_is_well() {
        assert_eq!(Health::default().troubles(), []);
    }

    #[test]
    fn what_matters_most_is_said_first_and_nothing_twice() {
        let health = Health {
            full: true,
            low: Some(3),
            cleared: Some(2),
            damaged: 1,
            mended: 4,
            lost: 1,
            clock: Clock::Fast(2880),
            lease: Some(2),
        };
        let said = health.troubles();
        assert_eq!(
            said,
            [
                Trouble::Cleared(2),
                Trouble::Full,
                Trouble::Lost(1),
                Trouble::Damaged(1),
                Trouble::Fast(2880),
                Trouble::Lease(2)
            ]
        );
        assert_eq!(Health { damaged: 0, mended: 4, ..Health::default() }.troubles(), [Trouble::Mended(4)]);
    }
}
