//! What others do, on the same vignettes: words are found wherever they stand, whether denied or not, and conditions are
//! weighed by the sum of P(condition | finding) or by naive Bayes.

use super::case::Vignette;
use super::score::Judged;
use decision::knowledge::{Condition, Knowledge, Level};
use std::collections::BTreeMap;

/// The shortest word that is looked for, in characters.
const SHORTEST: usize = 2;

/// The baselines, on the same conditions and classes of frequency.
pub struct Plain<'a> {
    knowledge: &'a Knowledge,
    /// By condition: its general prior.
    priors: Vec<f64>,
    /// By condition: P(finding | condition) of what it lists.
    listed: Vec<BTreeMap<usize, f64>>,
}

/// A condition with what a method calls its probability, the likeliest first.
pub type Ranking<'a> = Vec<(&'a Condition, f64)>;

impl<'a> Plain<'a> {
    /// Takes what is known.
    pub fn new(knowledge: &'a Knowledge) -> Self {
        let prior = |of: &Condition| {
            let general = of.priors.iter().find(|row| row.is_general()).or(of.priors.first());
            general.map_or(0.0, |row| knowledge.figures.prior(row.class))
        };
        let listed = |of: &Condition| {
            let known = of.findings.iter().filter_map(|one| Some((knowledge.place(&one.id)?, one.frequency)));
            known.map(|(finding, class)| (finding, knowledge.figures.frequency(class))).collect()
        };
        Self {
            knowledge,
            priors: knowledge.conditions.iter().map(prior).collect(),
            listed: knowledge.conditions.iter().map(listed).collect(),
        }
    }

    /// Returns the findings of which a word stands in the text.
    pub fn words(&self, text: &str) -> Vec<usize> {
        let stands = |word: &str| word.chars().count() >= SHORTEST && text.contains(word);
        let all = self.knowledge.findings.iter().enumerate();
        all.filter(|(_, of)| of.words().any(stands)).map(|(finding, _)| finding).collect()
    }

    /// Sums P(condition | finding) over what was found.
    pub fn sum_of_shares(&self, found: &[usize]) -> Ranking<'a> {
        let mut sums = vec![0.0; self.priors.len()];
        for finding in found {
            let joint = || {
                let of = self.listed.iter().zip(&self.priors);
                of.map(|(listed, prior)| listed.get(finding).map_or(0.0, |p| p * prior))
            };
            let total: f64 = joint().sum();
            for (sum, joint) in sums.iter_mut().zip(joint()).filter(|_| total > 0.0) {
                *sum += joint / total;
            }
        }
        self.ranked(sums)
    }

    /// Multiplies P(finding | condition) over what was found; what was not says nothing.
    pub fn bayes(&self, found: &[usize]) -> Ranking<'a> {
        let lowest = self.knowledge.figures.background.lowest;
        let each = self.listed.iter().zip(&self.priors).map(|(listed, prior)| {
            let likelihood = |finding| listed.get(finding).copied().unwrap_or(lowest);
            found.iter().map(likelihood).product::<f64>() * prior
        });
        self.ranked(each.collect())
    }

    /// Judges a ranking; the likeliest condition says how urgent it is.
    pub fn judged(&self, vignette: &Vignette, found: &[usize], ranking: &Ranking<'a>) -> Judged {
        let level = ranking.first().map_or(Level::Day, |(likeliest, _)| likeliest.triage);
        let ranked = ranking.iter().map(|(of, _)| *of);
        Judged::of(self.knowledge, vignette, ranked, level, found.len())
    }

    fn ranked(&self, weights: Vec<f64>) -> Ranking<'a> {
        let total: f64 = weights.iter().sum();
        let mut all: Ranking<'a> = self.knowledge.conditions.iter().zip(weights).collect();
        all.retain(|(_, weight)| *weight > 0.0);
        all.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        for (_, weight) in &mut all {
            *weight /= total;
        }
        all
    }
}
