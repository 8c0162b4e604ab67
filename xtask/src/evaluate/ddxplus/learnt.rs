//! What was learnt from training patients.

use anyhow::Result;

use super::PARTS;
use super::differential::{Differential, features, truth};
use super::interview::{Until, all, hold};
use super::knowledge::Knowledge;
use super::patients::Patient;
use super::release::Release;

/// When an interview ends. Chosen on the patients of the release so that fewer than seven questions are asked.
const UNTIL: Until = Until { sure: 0.99995, most: 15 };
/// The same when there are no patients to learn values from: an answer then tells less.
const UNTIL_BY_TABLE: Until = Until { sure: 0.995, most: 25 };

/// What is known after learning.
pub struct Learnt<'a> {
    pub knowledge: Knowledge<'a>,
    /// The table alone, for naive Bayes.
    pub plain: Knowledge<'a>,
    /// When interviews end.
    pub until: Until,
    /// Of differentials when everything is known, and at the end of an interview; none without training patients.
    pub differentials: Option<(Differential, Differential)>,
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
        let (mut whole, mut asked, mut truths) = (Vec::new(), Vec::new(), Vec::new());
        for (knowledge, patients) in &folds {
            for patient in patients {
                let (opinion, evidence) = all(knowledge, patient);
                whole.push(features(knowledge, patient, &evidence, &opinion));
                let interview = hold(knowledge, patient, UNTIL);
                if let Some(opinion) = interview.opinions.last() {
                    asked.push(features(knowledge, patient, &interview.evidence, opinion));
                }
                truths.push(truth(patient));
            }
        }
        let conditions = release.conditions.len();
        let differentials = (
            Differential::learn(&whole, &truths, conditions),
            Differential::learn(&asked, &truths, conditions),
        );
        Ok(Self { knowledge, plain, until: UNTIL, differentials: Some(differentials) })
    }
}
