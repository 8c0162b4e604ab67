//! The differential of a patient: which conditions the release's own system would list, learnt from patients.
//!
//! The release's differentials do not follow Bayes' rule: with all evidence a posterior leaves one condition, where they
//! list a dozen that share some symptom. So a forest learns from training patients which conditions are among the first
//! five, from what is known, the posterior and how well each condition fits; then as many are named as are expected to
//! give the best F1.

use decision::inference::Evidence;
use decision::model::State;

use super::interview::Opinion;
use super::knowledge::Knowledge;
use super::patients::Patient;
use crate::evaluate::forest::{Forest, Options};

/// How many conditions of a differential count.
pub const LENGTH: usize = 5;
/// From which probability on a condition belongs to a differential, as in the code of BASD and AARLC.
const BELONGS: f64 = 0.01;

/// Returns the first five of the true differential.
pub fn truth(patient: &Patient) -> Vec<usize> {
    let listed = patient.differential.iter().take(LENGTH);
    listed.filter(|(_, p)| *p > BELONGS).map(|(condition, _)| *condition).collect()
}

/// Returns what a posterior alone would list.
pub fn plain(opinion: &Opinion) -> Vec<usize> {
    let likely = |condition: &usize| opinion.probabilities.get(*condition).is_some_and(|p| *p > BELONGS);
    opinion.ranked.iter().copied().take(LENGTH).filter(likely).collect()
}

/// Returns the harmonic mean of the shares of the true ones that are listed and of the listed ones that are true.
pub fn f1(listed: &[usize], truth: &[usize]) -> f64 {
    let both = listed.iter().filter(|condition| truth.contains(condition)).count() as f64;
    let sum = (listed.len() + truth.len()) as f64;
    if sum > 0.0 { 2.0 * both / sum } else { 0.0 }
}

/// What the forest sees of a patient.
pub fn features(
    knowledge: &Knowledge<'_>,
    patient: &Patient,
    evidence: &Evidence,
    opinion: &Opinion,
) -> Vec<f32> {
    let release = knowledge.release;
    let states = evidence.implied(&knowledge.model);
    let mut features: Vec<f32> = states
        .iter()
        .map(|state| match state {
            State::Present => 1.0,
            State::Absent => -1.0,
            State::Unknown => 0.0,
        })
        .collect();
    features.extend([patient.age as f32, f32::from(u8::from(patient.male))]);
    features.extend(opinion.probabilities.iter().map(|p| *p as f32));
    // How well each condition fits: of its symptoms, how many are there, which share, how many are missing, and how
    // surely the surest of these belongs to it.
    for condition in 0..release.conditions.len() {
        let (mut there, mut all, mut missing, mut surest) = (0.0, 0.0, 0.0, 0.0_f64);
        for ((item, row), state) in release.items.iter().zip(&release.probabilities).zip(&states) {
            if item.antecedent || item.parent.is_some() {
                continue;
            }
            let p = row.get(condition).copied().unwrap_or_default();
            all += p;
            match state {
                State::Present => there += p,
                State::Absent => {
                    missing += p;
                    surest = surest.max(p);
                }
                State::Unknown => {}
            }
        }
        features.extend([there, there / f64::max(all, 0.1), missing, surest].map(|value| value as f32));
    }
    features
}

/// What was learnt of differentials.
pub struct Differential(Forest);

impl Differential {
    /// Learns from cases and the first five of their true differentials.
    pub fn learn(cases: &[Vec<f32>], truths: &[Vec<usize>], conditions: usize) -> Self {
        Self(Forest::grow(cases, truths, conditions, &Options { trees: 200, tried: 0.3 }))
    }

    /// Returns how much each feature helped; only proportions matter.
    pub fn weights(&self) -> &[f64] {
        self.0.weights()
    }

    /// Returns the conditions to list: as many of the likeliest as promise the best F1.
    pub fn list(&self, case: &[f32]) -> Vec<usize> {
        let belongs = self.0.probabilities(case);
        let mut ranked: Vec<(usize, f64)> = belongs.into_iter().enumerate().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let expected = ranked.iter().map(|(_, p)| p).sum::<f64>().min(LENGTH as f64);
        let (mut best, mut highest, mut sum) = (1, 0.0, 0.0);
        for (index, (_, p)) in ranked.iter().take(LENGTH).enumerate() {
            sum += p;
            let f1 = 2.0 * sum / ((index + 1) as f64 + expected);
            if f1 > highest {
                (best, highest) = (index + 1, f1);
            }
        }
        ranked.into_iter().take(best).map(|(condition, _)| condition).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_counts_what_is_listed_and_true() {
        assert!((f1(&[1, 2, 3], &[2, 3, 4]) - 2.0 / 3.0).abs() < 1e-12);
        assert!((f1(&[1], &[1, 2, 3, 4, 5]) - 1.0 / 3.0).abs() < 1e-12);
        assert!(f1(&[1], &[2]) == 0.0);
    }
}
