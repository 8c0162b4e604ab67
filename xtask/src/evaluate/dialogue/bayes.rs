//! Naive Bayes as it is usually measured on these consultations: a symptom is there or not, what nobody spoke of in
//! training was not there, and "not sure" says nothing.

use anyhow::Result;
use decision::inference::{Calibration, Evidence, Posterior, Priors, infer_into};
use decision::model::{Applies, Builder, Condition, Finding, Model, Person, Prior, State};
use decision::question::remaining;
use std::collections::BTreeSet;

use super::records::{Answer, Record};

/// The baseline.
pub struct Bayes {
    model: Model,
    priors: Priors,
    /// By symptom: P(there | condition) and P(not there | condition).
    rows: Vec<[Vec<f64>; 2]>,
}

impl Bayes {
    /// Learns from consultations; `labels` are in order.
    pub fn from(records: &[&Record], labels: &[String]) -> Result<Self> {
        let symptoms: BTreeSet<&String> =
            records.iter().flat_map(|record| record.told.keys().chain(record.answers.keys())).collect();
        let people = |label: &String| records.iter().filter(|record| record.label == *label).count() as f64;
        let mut builder = Builder::new();
        for label in labels {
            let priors = vec![Prior { applies: Applies::default(), weight: people(label) + 1.0 }];
            builder.condition(Condition { id: label.clone(), must_not_miss: false, priors });
        }
        let mut rows = Vec::new();
        for symptom in symptoms {
            let finding = builder.finding(Finding::new(symptom.clone(), 0.5));
            let mut yes = Vec::new();
            for (class, label) in labels.iter().enumerate() {
                let has = |record: &&&Record| record.label == *label && has(record, symptom);
                let there = records.iter().filter(has).count() as f64;
                let p = (there + 1.0) / (people(label) + 2.0);
                builder.probability(class, finding, p);
                yes.push(p);
            }
            let no = yes.iter().map(|p| 1.0 - p).collect();
            rows.push([yes, no]);
        }
        let model = builder.build()?;
        let priors = Priors::of(&model, &Person::default());
        Ok(Self { model, priors, rows })
    }

    /// Asks at most `most` questions and returns the likeliest condition.
    pub fn judge(&self, record: &Record, most: usize) -> Option<usize> {
        let mut evidence = Evidence::new(&self.model);
        let mut open = vec![true; self.rows.len()];
        for (index, finding) in self.model.findings().iter().enumerate() {
            if record.told.get(&finding.id) == Some(&Answer::Yes) {
                evidence.set(index, State::Present);
                if let Some(open) = open.get_mut(index) {
                    *open = false;
                }
            }
        }
        let mut posterior = Posterior::default();
        for asked in 0.. {
            infer_into(&self.model, &self.priors, &evidence, &Calibration::default(), &mut posterior);
            let p = posterior.probabilities();
            let remains = |index: usize| {
                self.rows
                    .get(index)
                    .map_or(f64::INFINITY, |rows| rows.iter().map(|row| remaining(p, row)).sum())
            };
            let Some(best) = super::least(&open, remains).filter(|_| asked < most) else { break };
            if let Some(open) = open.get_mut(best) {
                *open = false;
            }
            let symptom = self.model.findings().get(best).map(|finding| &finding.id);
            match symptom.and_then(|symptom| record.answers.get(symptom)) {
                Some(Answer::Yes) => evidence.set(best, State::Present),
                Some(Answer::No) => evidence.set(best, State::Absent),
                Some(Answer::NotSure) | None => {}
            }
        }
        posterior.top().map(|(condition, _)| condition)
    }
}

fn has(record: &Record, symptom: &String) -> bool {
    [&record.told, &record.answers].iter().any(|answers| answers.get(symptom) == Some(&Answer::Yes))
}
