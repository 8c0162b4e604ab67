//! Adds up and prints.

use anyhow::Result;

use super::baseline::{BAYES, sum_of_shares};
use super::differential::{f1, features, plain, truth};
use super::interview::{Opinion, all, hold};
use super::learnt::{LONG, Learnt, at_end};
use super::patients::Patient;
use super::release::Release;
use crate::evaluate::figures::{Calibration, percent};

/// Below which probability the seed's method refers.
const REFERS_BELOW: f64 = 0.6;
/// After how many questions the first three are looked at.
const SHORT: usize = 10;

/// Sums over patients.
#[derive(Default)]
pub struct Report {
    patients: usize,
    severe: usize,
    whole: Sums,
    asked: Sums,
    /// Of interviews that go on for the differential.
    long: Sums,
    bayes_whole: Sums,
    bayes_asked: Sums,
    seed: Sums,
    short_top3: usize,
    short_severe_top3: usize,
    with_differential: usize,
}

/// Sums over the answers of one method.
#[derive(Default)]
struct Sums {
    answers: usize,
    right: usize,
    referred: usize,
    questions: usize,
    calibration: Calibration,
    f1: f64,
}

impl Sums {
    fn add(&mut self, (top, p): (usize, f64), patient: &Patient, questions: usize) {
        let right = top == patient.diagnosis;
        self.answers += 1;
        self.right += usize::from(right);
        self.referred += usize::from(p < REFERS_BELOW);
        self.questions += questions;
        self.calibration.add(p, right);
    }
}

impl Report {
    /// Measures on one patient.
    pub fn add(&mut self, learnt: &Learnt<'_>, patient: &Patient) {
        self.patients += 1;
        let severe =
            learnt.knowledge.release.conditions.get(patient.diagnosis).is_some_and(|of| of.severity <= 2);
        self.severe += usize::from(severe);
        let truth = truth(patient);
        self.with_differential += usize::from(!truth.is_empty());

        let (opinion, evidence) = all(&learnt.knowledge, patient);
        self.whole.add(opinion.top(), patient, 0);
        let listed = match &learnt.differentials {
            Some(of) => of.whole.list(&features(&learnt.knowledge, patient, &evidence, &opinion)),
            None => plain(&opinion),
        };
        self.whole.f1 += f1(&listed, &truth);

        let interview = hold(&learnt.knowledge, patient, learnt.until);
        let among = |opinion: &Opinion| opinion.has(patient.diagnosis, 3);
        if interview.after(SHORT).is_some_and(among) {
            self.short_top3 += 1;
            self.short_severe_top3 += usize::from(severe);
        }
        if let Some(last) = interview.opinions.last() {
            self.asked.add(last.top(), patient, interview.questions());
            let listed = match &learnt.differentials {
                Some(of) => of.asked.list(&at_end(&learnt.knowledge, patient, &interview)),
                None => plain(last),
            };
            self.asked.f1 += f1(&listed, &truth);
        }
        if let Some(of) = &learnt.differentials {
            let interview = of.go_on(&learnt.knowledge, patient, interview);
            if let Some(last) = interview.opinions.last() {
                self.long.add(last.top(), patient, interview.questions());
                self.long.f1 += f1(&of.long.list(&at_end(&learnt.knowledge, patient, &interview)), &truth);
            }
        }

        let (opinion, _) = all(&learnt.plain, patient);
        self.bayes_whole.add(opinion.top(), patient, 0);
        self.bayes_whole.f1 += f1(&plain(&opinion), &truth);
        let interview = hold(&learnt.plain, patient, BAYES);
        if let Some(last) = interview.opinions.last() {
            self.bayes_asked.add(last.top(), patient, interview.questions());
            self.bayes_asked.f1 += f1(&plain(last), &truth);
        }
        self.seed.add(sum_of_shares(learnt.knowledge.release, patient), patient, 0);
    }

    /// Prints all figures; the totals last.
    pub fn print(&self, release: &Release) -> Result<()> {
        println!("{} conditions, {} evidences", release.conditions.len(), release.items.len());
        println!(
            "F1 at 5: our up to 5 conditions against the first 5 of the true differential above 1%; per patient \
             2·both/(ours + true), then the mean (as DDF1@5 in the code of BASD and AARLC)"
        );
        println!("ECE: of the likeliest condition, ten equal bins; referred: likeliest below {REFERS_BELOW}");
        println!("                                    top-1  questions    F1@5     ECE  referred");
        for (name, sums) in [
            ("all evidence", &self.whole),
            ("interview", &self.asked),
            (&format!("going on to {LONG} questions"), &self.long),
            ("naive Bayes, all evidence", &self.bayes_whole),
            ("naive Bayes, information gain", &self.bayes_asked),
            ("sum of P(condition | evidence)", &self.seed),
        ] {
            if sums.answers == 0 {
                println!("{name:32} nothing to learn it from");
                continue;
            }
            println!(
                "{name:32} {:7.2}%  {:9.2}  {:6.2}  {:6.4}  {:7.2}%",
                percent(sums.right, self.patients),
                sums.questions as f64 / self.patients.max(1) as f64,
                self.f1(sums),
                sums.calibration.error(),
                percent(sums.referred, self.patients),
            );
        }
        println!(
            "at most {SHORT} questions: top-3 {:.2}%, of {} severe {:.2}%",
            percent(self.short_top3, self.patients),
            self.severe,
            percent(self.short_severe_top3, self.severe),
        );
        println!(
            "ddxplus: patients {}, all evidence top-1 {:.2}%, interview top-1 {:.2}% at {:.2} questions, top-3 within {SHORT} \
             {:.2}% (severe {:.2}%), F1@5 {:.2} ({LONG} questions {:.2}, interview {:.2}), ECE {:.4} (interview {:.4}), referred {:.2}% (interview {:.2}%)",
            self.patients,
            percent(self.whole.right, self.patients),
            percent(self.asked.right, self.patients),
            self.asked.questions as f64 / self.patients.max(1) as f64,
            percent(self.short_top3, self.patients),
            percent(self.short_severe_top3, self.severe),
            self.f1(&self.whole),
            self.f1(&self.long),
            self.f1(&self.asked),
            self.whole.calibration.error(),
            self.asked.calibration.error(),
            percent(self.whole.referred, self.patients),
            percent(self.asked.referred, self.patients),
        );
        Ok(())
    }

    fn f1(&self, sums: &Sums) -> f64 {
        sums.f1 * 100.0 / self.with_differential.max(1) as f64
    }
}
