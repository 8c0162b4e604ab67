//! What training consultations teach: a model of what is told at first and of what is answered.
//!
//! A question has three answers: yes, no, and not sure, which is also what comes for whatever nobody spoke of. Not sure
//! is no absence: it is a third answer with a frequency of its own for each condition. In the model a symptom is three
//! findings: told at first, spoken of when asked, and there, which implies spoken of.

use anyhow::Result;
use decision::inference::{Evidence, Priors};
use decision::model::{Applies, Builder, Condition, Finding, Model, Prior, State};
use decision::question::remaining;
use std::collections::{BTreeMap, BTreeSet};

use super::records::{Answer, Record};

/// How many consultations what all conditions have in common weighs in one condition.
const COMMON: f64 = 6.0;
/// Consultations that are added for yes, no and not sure in common.
const ADDED: [f64; 3] = [0.5, 0.5, 5.0];
/// What is added to the consultations of a condition in its prior.
const PRIOR: f64 = 1.0;

/// The model and the table it is made of.
pub struct Learnt {
    pub model: Model,
    pub priors: Priors,
    pub labels: Vec<String>,
    symptoms: Vec<String>,
    /// By symptom and answer (yes, no, not sure): P(answer | condition, not told at first).
    answers: Vec<[Vec<f64>; 3]>,
}

impl Learnt {
    /// Learns from consultations.
    pub fn from(records: &[&Record]) -> Result<Self> {
        let labels: Vec<String> = distinct(records.iter().map(|record| &record.label));
        let symptoms =
            distinct(records.iter().flat_map(|record| record.told.keys().chain(record.answers.keys())));
        let index: BTreeMap<&String, usize> =
            symptoms.iter().enumerate().map(|(index, symptom)| (symptom, index)).collect();
        let classes = labels.len();
        let mut people = vec![0.0; classes];
        let mut told = vec![vec![0.0; classes]; symptoms.len()];
        let mut said = vec![[vec![0.0; classes], vec![0.0; classes]]; symptoms.len()];
        for record in records {
            let Ok(class) = labels.binary_search(&record.label) else { continue };
            add(&mut people, class);
            let place = |symptom: &String| index.get(symptom).copied();
            for symptom in record.told.iter().filter(|(_, answer)| **answer == Answer::Yes).map(|(of, _)| of)
            {
                if let Some(row) = place(symptom).and_then(|place| told.get_mut(place)) {
                    add(row, class);
                }
            }
            for (symptom, answer) in &record.answers {
                let Some([yes, no]) = place(symptom).and_then(|place| said.get_mut(place)) else { continue };
                match answer {
                    _ if record.told.get(symptom) == Some(&Answer::Yes) => {}
                    Answer::Yes => add(yes, class),
                    Answer::No => add(no, class),
                    Answer::NotSure => {}
                }
            }
        }
        let all: f64 = people.iter().sum();
        let mut builder = Builder::new();
        for (label, people) in labels.iter().zip(&people) {
            let priors = vec![Prior { applies: Applies::default(), weight: people + PRIOR }];
            builder.condition(Condition { id: label.clone(), must_not_miss: false, priors });
        }
        let mut answers = Vec::new();
        for (symptom, (told, [yes, no])) in symptoms.iter().zip(told.iter().zip(&said)) {
            let sum = |row: &[f64]| row.iter().sum::<f64>();
            let common = (sum(told) + 0.5) / (all + 1.0);
            let free = all - sum(told);
            let [y, n, unsure] = [sum(yes), sum(no), free - sum(yes) - sum(no)];
            let total = free + ADDED.iter().sum::<f64>();
            let [y, n, unsure]: [f64; 3] =
                [(y + ADDED[0]) / total, (n + ADDED[1]) / total, (unsure + ADDED[2]) / total];
            let first = builder.finding(Finding::new(format!("{symptom}#told"), common));
            let spoken = builder.finding(Finding::new(format!("{symptom}#spoken"), y + n));
            let mut there = Finding::new(symptom.clone(), y);
            there.is_a = vec![spoken];
            let there = builder.finding(there);
            let mut rows = [Vec::new(), Vec::new(), Vec::new()];
            for (class, ((people, told), (yes, no))) in
                people.iter().zip(told).zip(yes.iter().zip(no)).enumerate()
            {
                builder.probability(class, first, (told + COMMON * common) / (people + COMMON));
                let free = people - told;
                let share = |count: f64, common: f64| (count + COMMON * common) / (free + COMMON);
                let (p_yes, p_no) = (share(*yes, y), share(*no, n));
                builder.probability(class, spoken, p_yes + p_no);
                builder.probability_given(class, there, p_yes / (p_yes + p_no));
                for (row, p) in rows.iter_mut().zip([p_yes, p_no, share(free - yes - no, unsure)]) {
                    row.push(p);
                }
            }
            answers.push(rows);
        }
        let model = builder.build()?;
        let priors = Priors::of(&model, &decision::model::Person::default());
        Ok(Self { model, priors, labels, symptoms, answers })
    }

    /// Returns the number of symptoms that can be asked.
    pub fn symptoms(&self) -> usize {
        self.symptoms.len()
    }

    /// Returns what is known before the first question, and which symptoms remain to be asked.
    pub fn start(&self, record: &Record) -> (Evidence, Vec<bool>) {
        let mut evidence = Evidence::new(&self.model);
        let mut open = Vec::new();
        for (index, symptom) in self.symptoms.iter().enumerate() {
            let told = record.told.get(symptom) == Some(&Answer::Yes);
            evidence.set(index * 3, if told { State::Present } else { State::Absent });
            open.push(!told);
        }
        (evidence, open)
    }

    /// Asks for a symptom and notes the answer.
    pub fn ask(&self, record: &Record, symptom: usize, evidence: &mut Evidence) {
        let name = self.symptoms.get(symptom);
        let answer = name.and_then(|name| record.answers.get(name)).copied().unwrap_or(Answer::NotSure);
        let (spoken, there) = (symptom * 3 + 1, symptom * 3 + 2);
        match answer {
            Answer::Yes => evidence.set(there, State::Present),
            Answer::No => {
                evidence.set(spoken, State::Present);
                evidence.set(there, State::Absent);
            }
            Answer::NotSure => evidence.set(spoken, State::Absent),
        }
    }

    /// Returns the entropy in nats that is expected to remain after the question.
    pub fn remains(&self, symptom: usize, probabilities: &[f64]) -> f64 {
        let rows = self.answers.get(symptom);
        rows.map_or(f64::INFINITY, |rows| rows.iter().map(|row| remaining(probabilities, row)).sum())
    }
}

fn distinct<'a>(all: impl Iterator<Item = &'a String>) -> Vec<String> {
    all.collect::<BTreeSet<_>>().into_iter().cloned().collect()
}

fn add(row: &mut [f64], class: usize) {
    if let Some(count) = row.get_mut(class) {
        *count += 1.0;
    }
}
