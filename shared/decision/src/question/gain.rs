//! What an answer is expected to tell.

use super::Question;
use crate::inference::{Calibration, Evidence, Posterior, Priors, entropy, infer_into};
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

/// One answer a question may get.
#[derive(Debug, Clone, Copy)]
pub struct Outcome<'a> {
    /// P(answer | condition) by condition index.
    pub likelihood: &'a [f64],
}

/// Returns by how many nats the answer is expected to lessen the entropy of `probabilities`, which sum to 1; the
/// likelihoods of the outcomes sum to 1 for each condition.
pub fn expected_gain<'a>(probabilities: &[f64], outcomes: impl IntoIterator<Item = Outcome<'a>>) -> f64 {
    // H(C) - H(C | A), each outcome's part written so that no posterior needs to be kept.
    let mut after = 0.0;
    for outcome in outcomes {
        let (mut mass, mut sum) = (0.0, 0.0);
        for (p, likelihood) in probabilities.iter().zip(outcome.likelihood) {
            let joint = p * likelihood;
            if joint > 0.0 {
                mass += joint;
                sum += joint * libm::log(joint);
            }
        }
        if mass > 0.0 {
            after += mass * libm::log(mass) - sum;
        }
    }
    entropy(probabilities.iter().copied()) - after
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
    let (mut now, mut yes, mut no) = (Posterior::default(), Posterior::default(), Posterior::default());
    infer_into(model, priors, evidence, calibration, &mut now);
    let doubt = now.entropy();
    let mut questions: Vec<Question> = candidates
        .into_iter()
        .filter(|finding| known.get(*finding) == Some(&State::Unknown))
        .filter_map(|finding| {
            let of = model.findings().get(finding)?;
            if !of.applies.to(person) {
                return None;
            }
            asked.set(finding, State::Present);
            infer_into(model, priors, &asked, calibration, &mut yes);
            asked.set(finding, State::Absent);
            infer_into(model, priors, &asked, calibration, &mut no);
            asked.set(finding, State::Unknown);
            // Tempered likelihoods of yes and no need not sum to 1: the chance of each is its share.
            let probability = 1.0 / (1.0 + libm::exp(no.log_evidence() - yes.log_evidence()));
            let expected =
                |of: &dyn Fn(&Posterior) -> f64| probability * of(&yes) + (1.0 - probability) * of(&no);
            let information = (doubt - expected(&Posterior::entropy)).max(0.0);
            let danger = |posterior: &Posterior| danger(model, posterior);
            let safety = (danger(&now) - expected(&danger)).max(0.0);
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

/// The doubt in nats about each condition that must not be missed, taken one by one.
fn danger(model: &Model, posterior: &Posterior) -> f64 {
    let conditions = model.conditions().iter().zip(posterior.probabilities());
    conditions.filter(|(condition, _)| condition.must_not_miss).map(|(_, p)| entropy([*p, 1.0 - *p])).sum()
}
