//! What one account may take of the server, so that it cannot take it from the others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many seconds of thinking an account may cost at once, and how many a second on the long run.
const WORK: Rate = Rate { most: 2.0, per_second: 0.5 };
/// A frame waits for no longer than this, however much went before it.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
const DAY: f64 = 86_400.0;
/// Above so many accounts those that use nothing are forgotten.
const REMEMBERED: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Rate {
    most: f64,
    per_second: f64,
}

/// How much is left; what is taken comes back with time.
#[derive(Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Bucket {
    fn full(rate: Rate, now: Instant) -> Self {
        Self { left: rate.most, at: now }
    }

    fn fill(&mut self, rate: Rate, now: Instant) -> f64 {
        let since = now.saturating_duration_since(self.at).as_secs_f64();
        (self.left, self.at) = ((self.left + since * rate.per_second).min(rate.most), now);
        self.left
    }
}

#[derive(Debug)]
struct Usage {
    sockets: u32,
    work: Bucket,
    written: Option<Bucket>,
}

/// What every account uses at the moment.
#[derive(Debug)]
pub struct Shares {
    sockets: u32,
    quota: Option<Rate>,
    accounts: Mutex<HashMap<String, Usage>>,
}

impl Shares {
    /// Allows each account so many sockets at once and so many bytes of changes a day; `None` for no limit.
    pub fn new(sockets: Option<u32>, quota: Option<u64>) -> Arc<Self> {
        let quota = quota.map(|bytes| Rate { most: bytes as f64, per_second: bytes as f64 / DAY });
        Arc::new(Self { sockets: sockets.unwrap_or(u32::MAX), quota, accounts: Mutex::default() })
    }

    /// Counts one more socket of an account until the seat is dropped; `None` if that were too many.
    pub fn open(self: &Arc<Self>, account: &str) -> Option<Seat> {
        let now = Instant::now();
        let mut accounts = self.accounts();
        if accounts.len() > REMEMBERED {
            accounts.retain(|_, usage| !self.idle(usage, now));
        }
        let usage = accounts.entry(account.to_owned()).or_insert_with(|| Usage {
            sockets: 0,
            work: Bucket::full(WORK, now),
            written: self.quota.map(|quota| Bucket::full(quota, now)),
        });
        if usage.sockets >= self.sockets {
            return None;
        }
        usage.sockets += 1;
        Some(Seat { shares: Arc::clone(self), account: account.to_owned() })
    }

    fn idle(&self, usage: &mut Usage, now: Instant) -> bool {
        let unwritten = match (&mut usage.written, self.quota) {
            (Some(written), Some(quota)) => written.fill(quota, now) >= quota.most,
            _ => true,
        };
        usage.sockets == 0 && unwritten && usage.work.fill(WORK, now) >= WORK.most
    }

    fn accounts(&self) -> MutexGuard<'_, HashMap<String, Usage>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One socket of an account.
#[derive(Debug)]
pub struct Seat {
    shares: Arc<Shares>,
    account: String,
}

impl Seat {
    /// Notes what a frame has cost, and tells how long the account's next one has to wait.
    pub fn worked(&self, spent: Duration) -> Duration {
        let mut accounts = self.shares.accounts();
        let Some(usage) = accounts.get_mut(&self.account) else {
            return Duration::ZERO;
        };
        usage.work.fill(WORK, Instant::now());
        usage.work.left -= spent.as_secs_f64();
        let debt = (-usage.work.left).max(0.0) / WORK.per_second;
        Duration::from_secs_f64(debt).min(LONGEST_PAUSE)
    }

    /// Takes what is about to be written from the account's quota; false, and nothing is taken, if it is used up.
    pub fn may_write(&self, bytes: usize) -> bool {
        let mut accounts = self.shares.accounts();
        let usage = accounts.get_mut(&self.account).and_then(|usage| usage.written.as_mut());
        let (Some(written), Some(quota)) = (usage, self.shares.quota) else {
            return true;
        };
        if written.fill(quota, Instant::now()) < bytes as f64 {
            return false;
        }
        written.left -= bytes as f64;
        true
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let Some(usage) = self.shares.accounts().get_mut(&self.account) {
            usage.sockets = usage.sockets.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_its_number_of_sockets_and_others_have_theirs() {
        let shares = Shares::new(Some(2), None);
        let first = shares.open("a");
        let second = shares.open("a");
        assert!(first.is_some() && second.is_some());
        assert!(shares.open("a").is_none());
        assert!(shares.open("b").is_some());
        drop(first);
        assert!(shares.open("a").is_some());
    }

    #[test]
    fn who_makes_the_server_think_too_long_waits() {
        let shares = Shares::new(None, None);
        let seat = shares.open("a").expect("a seat");
        assert_eq!(seat.worked(Duration::from_secs(1)), Duration::ZERO);
        let pause = seat.worked(Duration::from_millis(1_500));
        assert!(pause > Duration::from_millis(900) && pause <= Duration::from_secs(1), "{pause:?}");
        assert_eq!(seat.worked(Duration::from_secs(600)), LONGEST_PAUSE);
        let other = shares.open("b").expect("a seat");
        assert_eq!(other.worked(Duration::from_secs(1)), Duration::ZERO);
    }

    #[test]
    fn a_quota_is_of_the_account_and_not_of_the_socket() {
        let shares = Shares::new(None, Some(1_000));
        let (first, second) = (shares.open("a").expect("a seat"), shares.open("a").expect("a seat"));
        assert!(first.may_write(600));
        assert!(!second.may_write(600));
        assert!(second.may_write(400));
        drop((first, second));
        assert!(!shares.open("a").expect("a seat").may_write(400), "leaving does not forgive");
    }
}
