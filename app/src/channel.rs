//! What the tabs of this browser say to each other.

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel to all other tabs; closed when it is dropped.
pub struct Channel {
    channel: BroadcastChannel,
    _heard: EventListener,
}

impl Channel {
    /// Opens the channel `name`; nothing in a browser without any. What this tab says it does not hear.
    #[must_use]
    pub fn open(name: &str, heard: impl Fn(&str) + 'static) -> Option<Self> {
        if !exists() {
            return None;
        }
        let channel = BroadcastChannel::new(name).ok()?;
        let heard: Box<dyn Fn(&str)> = Box::new(heard);
        let heard = EventListener::new(&channel, "message", move |event| {
            if let Some(said) = event.unchecked_ref::<MessageEvent>().data().as_string() {
                heard(&said);
            }
        });
        Some(Self { channel, _heard: heard })
    }

    /// Says something to all other tabs.
    pub fn say(&self, words: &str) {
        // A channel that the browser has closed has nobody to hear it.
        let _ = self.channel.post_message(&JsValue::from(words));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Returns whether tabs of this browser can speak to each other.
#[must_use]
pub fn exists() -> bool {
    let found = js_sys::Reflect::has(&js_sys::global(), &"BroadcastChannel".into());
    found.unwrap_or(false)
}
