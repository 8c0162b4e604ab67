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
        let mut raw = Zeroizing::new([0_u8; KEY]);
        let mut salt = [0_u8; 16];
        random(raw.as_mut_slice())?;
        random(&mut salt)?;
        let wrapping = wrapping(pin, &salt, Self::MEMORY, Self::PASSES).await?;
        let wrapped = wrapping.seal(LABEL, raw.as_slice()).await?;
        let lock = Self { salt, memory: Self::MEMORY, passes: Self::PASSES, wrapped };
        Ok((lock, Vault::import(&raw).await?))
    }

    /// Opens the lock.
    pub async fn open(&self, pin: &str) -> Result<Vault, VaultError> {
        let wrapping = wrapping(pin, &self.salt, self.memory, self.passes).await?;
        let opened = wrapping.open(LABEL, &self.wrapped).await;
        let raw = Zeroizing::new(opened.map_err(|error| match error {
            VaultError::Damaged => VaultError::WrongPin,
            other => other,
        })?);
        let key: &[u8; KEY] = raw.as_slice().try_into().map_err(|_| VaultError::Damaged)?;
        Vault::import(key).await
    }
}

/// Binds the wrapped key to its purpose.
const LABEL: &str = "data key";

impl Vault {
    async fn import(raw: &[u8; KEY]) -> Result<Self, VaultError> {
        let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
        let bytes: Object = Uint8Array::from(raw.as_slice()).unchecked_into();
        let promise = subtle()?
            .import_key_with_str("raw", &bytes, "AES-GCM", false, &usages.unchecked_into())
            .map_err(|_| VaultError::Unavailable)?;
        let key: JsValue = JsFuture::from(promise).await.map_err(|_| VaultError::Unavailable)?;
        Ok(Self { key: key.unchecked_into() })
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

fn random(bytes: &mut [u8]) -> Result<(), VaultError> {
    getrandom::fill(bytes).map_err(|_| VaultError::Unavailable)
}

fn subtle() -> Result<SubtleCrypto, VaultError> {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(VaultError::Unavailable)?;
    // On an insecure origin `subtle` is undefined although its type says otherwise.
    Some(crypto.subtle()).filter(|subtle| !subtle.is_undefined()).ok_or(VaultError::Unavailable)
}
