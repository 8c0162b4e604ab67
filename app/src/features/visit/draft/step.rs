//! The steps of a visit.

use serde::{Deserialize, Serialize};

/// The steps, in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Pressure, glucose, pulse, weight.
    #[default]
    Measure,
    /// Danger signs, symptoms, medication taken, reactions.
    Ask,
    /// What the rules say.
    Advice,
    /// What is prescribed.
    Prescribe,
    /// When next, and a note.
    Plan,
    /// Check and sign.
    Sign,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Self; 6] =
        [Self::Measure, Self::Ask, Self::Advice, Self::Prescribe, Self::Plan, Self::Sign];

    /// Returns the position in the flow.
    #[must_use]
    pub const fn place(self) -> usize {
        self as usize
    }

    /// Returns the step at a position; the last one beyond the end.
    #[must_use]
    pub fn at(place: usize) -> Self {
        Self::ALL.get(place).copied().unwrap_or(Self::Sign)
    }
}
