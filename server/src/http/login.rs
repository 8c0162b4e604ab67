//! A limit on failed sign-ins, per account and per address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// The time over which failures are counted.
const WINDOW_MS: i64 = 15 * 60_000;
/// A clinic shares one address, so an address may fail more often than an account.
const PER_ADDRESS: u32 = 10;
/// How many names and addresses are remembered.
const MOST: usize = 100_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Account(String),
    Address(IpAddr),
}

/// Counts failed sign-ins.
#[derive(Debug)]
pub struct Limiter {
    limit: Option<u32>,
    failures: Mutex<HashMap<Key, (u32, i64)>>,
}

impl Limiter {
    /// Allows `limit` failures per account in a quarter of an hour.
    pub fn new(limit: Option<u32>) -> Self {
        Self { limit, failures: Mutex::default() }
    }

    /// Tells whether another attempt may be made, and counts it as failed until [`Limiter::succeeded`].
    pub fn attempt(&self, account: &str, address: IpAddr, now: i64) -> bool {
        let Some(limit) = self.limit else {
            return true;
        };
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() > MOST {
            failures.retain(|_, (_, since)| now - *since < WINDOW_MS);
        }
        let keys = [
            (Key::Account(account.to_owned()), limit),
            (Key::Address(address), limit.saturating_mul(PER_ADDRESS)),
        ];
        let mut allowed = true;
        for (key, most) in keys {
            let (count, since) = failures.entry(key).or_insert((0, now));
            if now - *since >= WINDOW_MS {
                (*count, *since) = (0, now);
            }
            allowed &= *count < most;
            *count = count.saturating_add(1);
        }
        allowed
    }

    /// Takes back what [`Limiter::attempt`] counted.
    pub fn succeeded(&self, account: &str, address: IpAddr) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&Key::Account(account.to_owned()));
        if let Some((count, _)) = failures.get_mut(&Key::Address(address)) {
            *count = count.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    const CLINIC: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

    #[test]
    fn an_account_is_limited_and_its_clinic_is_not() {
        let limiter = Limiter::new(Some(3));
        let tries: Vec<bool> = (0..4).map(|_| limiter.attempt("a", CLINIC, 0)).collect();
        assert_eq!(tries, [true, true, true, false]);
        assert!(limiter.attempt("b", CLINIC, 0));
    }

    #[test]
    fn the_limit_ends_with_its_window() {
        let limiter = Limiter::new(Some(1));
        assert!(limiter.attempt("a", CLINIC, 0));
        assert!(!limiter.attempt("a", CLINIC, 1));
        assert!(limiter.attempt("a", CLINIC, WINDOW_MS + 1));
    }

    #[test]
    fn signing_in_rightly_is_never_limited() {
        let limiter = Limiter::new(Some(1));
        for _ in 0..50 {
            assert!(limiter.attempt("a", CLINIC, 0));
            limiter.succeeded("a", CLINIC);
        }
    }
}
