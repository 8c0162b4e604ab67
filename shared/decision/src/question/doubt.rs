//! How much doubt there is, and how much an answer would leave.

use crate::inference::{Posterior, WhatIf, entropy};
use crate::model::Model;

const LANES: usize = 4;

/// The probabilities with their logarithms, what is not listed last.
pub(super) struct Doubt {
    probabilities: Vec<f64>,
    logs: Vec<f64>,
    /// The conditions that must not be missed.
    dangers: Vec<usize>,
}

/// What an answer would leave.
pub(super) struct After {
    /// The chance of the answer, against that of the other one.
    pub mass: f64,
    /// The doubt about all conditions, in nats.
    pub entropy: f64,
    /// The doubt about each condition that must not be missed, taken one by one, in nats.
    pub danger: f64,
}

impl Doubt {
    pub fn new(model: &Model, now: &Posterior) -> Self {
        let mut probabilities = now.probabilities().to_vec();
        probabilities.push(now.unlisted());
        // What cannot be has no part in any sum.
        let logs = probabilities.iter().map(|p| if *p > 0.0 { libm::log(*p) } else { 0.0 }).collect();
        let numbered = model.conditions().iter().enumerate();
        let dangers = numbered.filter(|(_, of)| of.must_not_miss).map(|(index, _)| index).collect();
        Self { probabilities, logs, dangers }
    }

    /// Returns the doubt about what must not be missed as it is.
    pub fn danger_now(&self) -> f64 {
        let of = self.dangers.iter().filter_map(|index| self.probabilities.get(*index));
        of.map(|p| entropy([*p, 1.0 - *p])).sum()
    }

    pub fn after(&self, answer: &WhatIf) -> After {
        // Four sums at a time: one addition need not wait for the last.
        let (mut masses, mut sums) = ([0.0; LANES], [0.0; LANES]);
        let columns = self.probabilities.chunks(LANES).zip(self.logs.chunks(LANES));
        let answers = answer.likelihood.chunks(LANES).zip(answer.log.chunks(LANES));
        for ((p, log_p), (likelihood, log)) in columns.zip(answers) {
            let each = p.iter().zip(log_p).zip(likelihood.iter().zip(log));
            let lanes = masses.iter_mut().zip(&mut sums);
            for ((mass, sum), ((p, log_p), (likelihood, log))) in lanes.zip(each) {
                let joint = p * likelihood;
                *mass += joint;
                *sum += joint * (log_p + log);
            }
        }
        let (mass, sum) = (masses.iter().sum::<f64>(), sums.iter().sum::<f64>());
        let (log_mass, share) = (libm::log(mass), 1.0 / mass);
        let danger = self.dangers.iter().map(|index| {
            let get = |of: &[f64]| of.get(*index).copied().unwrap_or_default();
            let p = get(&self.probabilities) * get(&answer.likelihood) * share;
            let log = get(&self.logs) + get(&answer.log) - log_mass;
            -p * log + of_the_rest(p)
        });
        After { mass, entropy: log_mass - sum * share, danger: danger.sum() }
    }
}

/// Returns −(1 − p) ln (1 − p): of a small p by its series, p − Σ pᵏ / k(k − 1), to the last digit.
fn of_the_rest(p: f64) -> f64 {
    if p < 0.01 {
        let tail = 1.0 / 20.0 + p * (1.0 / 30.0 + p * (1.0 / 42.0 + p * (1.0 / 56.0 + p / 72.0)));
        return p - p * p * (0.5 + p * (1.0 / 6.0 + p * (1.0 / 12.0 + p * tail)));
    }
    if p < 1.0 { -(1.0 - p) * libm::log(1.0 - p) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_as_right_as_the_logarithm() {
        for p in [0.0, 1e-12, 1e-6, 0.0005, 0.009, 0.009_999, 0.01, 0.3] {
            let exact = if p > 0.0 { -(1.0 - p) * libm::log1p(-p) } else { 0.0 };
            assert!((of_the_rest(p) - exact).abs() < 1e-16, "{p}");
        }
    }
}
