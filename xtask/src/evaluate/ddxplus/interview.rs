//! The interview: from the initial evidence, one question at a time, until sure.

use decision::inference::{Calibration, Evidence, Posterior, infer_into};

use super::knowledge::Knowledge;
use super::patients::Patient;

/// The release's evidences are independent given the condition: nothing to temper.
const CALIBRATION: Calibration = Calibration { temperature: 1.0 };

/// When an interview ends.
#[derive(Clone, Copy)]
pub struct Until {
    /// The likeliest condition is this likely.
    pub sure: f64,
    /// Or so many questions were asked.
    pub most: usize,
}

/// What is thought after some questions.
pub struct Opinion {
    pub probabilities: Vec<f64>,
    pub ranked: Vec<usize>,
}

impl Opinion {
    fn of(posterior: &Posterior) -> Self {
        Self { probabilities: posterior.probabilities().to_vec(), ranked: posterior.ranked() }
    }

    /// Returns the likeliest condition and its probability.
    pub fn top(&self) -> (usize, f64) {
        let top = self.ranked.first().copied().unwrap_or_default();
        (top, self.probabilities.get(top).copied().unwrap_or_default())
    }

    /// Tells whether the condition is among the first `count`.
    pub fn has(&self, condition: usize, count: usize) -> bool {
        self.ranked.iter().take(count).any(|ranked| *ranked == condition)
    }
}

/// An interview that was held.
pub struct Interview {
    /// What was thought at first and after each question.
    pub opinions: Vec<Opinion>,
    /// What was known at the end.
    pub evidence: Evidence,
}

impl Interview {
    /// Returns what was thought after that many questions or at the end, whichever came first.
    pub fn after(&self, questions: usize) -> Option<&Opinion> {
        self.opinions.get(questions).or(self.opinions.last())
    }

    /// Returns the number of questions.
    pub fn questions(&self) -> usize {
        self.opinions.len().saturating_sub(1)
    }
}

/// Asks the patient: each time the question after which the least doubt is expected to remain.
pub fn hold(knowledge: &Knowledge<'_>, patient: &Patient, until: Until) -> Interview {
    let priors = knowledge.priors(patient);
    let mut evidence = Evidence::new(&knowledge.model);
    if let Some(initial) = patient.initial {
        knowledge.reveal(patient, initial, &mut evidence);
    }
    let mut posterior = Posterior::default();
    let mut opinions = Vec::new();
    loop {
        infer_into(&knowledge.model, &priors, &evidence, &CALIBRATION, &mut posterior);
        let opinion = Opinion::of(&posterior);
        let sure = opinion.top().1 >= until.sure;
        opinions.push(opinion);
        if sure || opinions.len() > until.most {
            break;
        }
        let mut best: Option<(usize, f64)> = None;
        for item in 0..knowledge.release.items.len() {
            if knowledge.can_be_asked(item, &evidence) {
                let remains = knowledge.remains(item, posterior.probabilities(), &evidence);
                if best.is_none_or(|(_, least)| remains < least) {
                    best = Some((item, remains));
                }
            }
        }
        match best {
            Some((item, remains)) if posterior.entropy() - remains > 1e-9 => {
                knowledge.reveal(patient, item, &mut evidence);
            }
            _ => break,
        }
    }
    Interview { opinions, evidence }
}

/// Goes on after an interview until `total` questions were asked, each time with the one that promises most for findings
/// of these weights.
pub fn go_on(
    knowledge: &Knowledge<'_>,
    patient: &Patient,
    mut interview: Interview,
    weights: &[f64],
    total: usize,
) -> Interview {
    let priors = knowledge.priors(patient);
    let mut posterior = Posterior::default();
    while interview.questions() < total {
        infer_into(&knowledge.model, &priors, &interview.evidence, &CALIBRATION, &mut posterior);
        let mut best: Option<(usize, f64)> = None;
        for item in 0..knowledge.release.items.len() {
            if knowledge.can_be_asked(item, &interview.evidence) {
                let p = posterior.probabilities();
                let promise = knowledge.promise(item, weights, p, &interview.evidence);
                if best.is_none_or(|(_, most)| promise > most) {
                    best = Some((item, promise));
                }
            }
        }
        let Some((item, _)) = best else { break };
        knowledge.reveal(patient, item, &mut interview.evidence);
        infer_into(&knowledge.model, &priors, &interview.evidence, &CALIBRATION, &mut posterior);
        interview.opinions.push(Opinion::of(&posterior));
    }
    interview
}

/// Returns what is thought when everything is known.
pub fn all(knowledge: &Knowledge<'_>, patient: &Patient) -> (Opinion, Evidence) {
    let evidence = knowledge.all(patient);
    let mut posterior = Posterior::default();
    infer_into(&knowledge.model, &knowledge.priors(patient), &evidence, &CALIBRATION, &mut posterior);
    (Opinion::of(&posterior), evidence)
}
