//! Coming in: who are you, a PIN for this device, and back again without a network.

mod codes;
mod forgotten;
mod pin;
mod second;
mod sign_in;
mod unlock;

use crate::clock;
use crate::reactive::spawn_local;
use crate::replica::{
    account::{self, Account, Met, SignInError},
    lease::Lease,
    profile::{self, Profile},
    vault::{Lock, Vault, VaultError},
};
use leptos::prelude::*;
use zeroize::Zeroizing;

pub use codes::{Codes, clear_address, code_in_address};
pub use forgotten::Forgotten;
pub use pin::NewPin;
pub use second::{CodeField, Second};
pub use sign_in::{SignIn, SignInAgain};
pub use unlock::Unlock;

/// Where somebody stands before the app is open to them.
#[derive(Clone)]
pub enum Door {
    /// Looking for people who have been here.
    Looking,
    /// The browser lets nothing be stored.
    Closed,
    /// Asking for name and password.
    SignIn(Why),
    /// Coming in with a one-time code.
    Codes,
    /// Signed in: choosing a PIN.
    NewPin(Choosing),
    /// Known here: choosing who, and asking for the PIN.
    Locked(Vec<Profile>),
    /// Open.
    Open(Profile, Vault),
}

/// Why somebody is asked for name and password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody has been here.
    First,
    /// Somebody else than those who have been here.
    Another,
    /// The browser has cleared what was stored here.
    Cleared,
    /// The server has not been asked for so many days.
    Lease(i64),
    /// The PIN of this person is forgotten.
    Forgotten(Box<Profile>),
}

/// Who chooses a PIN.
#[derive(Clone)]
pub enum Choosing {
    /// Somebody new on this device.
    New(Account),
    /// Somebody who forgot theirs, with the key that the server opened.
    Again(Box<Profile>, Zeroizing<Vec<u8>>),
}

/// Why a PIN did not open the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlockError {
    /// Wrong; the number of wrong ones so far.
    Wrong(u32),
    /// Not before so many seconds.
    Wait(i64),
    /// Right, but the server has not been asked for so many days, and cannot be reached now.
    Lease(i64),
    /// The browser lacks cryptography or storage.
    Device,
}

/// Why a password does not open the way to a new PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenewError {
    /// Somebody else has signed in.
    Stranger,
    /// The server keeps no key for this device.
    NoKey,
    /// The server did not answer as it should.
    Server,
}

/// How many people this browser was last known to keep: what is stored may be cleared without the app.
const PEOPLE: &str = "people";

fn remember(count: usize) {
    if let Some(storage) = window().local_storage().ok().flatten() {
        let _ = storage.set_item(PEOPLE, &count.to_string());
    }
}

fn remembered() -> bool {
    let storage = window().local_storage().ok().flatten();
    let found = storage.and_then(|storage| storage.get_item(PEOPLE).ok().flatten());
    found.is_some_and(|count| count != "0")
}

/// Finds out where to start.
pub fn look(door: RwSignal<Door>) {
    let code = code_in_address();
    spawn_local(async move {
        door.set(match profile::all().await {
            Err(_) => Door::Closed,
            Ok(profiles) if !profiles.is_empty() => {
                remember(profiles.len());
                Door::Locked(profiles)
            }
            Ok(_) if remembered() => Door::SignIn(Why::Cleared),
            Ok(_) if code.is_some() => Door::Codes,
            Ok(_) => Door::SignIn(Why::First),
        });
    });
}

/// Sends somebody who has signed in to choose a PIN, or to type the one they have here.
pub async fn enter(door: RwSignal<Door>, met: Met) {
    let mut profiles = profile::all().await.unwrap_or_default();
    let Some(at) = profiles.iter().position(|known| known.account.author == met.account.author) else {
        door.set(Door::NewPin(Choosing::New(met.account)));
        return;
    };
    let mut known = profiles.swap_remove(at);
    let name = known.account.account.clone();
    if let Ok(now) = profile::change(&name, Box::new(|known| known.met(met.account, met.time))).await {
        known = now;
    }
    door.set(Door::Locked(vec![known]));
}

/// Sends somebody who forgot their PIN and has signed in to choose another: the server opens the key that opens what is here.
pub async fn renew(door: RwSignal<Door>, profile: Profile, met: Met) -> Result<(), RenewError> {
    if profile.account.author != met.account.author {
        return Err(RenewError::Stranger);
    }
    let recovery = profile.lock.recovery.clone().filter(|recovery| !recovery.sealed.is_empty());
    let recovery = recovery.ok_or(RenewError::NoKey)?;
    let opened = account::open_key(&recovery.sealed).await.map_err(|_| RenewError::Server)?;
    let key = opened.ok_or(RenewError::NoKey)?;
    if !recovery.fits(&key).await {
        return Err(RenewError::NoKey);
    }
    door.set(Door::NewPin(Choosing::Again(Box::new(profile), key)));
    Ok(())
}

/// Makes the lock of somebody on this device and opens it.
pub async fn create(door: RwSignal<Door>, choosing: Choosing, pin: String) -> Result<(), UnlockError> {
    let now = clock::now().0;
    let (profile, vault) = match choosing {
        Choosing::New(account) => {
            let (lock, vault) = Lock::create(&pin).await.map_err(|_| UnlockError::Device)?;
            (Profile::new(account, lock, now), vault)
        }
        Choosing::Again(mut profile, key) => {
            let recovery = profile.lock.recovery.clone().ok_or(UnlockError::Device)?;
            let (lock, vault) = recovery.renew(&key, &pin).await.map_err(|_| UnlockError::Device)?;
            profile.lock = lock;
            profile.succeeded(now);
            (*profile, vault)
        }
    };
    profile::save(&profile).await.map_err(|_| UnlockError::Device)?;
    remember(profile::all().await.map_or(1, |profiles| profiles.len()));
    door.set(Door::Open(profile, vault));
    Ok(())
}

/// Tries a PIN.
pub async fn unlock(door: RwSignal<Door>, account: &str, pin: &str) -> Result<(), UnlockError> {
    let now = clock::now().0;
    let attempt = profile::attempt(account, now).await.map_err(|_| UnlockError::Device)?;
    let mut profile = attempt.map_err(UnlockError::Wait)?;
    let vault = match profile.lock.open(pin).await {
        Ok(vault) => vault,
        Err(VaultError::WrongPin) => {
            return Err(match profile.seconds_to_wait(now) {
                0 => UnlockError::Wrong(profile.failures),
                seconds => UnlockError::Wait(seconds),
            });
        }
        Err(_) => return Err(UnlockError::Device),
    };
    let lease = profile.lease(now);
    let recovery = profile.lock.recovery;
    let opened = |known: &mut Profile| {
        known.succeeded(now);
        if known.lock.recovery.is_none() {
            known.lock.recovery = recovery;
        }
    };
    let mut profile = profile::change(account, Box::new(opened)).await.map_err(|_| UnlockError::Device)?;
    if let Lease::Over(days) = lease {
        match account::who().await {
            Ok(met) if met.account.author == profile.account.author => {
                let met = |known: &mut Profile| known.met(met.account, met.time);
                profile = profile::change(account, Box::new(met)).await.map_err(|_| UnlockError::Device)?;
            }
            Ok(_) | Err(SignInError::Refused) => {
                door.set(Door::SignIn(Why::Lease(days)));
                return Ok(());
            }
            Err(_) => return Err(UnlockError::Lease(days)),
        }
    }
    door.set(Door::Open(profile, vault));
    Ok(())
}

/// Returns the seconds until somebody may try a PIN again.
pub async fn seconds_to_wait(account: &str) -> i64 {
    let profiles = profile::all().await.unwrap_or_default();
    let known = profiles.into_iter().find(|profile| profile.account.account == account);
    known.map_or(0, |profile| profile.seconds_to_wait(clock::now().0))
}
