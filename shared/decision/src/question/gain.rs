//! What an answer is expected to tell.

use super::{Question, doubt::Doubt};
use crate::inference::{Calibration, Evidence, Posterior, Priors, WhatIf, entropy, infer_into};
use crate::model::{Model, Person, State};

/// How questions are weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// What a nat about a condition that must not be missed is worth beside a nat about all.
    pub must_not_miss: f64,
    /// What a red flag's chance of being there adds, in nats for certainty.
    pub red_flag: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { must_not_miss: 1.0, red_flag: 0.1 }
    }
}

/// Returns by how many nats the answer is expected to lessen the entropy of `probabilities`, which sum to 1. Each answer
/// is given by P(answer | condition) by condition index; for each condition they sum to 1.
#[must_use]
pub fn expected_gain(probabilities: &[f64], answers: &[&[f64]]) -> f64 {
    // What entropy remains is written so that no posterior needs to be kept.
    let remains: f64 = answers.iter().map(|likelihood| remaining(probabilities, likelihood)).sum();
    entropy(probabilities.iter().copied()) - remains
}

/// Returns the entropy in nats that remains after an answer, times the chance of the answer.
#[must_use]
pub fn remaining(probabilities: &[f64], likelihood: &[f64]) -> f64 {
    let (mut mass, mut sum) = (0.0, 0.0);
    for (p, likelihood) in probabilities.iter().zip(likelihood) {
        let joint = p * likelihood;
        if joint > 0.0 {
            mass += joint;
            sum += joint * libm::log(joint);
        }
    }
    if mass > 0.0 { mass * libm::log(mass) - sum } else { 0.0 }
}

/// An answer that was once given, to a question with too many possible answers to go through: a set of places, say.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The condition of who gave it, by index.
    pub condition: usize,
    /// One over the number of samples with that condition.
    pub share: f64,
    /// log P(answer | condition) by condition index.
    pub log_likelihood: Vec<f64>,
}

/// Returns the entropy in nats that is expected to remain after an answer of which there are samples, times the sum of
/// `probabilities`, which may be below 1 when the question is asked only under some circumstance. Samples that are
/// hardly likely are left out; without any the entropy remains.
#[must_use]
pub fn remaining_sampled(probabilities: &[f64], samples: &[Sample]) -> f64 {
    let total: f64 = probabilities.iter().sum();
    if total <= 0.0 {
        return 0.0;
    }
    let (mut weights, mut sum) = (0.0, 0.0);
    let mut joint = vec![0.0; probabilities.len()];
    for sample in samples {
        let weight = probabilities.get(sample.condition).copied().unwrap_or_default() * sample.share;
        if weight < 1e-4 * total {
            continue;
        }
        let highest = sample.log_likelihood.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut mass = 0.0;
        for ((joint, p), log) in joint.iter_mut().zip(probabilities).zip(&sample.log_likelihood) {
            *joint = if *p > 1e-6 * total { p * libm::exp(log - highest) } else { 0.0 };
            mass += *joint;
        }
        if mass > 0.0 {
            sum += weight * entropy(joint.iter().map(|joint| joint / mass));
            weights += weight;
        }
    }
    if weights > 0.0 {
        sum / weights * total
    } else {
        remaining(probabilities, &vec![1.0; probabilities.len()])
    }
}

/// Returns the questions that tell something, the worthiest first, ties by finding. `candidates` are finding indices;
/// what is known or implied already and what cannot concern the person is left out.
#[must_use]
pub fn rank_questions(
    model: &Model,
    person: &Person,
    priors: &Priors,
    evidence: &Evidence,
    calibration: &Calibration,
    weights: &Weights,
    candidates: impl IntoIterator<Item = usize>,
) -> Vec<Question> {
    let known = evidence.implied(model);
    let mut asked = evidence.clone();
    let mut now = Posterior::default();
    infer_into(model, priors, evidence, calibration, &mut now);
    let doubt = Doubt::new(model, &now);
    let (total, danger) = (now.entropy(), doubt.danger_now());
    let (mut yes, mut no) = (WhatIf::default(), WhatIf::default());
    let mut questions: Vec<Question> = candidates
        .into_iter()
        .filter(|finding| known.get(*finding) == Some(&State::Unknown))
        .filter_map(|finding| {
            let of = model.findings().get(finding)?;
            if !of.applies.to(person) {
                return None;
            }
            for (state, answer) in [(State::Present, &mut yes), (State::Absent, &mut no)] {
                asked.set(finding, state);
                answer.compare(model, calibration, &now, &asked);
            }
            asked.set(finding, State::Unknown);
            let (yes, no) = (doubt.after(&yes), doubt.after(&no));
            // Tempered likelihoods of yes and no need not sum to 1: the chance of each is its share.
            let probability = yes.mass / (yes.mass + no.mass);
            let expected = |yes: f64, no: f64| probability * yes + (1.0 - probability) * no;
            let information = (total - expected(yes.entropy, no.entropy)).max(0.0);
            let safety = (danger - expected(yes.danger, no.danger)).max(0.0);
            let flag = if of.red_flag { probability * weights.red_flag } else { 0.0 };
            let worth = (information + weights.must_not_miss * safety + flag) / of.cost;
            Some(Question { finding, probability, information, worth })
        })
        .collect();
    questions.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.finding.cmp(&b.finding)));
    questions
}

/// Returns the worthiest question, as [`rank_questions`] over all findings.
#[must_use]
pub fn best_question(
    model: &Model,
    person: &Person,
    priors: &Priors,
    evidence: &Evidence,
    calibration: &Calibration,
    weights: &Weights,
) -> Option<Question> {
    let all = 0..model.findings().len();
    rank_questions(model, person, priors, evidence, calibration, weights, all).into_iter().next()
}
