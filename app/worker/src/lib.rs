//! Decision support in a worker of the browser: opened once, then asked, so that no question holds up the page.
//!
//! `worker.js` beside this crate fetches what it opens, and speaks with the page (`app/src/guide.rs`).

use guide::Guide;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    static OPENED: RefCell<Option<Guide>> = const { RefCell::new(None) };
}

/// Opens packed knowledge and the JSON of medicines; what was open before stays when they cannot be read.
///
/// # Errors
/// Says what cannot be read.
#[wasm_bindgen]
pub fn open(knowledge: &[u8], medicines: &str) -> Result<(), JsError> {
    let guide = Guide::new(knowledge, medicines).map_err(|error| JsError::new(&error.to_string()))?;
    OPENED.set(Some(guide));
    Ok(())
}

/// Answers the JSON of a `guide::Request` with that of a `guide::Reply`; nothing when it is no request, or nothing is open.
#[must_use]
#[wasm_bindgen]
pub fn answer(request: &str) -> Option<String> {
    let request = serde_json::from_str(request).ok()?;
    let reply = OPENED.with_borrow(|guide| Some(guide.as_ref()?.answer(&request)))?;
    serde_json::to_string(&reply).ok()
}
