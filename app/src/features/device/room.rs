//! How much room there is, and whether the browser keeps what is stored.

use super::size;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What the browser says about its storage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Room {
    /// Bytes used, when it says so.
    pub used: Option<f64>,
    /// Bytes it allows in all, when it says so.
    pub quota: Option<f64>,
    /// Whether it promised not to clear them.
    pub persisted: bool,
}

impl Room {
    /// Returns the bytes that are left; nothing when the browser does not say.
    #[must_use]
    pub fn left(&self) -> Option<f64> {
        Some((self.quota? - self.used?).max(0.0))
    }

    /// Returns what is used and what is left, for people; nothing when the browser does not say.
    #[must_use]
    pub fn sizes(&self) -> Option<(String, String)> {
        Some((size(self.used?), size(self.left()?)))
    }
}

/// Asks the browser; what it does not answer stays unknown.
pub async fn room() -> Room {
    let storage = window().navigator().storage();
    let persisted = answer(storage.persisted()).await.and_then(|value| value.as_bool());
    let estimate = answer(storage.estimate()).await.map(JsCast::unchecked_into::<web_sys::StorageEstimate>);
    Room {
        used: estimate.as_ref().and_then(web_sys::StorageEstimate::get_usage),
        quota: estimate.as_ref().and_then(web_sys::StorageEstimate::get_quota),
        persisted: persisted.unwrap_or_default(),
    }
}

async fn answer(promise: Result<js_sys::Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_claimed_about_storage_the_browser_keeps_to_itself() {
        assert_eq!(Room { used: Some(5.0), quota: None, persisted: true }.sizes(), None);
        let full = Room { used: Some(9_000_000.0), quota: Some(8_000_000.0), persisted: true };
        assert_eq!(full.sizes(), Some(("9.0 MB".to_owned(), "0 KB".to_owned())));
    }
}
