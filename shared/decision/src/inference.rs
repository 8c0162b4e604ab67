//! From findings to probabilities: Bayes' rule in logarithms, summed in a fixed order.
//!
//! Unknown findings say nothing. A finding that implies a broader one is counted given the broader one, so that a
//! productive cough is not two coughs. Findings of a group count less, the more of them are known. The score of a
//! condition is its log prior plus the sum of its log likelihoods, tempered by the [`Calibration`].

mod calibration;
mod contribution;
mod counted;
mod evidence;
mod what_if;

pub use calibration::{Calibration, Solved};
pub use contribution::{Contribution, contributions};
pub use evidence::Evidence;

use crate::model::{Model, Person};
use counted::Counted;
pub(crate) use what_if::WhatIf;

/// Log priors by condition for one person, and last the one of what is not listed.
#[derive(Debug, Clone, PartialEq)]
pub struct Priors(Vec<f64>);

impl Priors {
    /// Returns the priors for the person: of each condition the first that applies, together 1.
    #[must_use]
    pub fn of(model: &Model, person: &Person) -> Self {
        let weights = model.conditions().iter().map(|condition| {
            let prior = condition.priors.iter().find(|prior| prior.applies.to(person));
            prior.map_or(0.0, |prior| prior.weight)
        });
        Self::from_weights(model, weights)
    }

    /// Returns priors in the proportion of `weights`, one for each condition; missing ones are 0.
    #[must_use]
    pub fn from_weights(model: &Model, weights: impl IntoIterator<Item = f64>) -> Self {
        let count = model.conditions().len();
        let mut logs: Vec<f64> = weights.into_iter().take(count).collect();
        logs.resize(count, 0.0);
        let total: f64 = logs.iter().sum();
        let listed = 1.0 - model.unlisted();
        for weight in &mut logs {
            *weight = libm::log(*weight / total * listed);
        }
        logs.push(libm::log(model.unlisted()));
        Self(logs)
    }

    /// Returns the log prior of each condition, and last that of what is not listed; minus infinity for what cannot be.
    #[must_use]
    pub fn logs(&self) -> &[f64] {
        &self.0
    }
}

/// What the findings make of the conditions. Keep one and use it again with [`infer_into`]: it holds the room to
/// compute in.
#[derive(Debug, Clone, Default)]
pub struct Posterior {
    probabilities: Vec<f64>,
    unlisted: f64,
    log_evidence: f64,
    counted: Vec<Counted>,
    room: counted::Room,
}

impl Posterior {
    /// Returns the probability of each condition by index; with [`Posterior::unlisted`] they make 1.
    #[must_use]
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// Returns the probability that it is something that is not listed.
    #[must_use]
    pub fn unlisted(&self) -> f64 {
        self.unlisted
    }

    /// Returns the logarithm of how likely these findings are in anybody, tempered.
    #[must_use]
    pub fn log_evidence(&self) -> f64 {
        self.log_evidence
    }

    /// Returns the probability of one condition; 0 for an index out of range.
    #[must_use]
    pub fn probability(&self, condition: usize) -> f64 {
        self.probabilities.get(condition).copied().unwrap_or_default()
    }

    /// Returns the conditions from the likeliest to the least likely, ties by index.
    #[must_use]
    pub fn ranked(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.probabilities.len()).collect();
        order.sort_by(|a, b| self.probability(*b).total_cmp(&self.probability(*a)).then(a.cmp(b)));
        order
    }

    /// Returns the likeliest condition and its probability.
    #[must_use]
    pub fn top(&self) -> Option<(usize, f64)> {
        let mut top = None;
        for (index, probability) in self.probabilities.iter().enumerate() {
            if top.is_none_or(|(_, highest)| *probability > highest) {
                top = Some((index, *probability));
            }
        }
        top
    }

    /// Returns the entropy in nats of the conditions, what is not listed among them.
    #[must_use]
    pub fn entropy(&self) -> f64 {
        entropy(self.probabilities.iter().copied().chain([self.unlisted]))
    }
}

/// Returns the entropy in nats of probabilities that sum to 1.
pub(crate) fn entropy(probabilities: impl IntoIterator<Item = f64>) -> f64 {
    probabilities.into_iter().filter(|p| *p > 0.0).map(|p| -p * libm::log(p)).sum()
}

/// Returns what the evidence makes of the conditions.
#[must_use]
pub fn infer(model: &Model, priors: &Priors, evidence: &Evidence, calibration: &Calibration) -> Posterior {
    let mut posterior = Posterior::default();
    infer_into(model, priors, evidence, calibration, &mut posterior);
    posterior
}

/// Computes what the evidence makes of the conditions into `posterior`, using its room again.
pub fn infer_into(
    model: &Model,
    priors: &Priors,
    evidence: &Evidence,
    calibration: &Calibration,
    posterior: &mut Posterior,
) {
    let Posterior { probabilities, counted, room, .. } = posterior;
    counted::collect(model, evidence, room, counted);
    probabilities.clear();
    probabilities.resize(model.tables().columns(), 0.0);
    for Counted { finding, row, weight } in counted.iter() {
        for (sum, log) in probabilities.iter_mut().zip(model.tables().row(*finding, *row)) {
            *sum += weight * log;
        }
    }
    let scale = calibration.likelihood_scale();
    for (score, prior) in probabilities.iter_mut().zip(priors.logs()) {
        *score = prior + *score * scale;
    }
    posterior.log_evidence = normalise(probabilities);
    posterior.unlisted = probabilities.pop().unwrap_or_default();
}

/// Turns logarithmic scores into probabilities and returns the logarithm of their sum before.
fn normalise(scores: &mut [f64]) -> f64 {
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if highest == f64::NEG_INFINITY || highest.is_nan() {
        scores.fill(0.0);
        return f64::NEG_INFINITY;
    }
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = libm::exp(*score - highest);
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
    highest + libm::log(sum)
}
