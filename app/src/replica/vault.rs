//! The device's lock: a random data key, stored only wrapped by a key derived from the PIN.
//!
//! The data key lives in memory as a non-extractable WebCrypto key. No `CryptoKey` is stored: Chromium writes
//! stored ones to the profile in clear.

use super::derive::{KEY, derive};
use crate::worker;
use js_sys::{Array, Object, Promise, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, CryptoKey, MessageEvent, SubtleCrypto};
use zeroize::Zeroizing;

const NONCE: usize = 12;

/// What can go wrong between a PIN and the data key.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The PIN does not open this lock.
    #[error("wrong PIN")]
    WrongPin,
    /// Stored bytes are not what this key sealed.
    #[error("stored data cannot be opened")]
    Damaged,
    /// The browser offers no WebCrypto (an insecure origin) or refused an operation.
    #[error("no cryptography in this browser")]
    Unavailable,
}

/// The wrapped data key with the parameters of its derivation; all that is stored about a PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    salt: [u8; 16],
    /// Memory of argon2id in KiB.
    memory: u32,
    /// Passes of argon2id.
    passes: u32,
    wrapped: Vec<u8>,
    /// The way back for who forgot the PIN; locks of before have none until they are next opened.
    #[serde(default)]
    pub recovery: Option<Recovery>,
}

/// The data key wrapped once more, under a random key that is kept sealed by the server: it opens it for whoever has just
/// signed in (docs/adr/0012).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    wrapped: Vec<u8>,
    /// The key, sealed with the data key, to have it sealed by the server.
    key: Vec<u8>,
    /// The key as the server sealed it; empty before.
    pub sealed: Vec<u8>,
    /// The epoch of the store of the server that sealed it: after a restore it may have lost what it sealed with.
    pub epoch: String,
}

/// An open vault: seals and opens bytes with the data key.
#[derive(Clone)]
pub struct Vault {
    key: CryptoKey,
}

impl Lock {
    /// Memory and passes of new locks; their cost per guess is in docs/threat-model.md.
    const MEMORY: u32 = 19 * 1024;
    const PASSES: u32 = 2;

    /// Makes a new data key and a lock that `pin` opens.
    pub async fn create(pin: &str) -> Result<(Self, Vault), VaultError> {
        let mut raw = Raw::default();
        random(raw.as_mut_slice())?;
        Self::around(&raw, pin).await
    }

    /// Makes a lock that `pin` opens around a data key.
    async fn around(raw: &Raw, pin: &str) -> Result<(Self, Vault), VaultError> {
        let mut salt = [0_u8; 16];
        random(&mut salt)?;
        let wrapping = wrapping(pin, &salt, Self::MEMORY, Self::PASSES).await?;
        let wrapped = wrapping.seal(LABEL, raw.as_slice()).await?;
        let vault = Vault::import(raw).await?;
        let recovery = Some(Recovery::create(raw, &vault).await?);
        Ok((Self { salt, memory: Self::MEMORY, passes: Self::PASSES, wrapped, recovery }, vault))
    }

    /// Opens the lock; a lock without a way back is given one.
    pub async fn open(&mut self, pin: &str) -> Result<Vault, VaultError> {
        let wrapping = wrapping(pin, &self.salt, self.memory, self.passes).await?;
        let raw = raw(wrapping.open(LABEL, &self.wrapped).await).map_err(|error| match error {
            VaultError::Damaged => VaultError::WrongPin,
            other => other,
        })?;
        let vault = Vault::import(&raw).await?;
        if self.recovery.is_none() {
            self.recovery = Some(Recovery::create(&raw, &vault).await?);
        }
        Ok(vault)
    }
}

impl Recovery {
    async fn create(raw: &Raw, vault: &Vault) -> Result<Self, VaultError> {
        let mut key = Raw::default();
        random(key.as_mut_slice())?;
        let wrapped = Vault::import(&key).await?.seal(RECOVERED, raw.as_slice()).await?;
        let key = vault.seal(RECOVERY, key.as_slice()).await?;
        Ok(Self { wrapped, key, sealed: Vec::new(), epoch: String::new() })
    }

    /// Returns whether this is the same key, sealed by the server or not.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// Returns the key for the server to seal.
    pub async fn key(&self, vault: &Vault) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        Ok(Zeroizing::new(vault.open(RECOVERY, &self.key).await?))
    }

    /// Makes a new lock that `pin` opens around the same data key, with the key that the server opened.
    pub async fn renew(&self, key: &[u8], pin: &str) -> Result<(Lock, Vault), VaultError> {
        let key = raw(Ok(key.to_vec()))?;
        let opened = raw(Vault::import(&key).await?.open(RECOVERED, &self.wrapped).await)?;
        Lock::around(&opened, pin).await
    }

    /// Returns whether the server's key is the one of this lock.
    pub async fn fits(&self, key: &[u8]) -> bool {
        let Ok(key) = raw(Ok(key.to_vec())) else { return false };
        match Vault::import(&key).await {
            Ok(vault) => raw(vault.open(RECOVERED, &self.wrapped).await).is_ok(),
            Err(_) => false,
        }
    }
}

/// A key as bytes, overwritten when it is no longer needed.
type Raw = Zeroizing<[u8; KEY]>;

fn raw(bytes: Result<Vec<u8>, VaultError>) -> Result<Raw, VaultError> {
    let bytes = Zeroizing::new(bytes?);
    let bytes: &[u8; KEY] = bytes.as_slice().try_into().map_err(|_| VaultError::Damaged)?;
    Ok(Zeroizing::new(*bytes))
}

/// Locks what is to be read elsewhere with a passphrase.
pub async fn with_passphrase(
    passphrase: &str,
    salt: &[u8],
    memory: u32,
    passes: u32,
) -> Result<Vault, VaultError> {
    wrapping(passphrase, salt, memory, passes).await
}

/// Bind each wrapped key to its purpose.
const LABEL: &str = "data key";
const RECOVERED: &str = "data key for recovery";
const RECOVERY: &str = "recovery key";

impl Vault {
    async fn import(raw: &Raw) -> Result<Self, VaultError> {
        let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
        let bytes: Object = Uint8Array::from(raw.as_slice()).unchecked_into();
        let promise = subtle()?
            .import_key_with_str("raw", &bytes, "AES-GCM", false, &usages.unchecked_into())
            .map_err(|_| VaultError::Unavailable)?;
        let key: JsValue = JsFuture::from(promise).await.map_err(|_| VaultError::Unavailable)?;
        Ok(Self { key: key.unchecked_into() })
    }

    /// Makes a key for one file; returns it besides.
    pub async fn once() -> Result<(Self, [u8; KEY]), VaultError> {
        let mut key = [0; KEY];
        random(&mut key)?;
        Ok((Self::with(key).await?, key))
    }

    /// Opens what was sealed with a key that lies in a document.
    pub async fn with(key: [u8; KEY]) -> Result<Self, VaultError> {
        Self::import(&Zeroizing::new(key)).await
    }

    /// Encrypts `plain`; `label` (where it is stored) must be the same when it is opened.
    pub async fn seal(&self, label: &str, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut nonce = [0_u8; NONCE];
        random(&mut nonce)?;
        let promise = subtle()?
            .encrypt_with_object_and_js_u8_array(
                &parameters(&nonce, label),
                &self.key,
                &Uint8Array::from(plain),
            )
            .map_err(|_| VaultError::Unavailable)?;
        let buffer: JsValue = JsFuture::from(promise).await.map_err(|_| VaultError::Unavailable)?;
        let sealed = Uint8Array::new(&buffer);
        let mut out = vec![0; NONCE + sealed.length() as usize];
        let (head, body) = out.split_at_mut(NONCE);
        head.copy_from_slice(&nonce);
        sealed.copy_to(body);
        Ok(out)
    }

    /// Decrypts what [`Vault::seal`] made under the same `label`.
    pub async fn open(&self, label: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (nonce, body) = sealed.split_at_checked(NONCE).ok_or(VaultError::Damaged)?;
        let promise = subtle()?
            .decrypt_with_object_and_js_u8_array(
                &parameters(nonce, label),
                &self.key,
                &Uint8Array::from(body),
            )
            .map_err(|_| VaultError::Unavailable)?;
        let buffer: JsValue = JsFuture::from(promise).await.map_err(|_| VaultError::Damaged)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

/// Derives the key that wraps a data key: beside the page, so that it stays awake, or in it where there are no workers.
async fn wrapping(pin: &str, salt: &[u8], memory: u32, passes: u32) -> Result<Vault, VaultError> {
    if let Some(key) = derived_beside(pin, salt, memory, passes).await {
        return Ok(Vault { key });
    }
    let key = derive(pin, salt, memory, passes).ok_or(VaultError::Damaged)?;
    Vault::import(&key).await
}

async fn derived_beside(pin: &str, salt: &[u8], memory: u32, passes: u32) -> Option<CryptoKey> {
    let worker = worker::start("pin")?;
    let message = Array::of4(&pin.into(), &Uint8Array::from(salt), &memory.into(), &passes.into());
    let heard = Promise::new(&mut |resolve, _| {
        worker.set_onmessage(Some(&resolve));
        worker.set_onerror(Some(&resolve));
    });
    let key = match worker.post_message(&message) {
        Ok(()) => JsFuture::from(heard).await.ok(),
        Err(_) => None,
    };
    // What it remembers goes with it.
    worker.terminate();
    key?.dyn_into::<MessageEvent>().ok()?.data().dyn_into().ok()
}

fn parameters(nonce: &[u8], label: &str) -> Object {
    let parameters = AesGcmParams::new_with_u8_array("AES-GCM", &Uint8Array::from(nonce));
    parameters.set_additional_data_u8_array(&Uint8Array::from(label.as_bytes()));
    parameters.unchecked_into()
}

/// Fills `bytes` with randomness.
pub fn random(bytes: &mut [u8]) -> Result<(), VaultError> {
    getrandom::fill(bytes).map_err(|_| VaultError::Unavailable)
}

fn subtle() -> Result<SubtleCrypto, VaultError> {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(VaultError::Unavailable)?;
    // On an insecure origin `subtle` is undefined although its type says otherwise.
    Some(crypto.subtle()).filter(|subtle| !subtle.is_undefined()).ok_or(VaultError::Unavailable)
}
