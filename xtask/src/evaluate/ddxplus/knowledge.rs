//! The release and some patients as a model: what the table says of evidences, and what the patients say of values,
//! ages and sexes.

use decision::inference::{Evidence, Priors};
use decision::model::{Applies, Builder, Condition, Finding, Model, ModelError, Prior, State};
use decision::question::{Sample, remaining, remaining_sampled};

use super::counts::{band, persons, samples, value_table};
use super::patients::Patient;
use super::release::{Kind, Release};

/// How near a probability comes to 0 and 1.
pub const NEAREST: f64 = 1e-4;
/// The model, and what questions are chosen by.
pub struct Knowledge<'a> {
    pub release: &'a Release,
    pub model: Model,
    /// By evidence: the finding of its first value; values follow in their order.
    first_value: Vec<usize>,
    /// By evidence and condition, kept from 0 and 1.
    items: Vec<Vec<f64>>,
    /// By evidence, value and condition: P(value | condition and evidence).
    values: Vec<Vec<Vec<f64>>>,
    /// By evidence of several values: what training patients answered.
    samples: Vec<Vec<Sample>>,
    /// By age band and condition.
    ages: Vec<Vec<f64>>,
    /// Male and not, by condition.
    sexes: [Vec<f64>; 2],
}

impl<'a> Knowledge<'a> {
    /// Learns values, ages and sexes from `training`; without any only the table counts.
    pub fn learn(release: &'a Release, training: &[&Patient]) -> Result<Self, ModelError> {
        let values: Vec<Vec<Vec<f64>>> =
            (0..release.items.len()).map(|item| value_table(release, training, item)).collect();
        let items: Vec<Vec<f64>> = release
            .probabilities
            .iter()
            .map(|row| row.iter().map(|p| p.clamp(NEAREST, 1.0 - NEAREST)).collect())
            .collect();
        let mut builder = Builder::new();
        for condition in &release.conditions {
            let priors = vec![Prior { applies: Applies::default(), weight: condition.count }];
            let must_not_miss = condition.severity <= 2;
            builder.condition(Condition { id: condition.name.clone(), must_not_miss, priors });
        }
        for (item, table) in release.items.iter().zip(&items) {
            let mut finding = Finding::new(item.name.clone(), NEAREST);
            finding.is_a = item.parent.into_iter().collect();
            let index = builder.finding(finding);
            for (condition, p) in table.iter().enumerate() {
                match item.parent {
                    Some(_) => builder.probability_given(condition, index, *p),
                    None => builder.probability(condition, index, *p),
                }
            }
        }
        let mut first_value = Vec::new();
        let mut next = release.items.len();
        for (index, (item, table)) in release.items.iter().zip(&values).enumerate() {
            first_value.push(next);
            next += table.len();
            for (value, row) in item.values.iter().zip(table) {
                let mut finding = Finding::new(format!("{}_@_{value}", item.name), NEAREST);
                finding.is_a = vec![index];
                let value = builder.finding(finding);
                for (condition, p) in row.iter().enumerate() {
                    builder.probability_given(condition, value, *p);
                }
            }
        }
        let (ages, sexes) = persons(release, training);
        let samples = (0..release.items.len())
            .map(|item| samples(release, training, item, values.get(item).map_or(&[], Vec::as_slice)))
            .collect();
        Ok(Self { release, model: builder.build()?, first_value, items, values, samples, ages, sexes })
    }

    /// Returns the priors for somebody of the patient's age and sex.
    pub fn priors(&self, patient: &Patient) -> Priors {
        let age = self.ages.get(band(patient.age)).map_or(&[][..], Vec::as_slice);
        let [male, female] = &self.sexes;
        let sex = if patient.male { male } else { female };
        let counts = self.release.conditions.iter().map(|condition| condition.count);
        Priors::from_weights(
            &self.model,
            counts.zip(age).zip(sex).map(|((count, age), sex)| count * age * sex),
        )
    }

    /// Returns everything about the patient.
    pub fn all(&self, patient: &Patient) -> Evidence {
        let mut evidence = Evidence::new(&self.model);
        for item in 0..self.release.items.len() {
            self.reveal(patient, item, &mut evidence);
        }
        evidence
    }

    /// Sets what the patient answers to one question: the evidence, its values, and whether what it depends on is there.
    pub fn reveal(&self, patient: &Patient, item: usize, evidence: &mut Evidence) {
        let there = |item: usize| patient.present.get(item).copied().unwrap_or_default();
        let state = |there| if there { State::Present } else { State::Absent };
        let Some(of) = self.release.items.get(item) else { return };
        if let Some(parent) = of.parent {
            evidence.set(parent, state(there(parent)));
            if !there(parent) {
                return;
            }
        }
        evidence.set(item, state(there(item)));
        let count = self.values.get(item).map_or(0, Vec::len);
        if !there(item) || count == 0 {
            return;
        }
        let first = self.first_value.get(item).copied().unwrap_or_default();
        let given = patient.values.get(item).map_or(&[][..], Vec::as_slice);
        for value in 0..count {
            // Only one of a categorical evidence's values can be there: the others say nothing more.
            if given.contains(&value) || of.kind == Kind::Multi {
                evidence.set(first + value, state(given.contains(&value)));
            }
        }
    }

    /// Returns how much an answer promises for something else than the condition: the variance of each finding it tells,
    /// by the finding's weight.
    pub fn promise(&self, item: usize, weights: &[f64], probabilities: &[f64], evidence: &Evidence) -> f64 {
        let unknown = self.release.items.get(item).and_then(|item| item.parent);
        let parent = unknown.filter(|parent| evidence.state(*parent) == State::Unknown);
        let parent = parent.and_then(|parent| self.items.get(parent));
        let own = self.items.get(item).map_or(&[][..], Vec::as_slice);
        let reach: Vec<f64> = (0..own.len())
            .map(|condition| {
                let of = |row: &[f64]| row.get(condition).copied().unwrap_or(1.0);
                of(probabilities) * of(own) * parent.map_or(1.0, |row| of(row))
            })
            .collect();
        let variance = |p: f64| p * (1.0 - p);
        let weight = |finding: usize| weights.get(finding).copied().unwrap_or_default();
        let first = self.first_value.get(item).copied().unwrap_or_default();
        let values = self.values.get(item).into_iter().flatten().enumerate().map(|(value, row)| {
            let p: f64 = reach.iter().zip(row).map(|(reach, p)| reach * p).sum();
            weight(first + value) * variance(p)
        });
        weight(item) * variance(reach.iter().sum()) + values.sum::<f64>()
    }

    /// Tells whether the question makes sense after what is known.
    pub fn can_be_asked(&self, item: usize, evidence: &Evidence) -> bool {
        let parent = self.release.items.get(item).and_then(|item| item.parent);
        evidence.state(item) == State::Unknown
            && parent.is_none_or(|parent| evidence.state(parent) != State::Absent)
    }

    /// Returns the entropy in nats that is expected to remain after the question.
    pub fn remains(&self, item: usize, probabilities: &[f64], evidence: &Evidence) -> f64 {
        let Some((of, own)) = self.release.items.get(item).zip(self.items.get(item)) else {
            return f64::INFINITY;
        };
        let unknown = of.parent.filter(|parent| evidence.state(*parent) == State::Unknown);
        let parent = unknown.and_then(|parent| self.items.get(parent));
        // P(answer | condition) when the evidence is asked without knowing whether what it depends on is there.
        let reach = |p: &dyn Fn(usize) -> f64| -> Vec<f64> {
            let parent = |condition| parent.and_then(|row| row.get(condition)).copied().unwrap_or(1.0);
            (0..own.len()).map(|condition| p(condition) * parent(condition)).collect()
        };
        let own_p = |condition: usize| own.get(condition).copied().unwrap_or_default();
        let mut remains = remaining(probabilities, &reach(&|condition| 1.0 - own_p(condition)));
        if let Some(parent) = parent {
            let no: Vec<f64> = parent.iter().map(|p| 1.0 - p).collect();
            remains += remaining(probabilities, &no);
        }
        let there = reach(&own_p);
        let values = self.values.get(item).map_or(&[][..], Vec::as_slice);
        match of.kind {
            Kind::Categorical if !values.is_empty() => {
                for row in values {
                    let likelihood: Vec<f64> = there.iter().zip(row).map(|(there, p)| there * p).collect();
                    remains += remaining(probabilities, &likelihood);
                }
            }
            Kind::Multi if !values.is_empty() => {
                let joint: Vec<f64> = probabilities.iter().zip(&there).map(|(p, there)| p * there).collect();
                remains += remaining_sampled(&joint, self.samples.get(item).map_or(&[], Vec::as_slice));
            }
            _ => remains += remaining(probabilities, &there),
        }
        remains
    }
}
