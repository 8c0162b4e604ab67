//! The worker itself: what is posted to it and what it posts.

use crate::worker;
use gloo_events::EventListener;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

/// What came from the worker.
pub(super) enum Heard {
    /// The answer to the question of this number; nothing when it could not answer.
    Answer(u32, Option<String>),
    /// How it stands.
    Said(String),
    /// It could not be started, or has stopped.
    Failed,
}

/// A worker that runs until this is dropped.
pub(super) struct Line {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl Line {
    /// Starts the worker; nothing where the site or the browser has none.
    pub(super) fn open(hear: impl Fn(Heard) + Clone + 'static) -> Option<Self> {
        let worker = worker::start("guide")?;
        let told = hear.clone();
        let message = EventListener::new(&worker, "message", move |event| {
            if let Some(heard) = event.dyn_ref::<MessageEvent>().and_then(|event| read(&event.data())) {
                told(heard);
            }
        });
        let error = EventListener::new(&worker, "error", move |_| hear(Heard::Failed));
        Some(Self { worker, _listeners: [message, error] })
    }

    /// Sends a question under a number above 0.
    pub(super) fn send(&self, number: u32, question: &str) {
        self.post(&Array::of2(&number.into(), &question.into()));
    }

    /// Lets it look for newer knowledge.
    pub(super) fn look(&self) {
        self.post(&"look".into());
    }

    fn post(&self, message: &JsValue) {
        // Only what cannot be copied is refused; texts and numbers can.
        let _ = self.worker.post_message(message);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn read(data: &JsValue) -> Option<Heard> {
    let data: &Array = data.dyn_ref()?;
    let text = data.get(1).as_string();
    // Numbers are counted from 1; a page does not ask 2³² times.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was a u32 when it was sent"
    )]
    match data.get(0).as_f64()? as u32 {
        0 => text.map(Heard::Said),
        number => Some(Heard::Answer(number, text)),
    }
}
