//! What somebody complains of, as it is being asked for: the words, what was tapped and answered. Pure.

use serde::{Deserialize, Serialize};

/// The complaint of a visit; empty for a visit nobody complained at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asking {
    /// The complaint as typed.
    pub text: String,
}

/// What the person did.
#[derive(Clone, Debug, PartialEq)]
pub enum AskingEvent {
    /// Typed.
    Text(String),
}

impl Asking {
    /// Takes an event.
    pub fn update(&mut self, event: AskingEvent) {
        match event {
            AskingEvent::Text(text) => self.text = text,
        }
    }
}
