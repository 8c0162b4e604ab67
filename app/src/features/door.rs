//! Coming in: who are you, a PIN for this device, and back again without a network.

mod pin;
mod sign_in;
mod unlock;

use crate::clock;
use crate::reactive::spawn_local;
use crate::replica::{
    account::Account,
    profile::{self, Profile},
    vault::{Lock, Vault, VaultError},
};
use leptos::prelude::*;

pub use pin::NewPin;
pub use sign_in::{SignIn, SignInAgain};
pub use unlock::Unlock;

/// Where somebody stands before the app is open to them.
#[derive(Clone)]
pub enum Door {
    /// Looking for people who have been here.
    Looking,
    /// Asking for name and password.
    SignIn,
    /// Signed in on a device that does not know them: choosing a PIN.
    NewPin(Account),
    /// Known here: asking for the PIN; the first profile is offered, the others can be chosen.
    Locked(Vec<Profile>),
    /// Open.
    Open(Profile, Vault),
}

/// Why a PIN did not open the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlockError {
    /// Wrong; the number of wrong ones so far.
    Wrong(u32),
    /// Not before so many seconds.
    Wait(i64),
    /// The browser lacks cryptography or storage.
    Device,
}

/// Finds out where to start.
pub fn look(door: RwSignal<Door>) {
    spawn_local(async move {
        let profiles = profile::all().await.unwrap_or_default();
        door.set(if profiles.is_empty() { Door::SignIn } else { Door::Locked(profiles) });
    });
}

/// Sends somebody who has signed in to choose a PIN, or to type the one they have here.
pub async fn enter(door: RwSignal<Door>, account: Account) {
    let mut profiles = profile::all().await.unwrap_or_default();
    let Some(at) = profiles.iter().position(|known| known.account.author == account.author) else {
        door.set(Door::NewPin(account));
        return;
    };
    let mut known = profiles.remove(at);
    known.account = account;
    let _ = profile::save(&known).await;
    profiles.insert(0, known);
    door.set(Door::Locked(profiles));
}

/// Makes the lock of a new person on this device and opens it.
pub async fn create(door: RwSignal<Door>, account: Account, pin: String) -> Result<(), UnlockError> {
    let (lock, vault) = Lock::create(&pin).await.map_err(|_| UnlockError::Device)?;
    let profile = Profile { account, lock, failures: 0, wait_until: 0, last_used: clock::now().0 };
    profile::save(&profile).await.map_err(|_| UnlockError::Device)?;
    door.set(Door::Open(profile, vault));
    Ok(())
}

/// Tries a PIN. The attempt is counted on the disk before it is made: a reload wins no guesses.
pub async fn unlock(door: RwSignal<Door>, account: &str, pin: &str) -> Result<(), UnlockError> {
    let profiles = profile::all().await.map_err(|_| UnlockError::Device)?;
    let known = profiles.into_iter().find(|profile| profile.account.account == account);
    let mut profile = known.ok_or(UnlockError::Device)?;
    let now = clock::now().0;
    let wait = profile.seconds_to_wait(now);
    if wait > 0 {
        return Err(UnlockError::Wait(wait));
    }
    profile.failed(now);
    profile::save(&profile).await.map_err(|_| UnlockError::Device)?;
    match profile.lock.open(pin).await {
        Ok(vault) => {
            profile.succeeded(now);
            profile::save(&profile).await.map_err(|_| UnlockError::Device)?;
            door.set(Door::Open(profile, vault));
            Ok(())
        }
        Err(VaultError::WrongPin) => Err(match profile.seconds_to_wait(now) {
            0 => UnlockError::Wrong(profile.failures),
            seconds => UnlockError::Wait(seconds),
        }),
        Err(_) => Err(UnlockError::Device),
    }
}
