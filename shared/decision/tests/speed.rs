//! How fast inference is, printed with `--nocapture`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::time::Instant;

use decision::inference::{Calibration, Evidence, Posterior, Priors, infer_into};
use decision::model::{Applies, Builder, Condition, Finding, Model, Person, Prior, State};
use decision::question::{Weights, best_question};

const CONDITIONS: usize = 150;
const FINDINGS: usize = 300;
/// How many findings are known, as at the end of a long consultation.
const KNOWN: usize = 25;

fn model() -> Model {
    let mut builder = Builder::new();
    for condition in 0..CONDITIONS {
        let priors = vec![Prior { applies: Applies::default(), weight: 1.0 + (condition % 7) as f64 }];
        builder.condition(Condition {
            id: format!("c{condition}"),
            must_not_miss: condition % 10 == 0,
            priors,
        });
    }
    for finding in 0..FINDINGS {
        let mut new = Finding::new(format!("f{finding}"), 0.03);
        if finding % 5 == 4 {
            new.is_a = vec![finding - 4];
        }
        builder.finding(new);
    }
    for condition in 0..CONDITIONS {
        for n in 0..14 {
            let finding = (condition * 31 + n * 17) % FINDINGS;
            builder.probability(condition, finding, 0.1 + 0.06 * n as f64);
        }
    }
    builder.unlisted(0.02);
    builder.build().unwrap()
}

fn evidence(model: &Model, seed: usize) -> Evidence {
    let mut evidence = Evidence::new(model);
    for n in 0..KNOWN {
        let state = if n % 3 == 0 { State::Present } else { State::Absent };
        evidence.set((seed * 13 + n * 11) % FINDINGS, state);
    }
    evidence
}

#[test]
fn twenty_thousand_inferences_take_a_second_at_most() {
    let model = model();
    let priors = Priors::of(&model, &Person::default());
    let cases: Vec<Evidence> = (0..64).map(|seed| evidence(&model, seed)).collect();
    let mut posterior = Posterior::default();
    // The best of several rounds: the machine may be busy with others.
    let mut best = 0.0_f64;
    let mut sum = 0.0;
    for _ in 0..10 {
        let start = Instant::now();
        for case in cases.iter().cycle().take(2_000) {
            infer_into(&model, &priors, case, &Calibration::default(), &mut posterior);
            sum += posterior.unlisted();
        }
        best = best.max(2_000.0 / start.elapsed().as_secs_f64());
    }
    println!("{best:.0} inferences a second, {CONDITIONS} conditions, {KNOWN} of {FINDINGS} findings known");
    assert!(sum.is_finite());
    assert!(best >= 20_000.0, "{best:.0} a second");
}

#[test]
fn the_next_question_is_found_while_nobody_waits() {
    let model = model();
    let priors = Priors::of(&model, &Person::default());
    let evidence = evidence(&model, 3);
    let mut least = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        let (calibration, weights) = (Calibration::default(), Weights::default());
        let question = best_question(&model, &Person::default(), &priors, &evidence, &calibration, &weights);
        least = least.min(start.elapsed().as_secs_f64());
        assert!(question.is_some());
    }
    println!("the best of {FINDINGS} questions in {:.1} ms", least * 1000.0);
    assert!(least < 0.05);
}
