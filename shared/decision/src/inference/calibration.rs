//! Makes probabilities mean what they say.

use serde::{Deserialize, Serialize};

/// How scores become probabilities; fitted on cases whose condition is known, and kept as data.
///
/// Findings are never as independent as Bayes' rule has them, so that the sum of their logarithms says too much. It is
/// divided by the temperature.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// What the log likelihood is divided by: 1 leaves it, more makes it more careful. Above 0.
    pub temperature: f64,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { temperature: 1.0 }
    }
}

impl Calibration {
    /// Returns what the log likelihood is multiplied by; 1 where the temperature is not above 0.
    #[must_use]
    pub fn likelihood_scale(&self) -> f64 {
        if self.temperature > 0.0 { 1.0 / self.temperature } else { 1.0 }
    }
}
