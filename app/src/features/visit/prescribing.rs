//! A prescription as it is being written. Pure.

use documents::Prescribed;
use serde::{Deserialize, Serialize};

/// The prescription of a visit; empty where nothing is prescribed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prescribing {
    /// The lines.
    pub lines: Vec<Prescribed>,
}

/// What the person did.
#[derive(Clone, Debug, PartialEq)]
pub enum PrescribingEvent {
    /// Took a line out.
    Remove(usize),
}

impl Prescribing {
    /// Takes an event.
    pub fn update(&mut self, event: PrescribingEvent) {
        match event {
            PrescribingEvent::Remove(line) => {
                if line < self.lines.len() {
                    self.lines.remove(line);
                }
            }
        }
    }
}
