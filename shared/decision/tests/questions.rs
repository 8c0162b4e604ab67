//! Which questions come first, when they end, and what is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use decision::inference::{Calibration, Evidence, Priors, Solved, infer};
use decision::model::{Applies, Builder, Condition, Finding, Model, ModelError, Person, Prior, Sex, State};
use decision::question::{
    Sample, Stop, StopRule, Verdict, Weights, best_question, expected_gain, rank_questions, remaining,
    remaining_sampled, verdict,
};

fn condition(id: &str, must_not_miss: bool, weight: f64) -> Condition {
    let priors = vec![Prior { applies: Applies::default(), weight }];
    Condition { id: id.to_owned(), must_not_miss, priors }
}

/// Three conditions, the third rare and not to be missed; `split` tells the first two apart, `rare` speaks of the third,
/// `nothing` comes alike with all.
fn builder() -> Builder {
    let mut builder = Builder::new();
    for (id, must_not_miss, weight) in [("a", false, 1.0), ("b", false, 1.0), ("c", true, 0.1)] {
        builder.condition(condition(id, must_not_miss, weight));
    }
    for (finding, [a, b, c]) in
        [("split", [0.9, 0.1, 0.5]), ("rare", [0.05, 0.05, 0.95]), ("nothing", [0.5, 0.5, 0.5])]
    {
        let index = builder.finding(Finding::new(finding, 0.1));
        for (condition, p) in [a, b, c].into_iter().enumerate() {
            builder.probability(condition, index, p);
        }
    }
    builder
}

fn ranked(model: &Model, person: &Person, evidence: &Evidence, weights: &Weights) -> Vec<usize> {
    let priors = Priors::of(model, person);
    let all = 0..model.findings().len();
    rank_questions(model, person, &priors, evidence, &Calibration::default(), weights, all)
        .iter()
        .map(|question| question.finding)
        .collect()
}

#[test]
fn what_tells_most_is_asked_first_and_what_tells_nothing_last() {
    let model = builder().build().unwrap();
    let order = ranked(&model, &Person::default(), &Evidence::new(&model), &Weights::default());
    assert_eq!(order, [0, 1, 2]);
}

#[test]
fn what_must_not_be_missed_and_red_flags_move_a_question_forward() {
    let model = builder().build().unwrap();
    let evidence = Evidence::new(&model);
    let safe = Weights { must_not_miss: 20.0, red_flag: 0.0 };
    assert_eq!(ranked(&model, &Person::default(), &evidence, &safe)[0], 1);
    let mut builder = builder();
    let mut flag = Finding::new("flag", 0.3);
    flag.red_flag = true;
    builder.finding(flag);
    let model = builder.build().unwrap();
    let flags = Weights { must_not_miss: 0.0, red_flag: 10.0 };
    assert_eq!(ranked(&model, &Person::default(), &Evidence::new(&model), &flags)[0], 3);
}

#[test]
fn a_dear_question_waits_for_a_cheap_one() {
    let mut builder = builder();
    let mut dear = Finding::new("dear", 0.1);
    dear.cost = 30.0;
    let dear = builder.finding(dear);
    builder.probability(0, dear, 0.95);
    builder.probability(1, dear, 0.05);
    let model = builder.build().unwrap();
    assert_eq!(ranked(&model, &Person::default(), &Evidence::new(&model), &Weights::default())[0], 0);
}

#[test]
fn what_is_known_implied_or_cannot_concern_the_person_is_not_asked() {
    let mut builder = builder();
    let mut narrower = Finding::new("narrower", 0.05);
    narrower.is_a = vec![0];
    builder.finding(narrower);
    let mut of_women = Finding::new("of_women", 0.1);
    of_women.applies.sex = Some(Sex::Female);
    builder.finding(of_women);
    let model = builder.build().unwrap();
    let mut evidence = Evidence::new(&model);
    evidence.set(0, State::Absent);
    let man = Person { sex: Some(Sex::Male), ..Person::default() };
    let mut order = ranked(&model, &man, &evidence, &Weights::default());
    order.sort_unstable();
    assert_eq!(order, [1, 2]);
}

#[test]
fn the_gain_of_a_question_is_what_entropy_falls_by_on_the_mean() {
    let p = [0.5, 0.3, 0.2];
    let (yes, no) = ([0.9, 0.2, 0.5], [0.1, 0.8, 0.5]);
    let after = |likelihood: &[f64; 3]| {
        let joint: Vec<f64> = p.iter().zip(likelihood).map(|(p, l)| p * l).collect();
        let mass: f64 = joint.iter().sum();
        mass * joint.iter().map(|j| -(j / mass) * (j / mass).ln()).sum::<f64>()
    };
    let before: f64 = p.iter().map(|p| -p * p.ln()).sum();
    let gain = expected_gain(&p, &[&yes, &no]);
    assert!((gain - (before - after(&yes) - after(&no))).abs() < 1e-12);
    assert!((remaining(&p, &yes) - after(&yes)).abs() < 1e-12);
}

#[test]
fn samples_of_answers_stand_for_answers_too_many_to_list() {
    let p = [0.5, 0.5];
    let logs = |a: f64, b: f64| vec![a.ln(), b.ln()];
    let samples = vec![
        Sample { condition: 0, share: 1.0, log_likelihood: logs(1.0, 1e-9) },
        Sample { condition: 1, share: 1.0, log_likelihood: logs(1e-9, 1.0) },
    ];
    assert!(remaining_sampled(&p, &samples) < 1e-6, "each answer tells which it is");
    assert!((remaining_sampled(&p, &[]) - 2.0_f64.ln()).abs() < 1e-12, "no sample, no gain");
}

fn rule() -> StopRule {
    StopRule {
        confident: 0.9,
        must_not_miss_below: 0.02,
        least_information: 0.001,
        most_questions: 5,
        tells_from: 0.5,
    }
}

#[test]
fn questions_end_when_sure_when_enough_or_when_nothing_tells_more() {
    let model = builder().build().unwrap();
    let person = Person::default();
    let priors = Priors::of(&model, &person);
    let judge = |states: &[(usize, State)], rule: &StopRule, asked| {
        let mut evidence = Evidence::new(&model);
        for (finding, state) in states {
            evidence.set(*finding, *state);
        }
        let (calibration, weights) = (Calibration::default(), Weights::default());
        let posterior = infer(&model, &priors, &evidence, &calibration);
        let best = best_question(&model, &person, &priors, &evidence, &calibration, &weights);
        (rule.stop(&model, &posterior, best.as_ref(), asked), verdict(&posterior, rule))
    };
    assert_eq!(judge(&[], &rule(), 0).0, None);
    assert_eq!(judge(&[], &rule(), 0).1, Verdict::CannotTell);
    assert_eq!(judge(&[], &rule(), 5).0, Some(Stop::Enough));
    // Sure of the first, but what must not be missed is not settled yet.
    let loose = StopRule { confident: 0.8, ..rule() };
    assert_eq!(judge(&[(0, State::Present)], &loose, 1).0, None);
    let (stop, said) = judge(&[(0, State::Present), (1, State::Absent)], &loose, 2);
    assert_eq!(stop, Some(Stop::Confident));
    assert!(matches!(said, Verdict::Likely(0, p) if p > 0.8));
    let all = [(0, State::Present), (1, State::Present), (2, State::Present)];
    assert_eq!(judge(&all, &StopRule { confident: 0.999, ..rule() }, 3).0, Some(Stop::NothingToAsk));
}

#[test]
fn priors_follow_age_sex_season_and_pregnancy() {
    let mut builder = Builder::new();
    let of = |applies, weight| Prior { applies, weight };
    let everybody = Applies::default();
    builder.condition(condition("always", false, 1.0));
    let infants = Applies { to_months: Some(11), ..everybody };
    builder.condition(Condition {
        id: "infants".into(),
        must_not_miss: false,
        priors: vec![of(infants, 8.0), of(everybody, 1.0)],
    });
    let pregnant = Applies { pregnant: Some(true), ..everybody };
    builder.condition(Condition {
        id: "pregnant".into(),
        must_not_miss: true,
        priors: vec![of(pregnant, 1.0)],
    });
    let winter = Applies { months: Some(0b1000_0000_0011), ..everybody };
    builder.condition(Condition {
        id: "winter".into(),
        must_not_miss: false,
        priors: vec![of(winter, 3.0), of(everybody, 1.0)],
    });
    let model = builder.build().unwrap();
    let p = |person: Person, condition| {
        let evidence = Evidence::new(&model);
        let priors = Priors::of(&model, &person);
        infer(&model, &priors, &evidence, &Calibration::default()).probability(condition)
    };
    let july = Person { age_months: Some(400), month: Some(7), ..Person::default() };
    assert!((p(july, 1) - 1.0 / 3.0).abs() < 1e-12);
    assert!((p(Person { age_months: Some(6), ..july }, 1) - 0.8).abs() < 1e-12);
    assert!((p(Person { month: Some(12), ..july }, 3) - 0.6).abs() < 1e-12);
    assert!(p(july, 2) == 0.0, "nobody is taken to be pregnant");
    assert!((p(Person { pregnant: Some(true), ..july }, 2) - 0.25).abs() < 1e-12);
}

#[test]
fn the_fitted_temperature_undoes_what_was_counted_twice() {
    // The same finding three times over: a third of it is right.
    let build = |copies: usize| {
        let mut builder = Builder::new();
        builder.condition(condition("a", false, 1.0));
        builder.condition(condition("b", false, 1.0));
        for copy in 0..copies {
            let finding = builder.finding(Finding::new(format!("f{copy}"), 0.5));
            builder.probability(0, finding, 0.7);
            builder.probability(1, finding, 0.3);
        }
        builder.build().unwrap()
    };
    let model = build(3);
    let priors = Priors::of(&model, &Person::default());
    let told = |state| {
        let mut evidence = Evidence::new(&model);
        for copy in 0..3 {
            evidence.set(copy, state);
        }
        evidence
    };
    let (yes, no) = (told(State::Present), told(State::Absent));
    let solved = |evidence, condition| Solved { model: &model, priors: &priors, evidence, condition };
    let mut cases = Vec::new();
    for n in 0..10 {
        cases.push(solved(&yes, usize::from(n >= 7)));
        cases.push(solved(&no, usize::from(n < 7)));
    }
    let fitted = Calibration::fit(&cases);
    assert!((fitted.temperature - 3.0).abs() < 0.01, "{}", fitted.temperature);
    assert!((infer(&model, &priors, &yes, &fitted).probability(0) - 0.7).abs() < 1e-3);
}

#[test]
fn knowledge_that_does_not_hold_together_is_refused() {
    let refused = |change: &dyn Fn(&mut Builder)| {
        let mut builder = builder();
        change(&mut builder);
        builder.build().unwrap_err()
    };
    assert_eq!(Builder::new().build().unwrap_err(), ModelError::Empty);
    assert!(matches!(
        refused(&|builder| {
            builder.condition(condition("a", false, 1.0));
        }),
        ModelError::Twice(_)
    ));
    assert!(matches!(refused(&|builder| builder.probability(0, 0, 1.1)), ModelError::OutOfRange(_)));
    assert!(matches!(refused(&|builder| builder.probability(0, 99, 0.5)), ModelError::NoSuch { .. }));
    assert!(matches!(refused(&|builder| builder.unlisted(1.0)), ModelError::OutOfRange(_)));
    let circle = refused(&|builder| {
        for (id, broader) in [("x", 4), ("y", 3)] {
            let mut finding = Finding::new(id, 0.1);
            finding.is_a = vec![broader];
            builder.finding(finding);
        }
    });
    assert_eq!(circle, ModelError::Circle("x".into()));
}

#[test]
fn a_broader_finding_comes_at_least_as_often_as_a_narrower_one() {
    let mut builder = builder();
    let mut narrower = Finding::new("narrower", 0.02);
    narrower.is_a = vec![2];
    let narrower = builder.finding(narrower);
    builder.probability(0, narrower, 0.8);
    let model = builder.build().unwrap();
    assert!(model.probability(0, 2) >= model.probability(0, narrower));
    // Where nothing was said it comes in proportion to the broader one: 0.02 of 0.1 is a fifth of 0.5.
    assert!((model.probability(1, narrower).unwrap() - 0.1).abs() < 1e-12);
}
