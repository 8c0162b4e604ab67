//! Who has unlocked this device before: the one thing that is readable without a PIN.

use super::{account::Account, store::StoreError, vault::Lock};
use domain::base::{Order, json};
use indexed_db_futures::{
    database::Database,
    prelude::*,
    transaction::{TransactionDurability, TransactionMode, TransactionOptions},
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
}

impl Profile {
    /// Wrong PINs that cost nothing.
    const FREE: u32 = 4;
    /// The first wait; each further wrong PIN doubles it.
    const WAIT: i64 = 30_000;
    /// The longest wait.
    const LONGEST: i64 = 3_600_000;

    /// Records a wrong PIN: from the fifth on, the next attempt has to wait.
    pub fn failed(&mut self, now: i64) {
        self.failures += 1;
        if self.failures > Self::FREE {
            let doublings = (self.failures - Self::FREE - 1).min(10);
            self.wait_until = now + (Self::WAIT << doublings).min(Self::LONGEST);
        }
    }

    /// Records that the PIN was right.
    pub fn succeeded(&mut self, now: i64) {
        self.failures = 0;
        self.wait_until = 0;
        self.last_used = now;
    }

    /// Returns the seconds until the next attempt is allowed.
    #[must_use]
    pub fn seconds_to_wait(&self, now: i64) -> i64 {
        ((self.wait_until - now).max(0) + 999) / 1000
    }

    /// Returns the name of this person's database.
    #[must_use]
    pub fn database(&self) -> String {
        format!("xiangyi-{}", self.account.author)
    }
}

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
    let mut options = TransactionOptions::new();
    options.set_durability(TransactionDurability::Strict);
    let transaction =
        database.transaction(PROFILES).with_mode(TransactionMode::Readwrite).with_options(options).build()?;
    let store = transaction.object_store(PROFILES)?;
    store.put(text).with_key(profile.account.account.clone()).build()?.into_future().await?;
    drop(store);
    transaction.commit().await?;
    Ok(())
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
}
