//! A key from a PIN in a worker of the browser: it takes a second on a telephone, and the page stays awake.
//!
//! The derivation is the app's own file, which the app falls back on where there are no workers. `worker.js` beside this
//! crate speaks with the page (`app/src/replica/vault.rs`).

#[path = "../../src/replica/derive.rs"]
mod derive;

use wasm_bindgen::prelude::*;

/// Derives the key; nothing when the parameters cannot be met.
#[must_use]
#[wasm_bindgen]
pub fn derive(pin: &str, salt: &[u8], memory: u32, passes: u32) -> Option<Vec<u8>> {
    derive::derive(pin, salt, memory, passes).map(|key| key.to_vec())
}
