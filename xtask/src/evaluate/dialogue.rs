//! Chinese paediatric consultations: at most ten questions from what the parents wrote, then the condition.

mod bayes;
mod learnt;
mod records;

use anyhow::Result;
use clap::Args;
use decision::inference::{Calibration, Evidence, Posterior, Solved, infer_into};
use std::path::PathBuf;

use super::figures::{self, percent};
use bayes::Bayes;
use learnt::Learnt;
use records::Record;

/// Which files.
#[derive(Debug, Args)]
pub struct Options {
    /// Consultations to learn from
    #[arg(long)]
    train: PathBuf,
    /// Consultations to measure on; without it those of `train`, each part by what the others teach
    #[arg(long)]
    test: Option<PathBuf>,
}

/// How many questions may be asked.
const MOST: usize = 10;
/// Into how many parts consultations are divided where they are both learnt from and measured on.
const PARTS: usize = 5;

/// Measures and prints.
pub fn run(options: &Options) -> Result<()> {
    let train = records::read(&options.train)?;
    let mut sums = Sums::default();
    match &options.test {
        Some(path) => {
            let test = records::read(path)?;
            println!("{} consultations, after learning from {} others", test.len(), train.len());
            measure(&train.iter().collect::<Vec<_>>(), &test.iter().collect::<Vec<_>>(), &mut sums)?;
        }
        None => {
            println!("{} consultations in {PARTS} parts: each by what the other parts teach", train.len());
            for (others, part) in parts(&train.iter().collect::<Vec<_>>()) {
                measure(&others, &part, &mut sums)?;
            }
        }
    }
    sums.print();
    Ok(())
}

/// Returns for each part the other records and its own.
fn parts<'a>(records: &[&'a Record]) -> Vec<(Vec<&'a Record>, Vec<&'a Record>)> {
    let part = |part: usize, own: bool| {
        let numbered = records.iter().enumerate();
        numbered.filter(move |(n, _)| (n % PARTS == part) == own).map(|(_, record)| *record).collect()
    };
    (0..PARTS).map(|n| (part(n, false), part(n, true))).collect()
}

fn measure(train: &[&Record], test: &[&Record], sums: &mut Sums) -> Result<()> {
    let learnt = Learnt::from(train)?;
    let bayes = Bayes::from(train, &learnt.labels)?;
    let calibration = fit(train)?;
    sums.temperatures.push(calibration.temperature);
    sums.symptoms = learnt.symptoms();
    sums.labels = learnt.labels.len();
    let mut posterior = Posterior::default();
    for record in test {
        let truth = learnt.labels.binary_search(&record.label).ok();
        let (evidence, asked) = hold(&learnt, record);
        infer_into(&learnt.model, &learnt.priors, &evidence, &calibration, &mut posterior);
        let top = posterior.top();
        let right = truth.is_some() && top.map(|(top, _)| top) == truth;
        sums.consultations += 1;
        sums.questions += asked;
        sums.right += usize::from(right);
        sums.top3 += usize::from(posterior.ranked().iter().take(3).any(|ranked| Some(*ranked) == truth));
        sums.unknown_labels += usize::from(truth.is_none());
        sums.calibration.add(top.map_or(0.0, |(_, p)| p), right);
        sums.bayes += usize::from(truth.is_some() && bayes.judge(record, MOST) == truth);
    }
    Ok(())
}

/// Asks until nothing remains to be asked or enough was asked; returns what is known then and the number of questions.
fn hold(learnt: &Learnt, record: &Record) -> (Evidence, usize) {
    let (mut evidence, mut open) = learnt.start(record);
    let mut posterior = Posterior::default();
    for asked in 0..MOST {
        infer_into(&learnt.model, &learnt.priors, &evidence, &Calibration::default(), &mut posterior);
        let best = least(&open, |symptom| learnt.remains(symptom, posterior.probabilities()));
        let Some(best) = best else { return (evidence, asked) };
        learnt.ask(record, best, &mut evidence);
        if let Some(open) = open.get_mut(best) {
            *open = false;
        }
    }
    (evidence, MOST)
}

/// Returns the open question after which the least remains, the first of equals.
fn least(open: &[bool], remains: impl Fn(usize) -> f64) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (index, _) in open.iter().enumerate().filter(|(_, open)| **open) {
        let remains = remains(index);
        if best.is_none_or(|(_, least)| remains < least) {
            best = Some((index, remains));
        }
    }
    best.map(|(index, _)| index)
}

/// Fits the temperature on parts of the training consultations, each judged by what the others teach.
fn fit(train: &[&Record]) -> Result<Calibration> {
    let mut learnt = Vec::new();
    let mut held = Vec::new();
    for (number, (others, part)) in parts(train).into_iter().enumerate() {
        learnt.push(Learnt::from(&others)?);
        held.extend(part.into_iter().map(|record| (number, record)));
    }
    let held: Vec<(&Learnt, Evidence, usize)> = held
        .into_iter()
        .filter_map(|(number, record)| {
            let learnt = learnt.get(number)?;
            let condition = learnt.labels.binary_search(&record.label).ok()?;
            Some((learnt, hold(learnt, record).0, condition))
        })
        .collect();
    let solved: Vec<Solved<'_>> = held
        .iter()
        .map(|(learnt, evidence, condition)| Solved {
            model: &learnt.model,
            priors: &learnt.priors,
            evidence,
            condition: *condition,
        })
        .collect();
    Ok(Calibration::fit(&solved))
}

#[derive(Default)]
struct Sums {
    consultations: usize,
    labels: usize,
    symptoms: usize,
    right: usize,
    top3: usize,
    bayes: usize,
    questions: usize,
    unknown_labels: usize,
    temperatures: Vec<f64>,
    calibration: figures::Calibration,
}

impl Sums {
    fn print(&self) {
        println!("{} conditions, {} symptoms to ask", self.labels, self.symptoms);
        let temperatures: Vec<String> = self.temperatures.iter().map(|t| format!("{t:.2}")).collect();
        println!("temperature fitted: {}", temperatures.join(" "));
        if self.unknown_labels > 0 {
            println!(
                "{} consultations have a condition that training never saw: counted wrong",
                self.unknown_labels
            );
        }
        println!(
            "dialogue: consultations {}, right {:.2}% within {MOST} questions (mean {:.2}), top-3 {:.2}%, ECE {:.4}, \
             naive Bayes {:.2}%",
            self.consultations,
            percent(self.right, self.consultations),
            self.questions as f64 / self.consultations.max(1) as f64,
            percent(self.top3, self.consultations),
            self.calibration.error(),
            percent(self.bayes, self.consultations),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_sure_is_an_answer_that_helps_where_naive_bayes_learns_nothing() {
        let path = crate::paths::root().join("../shared/data/zh-dialogue/dxy_train_set.json");
        if !path.exists() {
            println!("skipped: {} is not there", path.display());
            return;
        }
        let records = records::read(&path).unwrap();
        let mut sums = Sums::default();
        for (others, part) in parts(&records.iter().collect::<Vec<_>>()) {
            measure(&others, &part, &mut sums).unwrap();
        }
        assert_eq!(sums.consultations, records.len());
        assert!(sums.right > sums.bayes, "{} against {}", sums.right, sums.bayes);
        assert!(percent(sums.right, sums.consultations) > 77.0, "{}", sums.right);
    }

    #[test]
    fn a_condition_training_never_saw_counts_as_wrong() {
        let record = |label: &str| records::Record {
            told: std::iter::once(("咳嗽".to_owned(), records::Answer::Yes)).collect(),
            answers: Default::default(),
            label: label.to_owned(),
        };
        let train: Vec<Record> = ["肺炎", "感冒"].into_iter().cycle().take(20).map(record).collect();
        let test = [record("腹泻")];
        let mut sums = Sums::default();
        measure(&train.iter().collect::<Vec<_>>(), &test.iter().collect::<Vec<_>>(), &mut sums).unwrap();
        assert_eq!((sums.consultations, sums.right, sums.unknown_labels), (1, 0, 1));
    }
}
