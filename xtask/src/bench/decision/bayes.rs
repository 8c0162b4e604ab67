//! Naive Bayes as a peer: every finding by itself, no kinds, no groups, no explanation.

use decision::inference::{Evidence, Priors};
use decision::model::{Model, State};

/// Probabilities by finding, then condition.
pub struct Bayes {
    conditions: usize,
    yes: Vec<Vec<f64>>,
    logs: Vec<[Vec<f64>; 2]>,
}

impl Bayes {
    /// Takes the probabilities of a model.
    pub fn of(model: &Model) -> Self {
        let conditions = model.conditions().len();
        let row = |finding: usize| -> Vec<f64> {
            (0..conditions).map(|condition| model.probability(condition, finding).unwrap_or(0.5)).collect()
        };
        let yes: Vec<Vec<f64>> = (0..model.findings().len()).map(row).collect();
        let logs = yes
            .iter()
            .map(|row| [row.iter().map(|p| p.ln()).collect(), row.iter().map(|p| (1.0 - p).ln()).collect()]);
        Self { conditions, logs: logs.collect(), yes }
    }

    /// Computes the probability of each condition into `scores`.
    pub fn infer(&self, priors: &Priors, evidence: &Evidence, scores: &mut Vec<f64>) {
        scores.clear();
        scores.extend(priors.logs().iter().take(self.conditions));
        for (finding, state) in evidence.known() {
            let Some([yes, no]) = self.logs.get(finding) else { continue };
            let row = if state == State::Present { yes } else { no };
            scores.iter_mut().zip(row).for_each(|(score, log)| *score += log);
        }
        let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        scores.iter_mut().for_each(|score| *score = (*score - highest).exp());
        let sum: f64 = scores.iter().sum();
        scores.iter_mut().for_each(|score| *score /= sum);
    }

    /// Returns which of `askable` leaves the least entropy.
    pub fn best_question(
        &self,
        priors: &Priors,
        evidence: &Evidence,
        askable: &[usize],
        scores: &mut Vec<f64>,
    ) -> Option<usize> {
        self.infer(priors, evidence, scores);
        let open = askable.iter().copied().filter(|at| evidence.state(*at) == State::Unknown);
        let remains = open.filter_map(|at| {
            let row = self.yes.get(at)?;
            Some((at, remains(scores, row, false) + remains(scores, row, true)))
        });
        remains.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
    }
}

fn remains(scores: &[f64], row: &[f64], no: bool) -> f64 {
    let (mut mass, mut sum) = (0.0, 0.0);
    for (p, yes) in scores.iter().zip(row) {
        let joint = p * if no { 1.0 - yes } else { *yes };
        if joint > 0.0 {
            mass += joint;
            sum += joint * joint.ln();
        }
    }
    if mass > 0.0 { mass * mass.ln() - sum } else { 0.0 }
}
