//! Makes probabilities mean what they say.

use serde::{Deserialize, Serialize};

use super::{Evidence, Posterior, Priors, infer_into};
use crate::model::Model;

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

/// A case whose condition is known, to fit a calibration on. The model must not have been made of it.
#[derive(Debug, Clone, Copy)]
pub struct Solved<'a> {
    /// The model that judges it.
    pub model: &'a Model,
    /// The priors of the person.
    pub priors: &'a Priors,
    /// What was known.
    pub evidence: &'a Evidence,
    /// The condition, by index.
    pub condition: usize,
}

impl Calibration {
    /// The temperatures between which one is sought.
    const COLDEST: f64 = 0.25;
    const HOTTEST: f64 = 20.0;
    /// How often the interval is narrowed, by a third each time.
    const STEPS: usize = 30;
    /// The least probability that a surprise is taken of.
    const LEAST: f64 = 1e-12;

    /// Returns what the log likelihood is multiplied by; 1 where the temperature is not above 0.
    #[must_use]
    pub fn likelihood_scale(&self) -> f64 {
        if self.temperature > 0.0 { 1.0 / self.temperature } else { 1.0 }
    }

    /// Returns the calibration under which the known conditions surprise the least (the mean log loss is convex in
    /// one over the temperature); the default without cases.
    #[must_use]
    pub fn fit(cases: &[Solved<'_>]) -> Self {
        if cases.is_empty() {
            return Self::default();
        }
        let mut posterior = Posterior::default();
        let mut surprise = |scale: f64| -> f64 {
            let calibration = Self { temperature: 1.0 / scale };
            let mut sum = 0.0;
            for case in cases {
                infer_into(case.model, case.priors, case.evidence, &calibration, &mut posterior);
                sum -= libm::log(posterior.probability(case.condition).max(Self::LEAST));
            }
            sum
        };
        let (mut low, mut high) = (1.0 / Self::HOTTEST, 1.0 / Self::COLDEST);
        for _ in 0..Self::STEPS {
            let third = (high - low) / 3.0;
            if surprise(low + third) <= surprise(high - third) {
                high -= third;
            } else {
                low += third;
            }
        }
        Self { temperature: 2.0 / (low + high) }
    }
}
