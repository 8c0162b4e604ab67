//! What was learnt from training patients.

use anyhow::Result;

use super::PARTS;
use super::differential::{Differential, features, truth};
use super::interview::{Interview, Until, all, go_on, hold};
use super::knowledge::Knowledge;
use super::patients::Patient;
use super::release::Release;

/// When an interview ends. Chosen on the patients of the release so that fewer than seven questions are asked.
const UNTIL: Until = Until { sure: 0.99995, most: 20 };
/// The same when there are no patients to learn values from: an answer then tells less.
const UNTIL_BY_TABLE: Until = Until { sure: 0.995, most: 25 };

/// How many questions an interview has that goes on for the differential: as many as BASD's mean (17.9).
pub const LONG: usize = 18;

/// What is known after learning.
pub struct Learnt<'a> {
    pub knowledge: Knowledge<'a>,
    /// The table alone, for naive Bayes.
    pub plain: Knowledge<'a>,
    /// When interviews end.
    pub until: Until,
    /// Of differentials; nothing without training patients.
    pub differentials: Option<Differentials>,
}

/// What was learnt of differentials.
pub struct Differentials {
    /// When everything is known.
    pub whole: Differential,
    /// At the end of an interview.
    pub asked: Differential,
    /// After it went on for the differential.
    pub long: Differential,
}

impl Differentials {
    /// Goes on for the differential after an interview.
    pub fn go_on(&self, knowledge: &Knowledge<'_>, patient: &Patient, interview: Interview) -> Interview {
        go_on(knowledge, patient, interview, self.whole.weights(), LONG)
    }
}

impl<'a> Learnt<'a> {
    /// Learns. Differentials are learnt on parts of the training patients, each seen by
    /// knowledge from the other parts, because knowledge is surer of whom it was learnt from.
    pub fn from(release: &'a Release, training: &[&Patient]) -> Result<Self> {
        let knowledge = Knowledge::learn(release, training)?;
        let plain = Knowledge::learn(release, &[])?;
        if training.len() < 10 * PARTS {
            return Ok(Self { knowledge, plain, until: UNTIL_BY_TABLE, differentials: None });
        }
        let part = |part: usize, keep: bool| {
            let numbered = training.iter().enumerate();
            numbered.filter(move |(n, _)| (n % PARTS == part) == keep).map(|(_, patient)| *patient)
        };
        let folds: Vec<(Knowledge<'_>, Vec<&Patient>)> = (0..PARTS)
            .map(|n| {
                let others: Vec<&Patient> = part(n, false).collect();
                Ok((Knowledge::learn(release, &others)?, part(n, true).collect()))
            })
            .collect::<Result<_>>()?;
        let conditions = release.conditions.len();
        let (mut seen, mut truths) = (Vec::new(), Vec::new());
        for (knowledge, patients) in &folds {
            for patient in patients {
                let (opinion, evidence) = all(knowledge, patient);
                seen.push(features(knowledge, patient, &evidence, &opinion));
                truths.push(truth(patient));
            }
        }
        let whole = Differential::learn(&seen, &truths, conditions);
        let (mut short, mut long) = (Vec::new(), Vec::new());
        for (knowledge, patients) in &folds {
            for patient in patients {
                let interview = hold(knowledge, patient, UNTIL);
                short.push(at_end(knowledge, patient, &interview));
                let interview = go_on(knowledge, patient, interview, whole.weights(), LONG);
                long.push(at_end(knowledge, patient, &interview));
            }
        }
        let asked = Differential::learn(&short, &truths, conditions);
        let long = Differential::learn(&long, &truths, conditions);
        let differentials = Differentials { whole, asked, long };
        Ok(Self { knowledge, plain, until: UNTIL, differentials: Some(differentials) })
    }
}

/// Returns what a forest sees at the end of an interview.
pub fn at_end(knowledge: &Knowledge<'_>, patient: &Patient, interview: &Interview) -> Vec<f32> {
    let opinion = interview.opinions.last();
    opinion.map(|opinion| features(knowledge, patient, &interview.evidence, opinion)).unwrap_or_default()
}
