//! How fast decision support and the check of prescriptions are, each beside its budget.
//!
//! The browser is to answer in 50 ms and to find the next question in 30 ms on a processor slowed down four times.
//! WebAssembly made small takes about twice as long as native code, so natively an eighth of that may be used.

mod bayes;

use crate::{evaluate::vignettes::case::Vignette, knowledge, paths};
use anyhow::{Context, Result, ensure};
use bayes::Bayes;
use clap::Args;
use decision::advise::{Advisor, Case};
use decision::inference::{Evidence, Posterior, Priors, infer_into};
use decision::knowledge::{KnowledgeModel, compile, pack, unpack};
use decision::model::State;
use decision::question::{Weights, rank_questions};
use medicines::{Medicines, cases};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::{fs, time::Instant};

/// How much to measure.
#[derive(Debug, Args)]
pub struct Options {
    /// How often everything is measured; the quickest round counts, since the machine may be busy with others
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

/// Vignettes in free text and prescriptions, below the root.
const VIGNETTES: [&str; 3] = ["vignettes", "vignettes_held_out", "vignettes_more"];
const PRESCRIPTIONS: &str = "shared/medicines/data/cases/medication.jsonl";
/// How likely a condition has to be for its findings to be asked for.
const WORTH_ASKING: f64 = 0.005;
/// What is wanted: full inferences a second.
const INFERENCES: f64 = 20_000.0;
/// Milliseconds that may be used natively.
const ANSWER: f64 = 50.0 / 8.0;
const QUESTION: f64 = 30.0 / 8.0;
/// What a start may take natively; it happens once, behind the first screen.
const START: f64 = 1000.0 / 8.0;

/// Measures, prints, and fails where a budget is missed.
pub fn run(options: &Options) -> Result<()> {
    let bytes = pack(&knowledge::read()?)?;
    let advisor = Advisor::new(unpack(&bytes)?)?;
    let of = compile(advisor.knowledge())?;
    let (texts, cases) = vignettes(&advisor)?;
    let prescriptions = prescriptions()?;
    let medicines = Medicines::load()?;
    println!(
        "{} conditions, {} findings, {} vignettes, {} prescriptions; {}",
        advisor.knowledge().conditions.len(),
        advisor.knowledge().findings.len(),
        cases.len(),
        prescriptions.len(),
        if cfg!(debug_assertions) { "development build" } else { "release build" },
    );
    let known: Vec<(Priors, Evidence)> = cases.iter().map(|case| known(&of, case)).collect();
    let bayes = Bayes::of(of.model());
    let askable: Vec<Vec<usize>> = known.iter().map(|known| askable(&advisor, &of, known)).collect();

    let mut table = Table { rounds: options.rounds.max(1), missed: Vec::new() };
    let mut posterior = Posterior::default();
    let calibration = &advisor.knowledge().figures.calibration;
    let own = table.time(&known, |(priors, evidence)| {
        infer_into(of.model(), priors, evidence, calibration, &mut posterior);
        black_box(posterior.unlisted());
    });
    let mut scores = Vec::new();
    let peer = table.time(&known, |(priors, evidence)| {
        bayes.infer(priors, evidence, &mut scores);
        black_box(scores.first().copied());
    });
    table.rate("full inferences a second", own.mean, INFERENCES, peer.mean);
    let asked: Vec<_> = cases.iter().zip(&known).zip(&askable).collect();
    let own = table.time(&asked, |((case, (priors, evidence)), askable)| {
        let (weights, askable) = (Weights::default(), askable.iter().copied());
        black_box(rank_questions(of.model(), &case.person, priors, evidence, calibration, &weights, askable));
    });
    let with: Vec<_> = known.iter().zip(&askable).collect();
    let peer = table.time(&with, |((priors, evidence), askable)| {
        black_box(bayes.best_question(priors, evidence, askable, &mut scores));
    });
    table.row("next question", &own, QUESTION, Some(peer.mean));
    let own = table.time(&cases, |case| drop(black_box(advisor.advise(case))));
    table.row("advice with its questions and reasons", &own, ANSWER, None);
    let own = table.time(&texts, |text| drop(black_box(advisor.read(text))));
    table.row("reading a text", &own, ANSWER, None);
    let own = table.time(&prescriptions, |case| drop(black_box(case.judge(&medicines))));
    table.row("checking a prescription", &own, ANSWER, None);
    let own = table.time(&[bytes.as_slice()], |bytes| drop(black_box(unpack(bytes))));
    table.row("unpacking the knowledge", &own, START, None);
    let unpacked = unpack(&bytes)?;
    let own = table.time(&[&unpacked], |of| drop(black_box(Advisor::new((*of).clone()))));
    table.row("making the advisor", &own, START, None);
    let own = table.time(&[Medicines::pack()], |json| drop(black_box(Medicines::parse(json))));
    table.row("reading the medicines", &own, START, None);
    ensure!(table.missed.is_empty(), "over budget: {}", table.missed.join(", "));
    Ok(())
}

/// Returns the texts and the cases that are read from them.
fn vignettes(advisor: &Advisor) -> Result<(Vec<String>, Vec<Case>)> {
    let (mut texts, mut cases) = (Vec::new(), Vec::new());
    for name in VIGNETTES {
        let path = paths::root().join(format!("shared/decision/data/cases/{name}.jsonl"));
        let lines =
            fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
        for line in lines.lines() {
            let vignette: Vignette = serde_json::from_str(line)?;
            cases.push(vignette.case(advisor));
            texts.push(vignette.text);
        }
    }
    Ok((texts, cases))
}

fn prescriptions() -> Result<Vec<cases::Case>> {
    let lines = fs::read_to_string(paths::root().join(PRESCRIPTIONS))?;
    Ok(lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// Returns what inference works with in a case.
fn known(of: &KnowledgeModel, case: &Case) -> (Priors, Evidence) {
    let mut evidence = Evidence::new(of.model());
    for (finding, state) in &case.findings {
        if *state == State::Present || evidence.state(*finding) == State::Unknown {
            evidence.set(*finding, *state);
        }
    }
    (Priors::of(of.model(), &case.person), evidence)
}

/// Returns the findings of all conditions that are likely enough to be asked about.
fn askable(advisor: &Advisor, of: &KnowledgeModel, (priors, evidence): &(Priors, Evidence)) -> Vec<usize> {
    let mut posterior = Posterior::default();
    infer_into(of.model(), priors, evidence, &advisor.knowledge().figures.calibration, &mut posterior);
    let likely = posterior.probabilities().iter().enumerate().filter(|(_, p)| **p >= WORTH_ASKING);
    let findings: BTreeSet<usize> = likely.flat_map(|(at, _)| of.findings_of(at)).copied().collect();
    findings.into_iter().collect()
}

/// Milliseconds.
struct Took {
    mean: f64,
    slowest: f64,
}

/// What is printed.
struct Table {
    rounds: usize,
    missed: Vec<String>,
}

impl Table {
    /// Times each of `all` in every round and keeps the quickest of each.
    fn time<T>(&self, all: &[T], mut of: impl FnMut(&T)) -> Took {
        let mut quickest = vec![f64::INFINITY; all.len()];
        for _ in 0..self.rounds {
            for (one, quickest) in all.iter().zip(&mut quickest) {
                let start = Instant::now();
                of(one);
                *quickest = quickest.min(start.elapsed().as_secs_f64() * 1000.0);
            }
        }
        let mean = quickest.iter().sum::<f64>() / all.len().max(1) as f64;
        Took { mean, slowest: quickest.iter().copied().fold(0.0, f64::max) }
    }

    fn rate(&mut self, what: &str, mean: f64, least: f64, peer: f64) {
        let a_second = |mean: f64| 1000.0 / mean;
        let (own, peer) = (a_second(mean), a_second(peer));
        println!("{what:38} {own:>9.0}           at least {least:>7.0}   naive Bayes {peer:.0}");
        if own < least {
            self.missed.push(what.to_owned());
        }
    }

    /// The slowest of the cases has to keep the budget.
    fn row(&mut self, what: &str, took: &Took, budget: f64, peer: Option<f64>) {
        let peer = peer.map(|peer| format!("   naive Bayes {peer:.3} ms")).unwrap_or_default();
        let Took { mean, slowest } = took;
        println!("{what:38} {mean:>9.3} ms, slowest {slowest:>8.3} of {budget:.1} ms{peer}");
        if *slowest > budget {
            self.missed.push(what.to_owned());
        }
    }
}
