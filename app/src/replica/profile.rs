//! Who has unlocked this device before: the one thing that is readable without a PIN.

use super::{
    account::Account,
    lease::{Lease, lease},
    store::{self, StoreError},
    vault::Lock,
};
use crate::figures::{PIN_FREE, PIN_LONGEST, PIN_WAIT};
use domain::base::{Order, json};
use indexed_db_futures::{
    database::Database,
    prelude::*,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use serde::{Deserialize, Serialize};
use std::future::IntoFuture;

/// A person on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Who, as the server last said.
    pub account: Account,
    /// What the PIN opens.
    pub lock: Lock,
    /// Wrong PINs in a row.
    pub failures: u32,
    /// No attempt before this time, in ms since 1970.
    pub wait_until: i64,
    /// Last unlocked, in ms since 1970; the latest is offered first.
    pub last_used: i64,
    /// When the server last answered this person here, in ms since 1970; 0 as long as that is not known.
    #[serde(default)]
    pub contact: i64,
    /// The latest time that this device has seen, in ms since 1970.
    #[serde(default)]
    pub seen: i64,
    /// Whether something of this person was once stored here.
    #[serde(default)]
    pub begun: bool,
}

impl Profile {
    /// Begins for somebody whom the server has just answered.
    #[must_use]
    pub fn new(account: Account, lock: Lock, now: i64) -> Self {
        Self {
            account,
            lock,
            failures: 0,
            wait_until: 0,
            last_used: now,
            contact: now,
            seen: now,
            begun: false,
        }
    }

    /// Records a wrong PIN: from some number on, the next attempt has to wait.
    pub fn failed(&mut self, now: i64) {
        self.failures += 1;
        if self.failures > PIN_FREE {
            let doublings = (self.failures - PIN_FREE - 1).min(20);
            self.wait_until = now + (i64::from(PIN_WAIT) << doublings).min(LONGEST) * 1000;
        }
    }

    /// Records that the PIN was right.
    pub fn succeeded(&mut self, now: i64) {
        self.failures = 0;
        self.wait_until = 0;
        self.last_used = now;
        self.seen = self.seen.max(now);
    }

    /// Takes that the server answered at `now`, by its own clock: what this one showed before counts no more.
    pub fn met(&mut self, account: Account, now: i64) {
        self.account = account;
        self.contact = now;
        self.seen = now;
        self.begun = true;
    }

    /// Returns whether this device may be opened without the server.
    #[must_use]
    pub fn lease(&self, now: i64) -> Lease {
        // Devices of before did not write down when the server answered.
        let contact = if self.contact == 0 { self.last_used } else { self.contact };
        lease(now, contact, self.seen)
    }

    /// Returns the seconds until the next attempt is allowed; a clock that was turned back makes it no longer than the longest.
    #[must_use]
    pub fn seconds_to_wait(&self, now: i64) -> i64 {
        ((self.wait_until - now).max(0) + 999) / 1000
    }

    /// Begins a wait anew, at its longest, that a clock turned back has made longer than any.
    fn settle_wait(&mut self, now: i64) {
        self.wait_until = self.wait_until.min(now + LONGEST * 1000);
    }

    /// Returns the name of this person's database.
    #[must_use]
    pub fn database(&self) -> String {
        format!("xiangyi-{}", self.account.author)
    }
}

/// The longest wait, in seconds.
const LONGEST: i64 = PIN_LONGEST as i64;

const DATABASE: &str = "xiangyi-device";
const PROFILES: &str = "profiles";

async fn open() -> Result<Database, StoreError> {
    let database = Database::open(DATABASE)
        .with_version(1_u8)
        .with_on_upgrade_needed(|_, database| {
            database.create_object_store(PROFILES).build()?;
            Ok(())
        })
        .await?;
    Ok(database)
}

/// Returns all profiles, the latest used first.
pub async fn all() -> Result<Vec<Profile>, StoreError> {
    let database = open().await?;
    let transaction = database.transaction(PROFILES).build()?;
    let store = transaction.object_store(PROFILES)?;
    let texts: Vec<String> = store.get_all::<String>().primitive()?.await?.collect::<Result<_, _>>()?;
    let mut profiles: Vec<Profile> =
        texts.iter().filter_map(|text| json::read(text.as_bytes()).ok()).collect();
    profiles.order_by_key(|profile| std::cmp::Reverse(profile.last_used));
    Ok(profiles)
}

/// Writes a profile, strictly durable: without its lock the person's data could not be opened again.
pub async fn save(profile: &Profile) -> Result<(), StoreError> {
    let text = json::write(profile).map_err(|_| StoreError::Form)?;
    let database = open().await?;
    let transaction = writing(&database)?;
    let store = transaction.object_store(PROFILES)?;
    store.put(text).with_key(profile.account.account.clone()).build()?.into_future().await?;
    drop(store);
    transaction.commit().await?;
    Ok(())
}

/// Changes the profile of `account` as it is on the disk, in one transaction: other tabs change it too.
pub async fn change(
    account: &str,
    change: Box<dyn FnOnce(&mut Profile) + '_>,
) -> Result<Profile, StoreError> {
    let database = open().await?;
    let transaction = writing(&database)?;
    let store = transaction.object_store(PROFILES)?;
    let found: Option<String> = store.get(account).primitive()?.into_future().await?;
    let mut profile: Profile =
        found.and_then(|text| json::read(text.as_bytes()).ok()).ok_or(StoreError::Storage)?;
    change(&mut profile);
    let text = json::write(&profile).map_err(|_| StoreError::Form)?;
    store.put(text).with_key(account).build()?.into_future().await?;
    drop(store);
    transaction.commit().await?;
    Ok(profile)
}

/// Counts an attempt to open the lock of `account`, before it is made: a reload wins no guesses. Returns the profile, or the
/// seconds to wait first.
pub async fn attempt(account: &str, now: i64) -> Result<Result<Profile, i64>, StoreError> {
    let mut wait = 0;
    let count = |profile: &mut Profile| {
        profile.settle_wait(now);
        wait = profile.seconds_to_wait(now);
        if wait == 0 {
            profile.failed(now);
        }
    };
    let profile = change(account, Box::new(count)).await?;
    Ok(if wait == 0 { Ok(profile) } else { Err(wait) })
}

/// Removes somebody from this device with everything that is theirs.
pub async fn remove(profile: &Profile) -> Result<(), StoreError> {
    // First what is not readable without the lock, then the lock: killed in between, it can be tried again.
    store::clear(&profile.database()).await?;
    let database = open().await?;
    let transaction = writing(&database)?;
    let store = transaction.object_store(PROFILES)?;
    store.delete(profile.account.account.as_str()).build()?;
    drop(store);
    transaction.commit().await?;
    Ok(())
}

fn writing(database: &Database) -> Result<Transaction<'_>, StoreError> {
    let mut options = TransactionOptions::new();
    options.set_durability(TransactionDurability::Strict);
    let transaction = database.transaction(PROFILES).with_mode(TransactionMode::Readwrite);
    Ok(transaction.with_options(options).build()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        serde_json::from_value(serde_json::json!({
            "account": {"account": "a", "author": "00", "role": "nurse"},
            "lock": {"salt": vec![0; 16], "memory": 8, "passes": 1, "wrapped": []},
            "failures": 0, "wait_until": 0, "last_used": 0,
        }))
        .unwrap()
    }

    #[test]
    fn the_fifth_wrong_pin_waits_and_each_further_one_twice_as_long() {
        let mut profile = profile();
        (0..4).for_each(|_| profile.failed(0));
        assert_eq!(profile.seconds_to_wait(0), 0);
        profile.failed(0);
        assert_eq!(profile.seconds_to_wait(0), 30);
        profile.failed(0);
        assert_eq!(profile.seconds_to_wait(0), 60);
        (0..40).for_each(|_| profile.failed(0));
        assert_eq!(profile.seconds_to_wait(0), 3600);
    }

    #[test]
    fn the_right_pin_forgives() {
        let mut profile = profile();
        (0..9).for_each(|_| profile.failed(0));
        profile.succeeded(5);
        assert_eq!(profile.seconds_to_wait(5), 0);
        assert_eq!(profile.failures, 0);
    }

    #[test]
    fn a_clock_that_was_turned_back_locks_nobody_out_for_longer_than_the_longest_wait() {
        let mut profile = profile();
        let later = 400 * 24 * 3_600_000;
        (0..9).for_each(|_| profile.failed(later));
        profile.settle_wait(0);
        assert_eq!(profile.seconds_to_wait(0), 3600);
        profile.settle_wait(60_000);
        assert_eq!(profile.seconds_to_wait(60_000), 3540, "it goes on from there");
    }

    #[test]
    fn the_lease_runs_from_the_answer_of_the_server_or_from_the_last_use() {
        const DAY: i64 = 24 * 3_600_000;
        let mut profile = profile();
        profile.succeeded(100 * DAY);
        assert_eq!(profile.lease(129 * DAY), Lease::Ending(1), "a profile of before");
        assert_eq!(profile.lease(130 * DAY), Lease::Over(30));
        profile.met(profile.account.clone(), 130 * DAY);
        assert_eq!(profile.lease(131 * DAY), Lease::Good);
        profile.succeeded(900 * DAY);
        profile.met(profile.account.clone(), 132 * DAY);
        assert_eq!(
            profile.lease(132 * DAY),
            Lease::Good,
            "the server's clock counts more than one that was wrong"
        );
    }
}
