//! What must hold of inference whatever the knowledge.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use decision::inference::{Calibration, Evidence, Posterior, Priors, contributions, infer};
use decision::model::{Applies, Builder, Condition, Finding, Group, Model, Person, Prior, State};
use proptest::prelude::*;

const CONDITIONS: usize = 6;
const FINDINGS: usize = 12;

/// Knowledge of any content: two hierarchies (1 and 2 are kinds of 0; 4 is a kind of 3 and of 0), one group.
#[derive(Debug, Clone)]
struct Knowledge {
    weights: Vec<f64>,
    probabilities: Vec<f64>,
    unlisted: f64,
}

fn knowledge() -> impl Strategy<Value = Knowledge> {
    let weights = prop::collection::vec(0.01..10.0, CONDITIONS);
    let probabilities = prop::collection::vec(0.0..=1.0, CONDITIONS * FINDINGS);
    (weights, probabilities, 0.0..0.5).prop_map(|(weights, probabilities, unlisted)| Knowledge {
        weights,
        probabilities,
        unlisted,
    })
}

fn state() -> impl Strategy<Value = State> {
    prop_oneof![Just(State::Unknown), Just(State::Present), Just(State::Absent)]
}

fn answers() -> impl Strategy<Value = Vec<State>> {
    prop::collection::vec(state(), FINDINGS)
}

fn build(knowledge: &Knowledge, order: &[usize]) -> Model {
    let mut builder = Builder::new();
    for condition in order {
        builder.condition(Condition {
            id: format!("condition{condition}"),
            must_not_miss: false,
            priors: vec![Prior { applies: Applies::default(), weight: knowledge.weights[*condition] }],
        });
    }
    for finding in 0..FINDINGS {
        let mut new = Finding::new(format!("finding{finding}"), 0.05);
        new.is_a = match finding {
            1 | 2 => vec![0],
            4 => vec![3, 0],
            _ => Vec::new(),
        };
        builder.finding(new);
        for (place, condition) in order.iter().enumerate() {
            builder.probability(place, finding, knowledge.probabilities[condition * FINDINGS + finding]);
        }
    }
    builder.group(Group { findings: vec![7, 8, 9], correlation: 0.5 });
    builder.unlisted(knowledge.unlisted);
    builder.build().unwrap()
}

fn evidence(model: &Model, answers: &[State]) -> Evidence {
    let mut evidence = Evidence::new(model);
    for (finding, state) in answers.iter().enumerate() {
        evidence.set(finding, *state);
    }
    evidence
}

fn run(model: &Model, evidence: &Evidence) -> Posterior {
    infer(model, &Priors::of(model, &Person::default()), evidence, &Calibration { temperature: 1.3 })
}

fn in_order() -> Vec<usize> {
    (0..CONDITIONS).collect()
}

proptest! {
    #[test]
    fn probabilities_sum_to_one(knowledge in knowledge(), answers in answers()) {
        let model = build(&knowledge, &in_order());
        let posterior = run(&model, &evidence(&model, &answers));
        let total: f64 = posterior.probabilities().iter().sum::<f64>() + posterior.unlisted();
        prop_assert!((total - 1.0).abs() < 1e-12);
        prop_assert!(posterior.probabilities().iter().all(|p| (0.0..=1.0).contains(p)));
    }

    #[test]
    fn nothing_known_leaves_the_priors(knowledge in knowledge()) {
        let model = build(&knowledge, &in_order());
        let posterior = run(&model, &Evidence::new(&model));
        let total: f64 = knowledge.weights.iter().sum();
        for (p, weight) in posterior.probabilities().iter().zip(&knowledge.weights) {
            prop_assert!((p - weight / total * (1.0 - knowledge.unlisted)).abs() < 1e-12);
        }
    }

    #[test]
    fn unknown_never_counts_as_absent(knowledge in knowledge(), answers in answers(), finding in 0..FINDINGS) {
        let model = build(&knowledge, &in_order());
        let mut known = evidence(&model, &answers);
        // Whether it was never touched or set and taken back, only what is known counts.
        known.set(finding, State::Unknown);
        let untouched = run(&model, &known);
        known.set(finding, State::Absent);
        known.set(finding, State::Unknown);
        let taken_back = run(&model, &known);
        prop_assert_eq!(untouched.probabilities(), taken_back.probabilities());
        // And nothing is attributed to a finding that nobody asked and nothing implies.
        let implied = known.implied(&model);
        let priors = Priors::of(&model, &Person::default());
        let why = contributions(&model, &priors, &known, &Calibration::default(), 0);
        prop_assert!(why.iter().all(|one| implied[one.finding] == one.state));
        prop_assert!(why.iter().all(|one| one.state != State::Unknown));
    }

    #[test]
    fn what_is_unknown_lies_between_present_and_absent(
        knowledge in knowledge(),
        answers in answers(),
        finding in prop_oneof![Just(5_usize), Just(6), Just(10), Just(11)],
    ) {
        // Of a finding that stands alone, unknown is the mean of both answers by how likely they are.
        let model = build(&knowledge, &in_order());
        let priors = Priors::of(&model, &Person::default());
        let mut known = evidence(&model, &answers);
        let mut after = |state| {
            known.set(finding, state);
            infer(&model, &priors, &known, &Calibration::default())
        };
        let (unknown, yes, no) = (after(State::Unknown), after(State::Present), after(State::Absent));
        let chance = (yes.log_evidence() - unknown.log_evidence()).exp();
        prop_assert!(((no.log_evidence() - unknown.log_evidence()).exp() + chance - 1.0).abs() < 1e-9);
        for condition in 0..CONDITIONS {
            let mean = chance * yes.probability(condition) + (1.0 - chance) * no.probability(condition);
            prop_assert!((unknown.probability(condition) - mean).abs() < 1e-9);
        }
    }

    #[test]
    fn the_order_of_answers_never_changes_the_result(
        knowledge in knowledge(),
        (answers, order) in answers().prop_flat_map(|answers| {
            let order: Vec<usize> = (0..FINDINGS).collect();
            (Just(answers), Just(order).prop_shuffle())
        }),
    ) {
        let model = build(&knowledge, &in_order());
        let straight = run(&model, &evidence(&model, &answers));
        let mut shuffled = Evidence::new(&model);
        for finding in order {
            shuffled.set(finding, answers[finding]);
        }
        let shuffled = run(&model, &shuffled);
        prop_assert_eq!(straight.probabilities(), shuffled.probabilities());
    }

    #[test]
    fn the_order_of_conditions_does_not_change_probabilities(
        knowledge in knowledge(),
        answers in answers(),
        order in Just(in_order()).prop_shuffle(),
    ) {
        let model = build(&knowledge, &in_order());
        let other = build(&knowledge, &order);
        let straight = run(&model, &evidence(&model, &answers));
        let permuted = run(&other, &evidence(&other, &answers));
        for (place, condition) in order.iter().enumerate() {
            prop_assert!((permuted.probability(place) - straight.probability(*condition)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_narrower_finding_says_the_broader_one_already(knowledge in knowledge(), answers in answers()) {
        let model = build(&knowledge, &in_order());
        let mut told = evidence(&model, &answers);
        told.set(1, State::Present);
        told.set(0, State::Unknown);
        let alone = run(&model, &told);
        told.set(0, State::Present);
        let both = run(&model, &told);
        prop_assert_eq!(alone.probabilities(), both.probabilities());
    }
}

#[test]
fn a_broader_finding_that_is_absent_says_the_narrower_ones_are() {
    let knowledge = Knowledge {
        weights: vec![1.0; CONDITIONS],
        probabilities: (0..CONDITIONS * FINDINGS).map(|index| (index % 7) as f64 / 10.0 + 0.05).collect(),
        unlisted: 0.0,
    };
    let model = build(&knowledge, &in_order());
    let mut told = Evidence::new(&model);
    told.set(0, State::Absent);
    let alone = run(&model, &told);
    for narrower in [1, 2, 4] {
        told.set(narrower, State::Absent);
    }
    assert_eq!(alone.probabilities(), run(&model, &told).probabilities());
}

#[test]
fn two_conditions_and_one_finding_follow_bayes_rule() {
    let mut builder = Builder::new();
    for (id, weight) in [("a", 3.0), ("b", 1.0)] {
        let priors = vec![Prior { applies: Applies::default(), weight }];
        builder.condition(Condition { id: id.into(), must_not_miss: false, priors });
    }
    let finding = builder.finding(Finding::new("f", 0.5));
    builder.probability(0, finding, 0.2);
    builder.probability(1, finding, 0.9);
    let model = builder.build().unwrap();
    let priors = Priors::of(&model, &Person::default());
    let mut told = Evidence::new(&model);
    told.set(finding, State::Present);
    let posterior = infer(&model, &priors, &told, &Calibration::default());
    // 0.75 × 0.2 against 0.25 × 0.9.
    assert!((posterior.probability(0) - 0.15 / 0.375).abs() < 1e-12);
    let why = contributions(&model, &priors, &told, &Calibration::default(), 1);
    assert!((why[0].log_likelihood_ratio - (0.9_f64 / 0.2).ln()).abs() < 1e-12);
}

#[test]
fn findings_of_a_group_count_less_together_than_apart() {
    let build = |correlation| {
        let mut builder = Builder::new();
        for id in ["a", "b"] {
            let priors = vec![Prior { applies: Applies::default(), weight: 1.0 }];
            builder.condition(Condition { id: id.into(), must_not_miss: false, priors });
        }
        for id in ["f", "g"] {
            let finding = builder.finding(Finding::new(id, 0.1));
            builder.probability(0, finding, 0.8);
        }
        builder.group(Group { findings: vec![0, 1], correlation });
        builder.build().unwrap()
    };
    let after = |correlation, findings: &[usize]| {
        let model = build(correlation);
        let mut told = Evidence::new(&model);
        for finding in findings {
            told.set(*finding, State::Present);
        }
        infer(&model, &Priors::of(&model, &Person::default()), &told, &Calibration::default()).probability(0)
    };
    assert!(after(0.5, &[0, 1]) < after(0.0, &[0, 1]));
    assert!((after(1.0, &[0, 1]) - after(0.0, &[0])).abs() < 1e-12);
}
