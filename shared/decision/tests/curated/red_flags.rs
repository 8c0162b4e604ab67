//! Every danger of the cases is found, ordinary complaints are not made urgent, and a red flag never lowers anything.

use super::load::{advisor, lines};
use decision::inference::{Calibration, Evidence, Priors, infer};
use decision::knowledge::Level;
use decision::knowledge::compile;
use decision::model::State;
use decision::triage::{Fired, Known, fired, triage};
use proptest::prelude::*;
use std::sync::LazyLock;

static MODEL: LazyLock<decision::knowledge::KnowledgeModel> =
    LazyLock::new(|| compile(advisor().knowledge()).unwrap());

fn level(word: &str) -> Level {
    match word {
        "ambulance" => Level::Ambulance,
        "emergency" => Level::Emergency,
        "day" => Level::Day,
        "appointment" => Level::Appointment,
        _ => Level::SelfCare,
    }
}

/// The highest share of ordinary complaints that may raise a red flag, and the fewest cases that say something.
const MOST_FALSE: f64 = 0.15;
const FEWEST: (usize, usize) = (150, 40);
/// The dangers come first in the file.
const DANGERS: usize = 170;

#[test]
fn every_danger_is_found_by_a_rule_and_no_probability_outvotes_it() {
    let cases: Vec<_> =
        lines("red_flags.jsonl").into_iter().filter(|line| line.level != "self_care").collect();
    assert!(cases.len() >= FEWEST.0);
    let missed: Vec<String> = cases
        .iter()
        .filter_map(|line| {
            let answer = advisor().advise(&line.case);
            let flagged = answer.red_flags.iter().map(|one| one.level).max();
            let found = flagged.is_some_and(|flagged| flagged >= level(&line.level))
                && answer.triage.level >= level(&line.level);
            (!found).then(|| format!("{} {:?}", line.id, answer.triage.level))
        })
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn ordinary_complaints_raise_few_red_flags() {
    let cases: Vec<_> =
        lines("red_flags.jsonl").into_iter().filter(|line| line.level == "self_care").collect();
    assert!(cases.len() >= FEWEST.1);
    let flagged: Vec<&str> = cases
        .iter()
        .filter(|line| !advisor().advise(&line.case).red_flags.is_empty())
        .map(|line| line.id.as_str())
        .collect();
    assert!(flagged.len() as f64 / cases.len() as f64 <= MOST_FALSE, "{flagged:?}");
}

#[test]
fn ordinary_complaints_are_seldom_made_urgent() {
    let cases: Vec<_> =
        lines("red_flags.jsonl").into_iter().filter(|line| line.level == "self_care").collect();
    let found = cases.iter().map(|line| (line.id.as_str(), advisor().advise(&line.case).triage.level));
    let found: Vec<(&str, Level)> = found.collect();
    let count = |level: Level| found.iter().filter(|(_, is)| *is == level).count();
    // The figures of docs/quality.md: `cargo test -p decision --test curated ordinary -- --nocapture`.
    println!(
        "{} ordinary complaints: {} self-care, {} appointment, {} day, {} emergency, {} ambulance",
        found.len(),
        count(Level::SelfCare),
        count(Level::Appointment),
        count(Level::Day),
        count(Level::Emergency),
        count(Level::Ambulance),
    );
    let urgent: Vec<_> = found.iter().filter(|(_, level)| *level >= Level::Day).collect();
    assert!(urgent.len() as f64 / found.len() as f64 <= MOST_FALSE, "{urgent:?}");
}

#[test]
fn emergencies_of_the_vignettes_are_found() {
    let files =
        ["vignettes.jsonl", "vignettes_held_out.jsonl", "vignettes_more.jsonl", "vignettes_village.jsonl"];
    for file in files {
        for line in lines(file).iter().filter(|line| level(&line.level) >= Level::Emergency) {
            let answer = advisor().advise(&line.case);
            assert!(answer.triage.level >= Level::Emergency, "{} is {:?}", line.id, answer.triage.level);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_red_flag_more_never_lowers_the_level(case in 0..DANGERS, flag in any::<prop::sample::Index>()) {
        let knowledge = advisor().knowledge();
        let mut cases = lines("red_flags.jsonl");
        let mut case = cases.remove(case).case;
        let before = advisor().advise(&case);
        // Everything that the rule wants; what it excludes stays as it is.
        let rule = &knowledge.red_flags[flag.index(knowledge.red_flags.len())];
        let wanted = rule.all.iter().chain(rule.any.first()).chain(rule.and_any.first()).chain(rule.history.first());
        let place = |id: &String| knowledge.findings.iter().position(|finding| finding.id == *id).unwrap();
        case.findings.extend(wanted.map(|id| (place(id), State::Present)));
        let after = advisor().advise(&case);
        let asked = after.red_flags.iter().map(|one| one.level).max();
        prop_assert!(asked.is_none_or(|asked| after.triage.level >= asked));
        let was = before.red_flags.iter().filter(|one| knowledge.red_flags[one.red_flag].none.is_empty()).map(|one| one.level).max();
        prop_assert!(was.is_none_or(|was| after.triage.level >= was));
    }

    #[test]
    fn whatever_is_likely_a_rule_more_that_fires_never_lowers_the_level(
        findings in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..12),
        rules in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        more in any::<prop::sample::Index>(),
    ) {
        let (knowledge, model) = (advisor().knowledge(), MODEL.model());
        let mut evidence = Evidence::new(model);
        for (finding, present) in findings {
            let state = if present { State::Present } else { State::Absent };
            evidence.set(finding.index(model.findings().len()), state);
        }
        let priors = Priors::of(model, &decision::model::Person::default());
        let posterior = infer(model, &priors, &evidence, &Calibration::default());
        let fire = |rule: &prop::sample::Index| {
            let red_flag = rule.index(knowledge.red_flags.len());
            Fired { red_flag, level: knowledge.red_flags[red_flag].level }
        };
        let before: Vec<Fired> = rules.iter().map(fire).collect();
        let after: Vec<Fired> = before.iter().copied().chain([fire(&more)]).collect();
        for known in [Known::Nothing, Known::Little, Known::Enough] {
            for most in [Level::Emergency, Level::Ambulance] {
                let was = triage(knowledge, &before, &posterior, known, most).level;
                let is = triage(knowledge, &after, &posterior, known, most).level;
                prop_assert!(is >= was && is >= fire(&more).level);
            }
        }
    }
}

#[test]
fn rules_look_only_at_what_is_present() {
    let knowledge = advisor().knowledge();
    let states = vec![State::Unknown; knowledge.findings.len()];
    let person = decision::model::Person::default();
    let facts = decision::triage::Facts { states: &states, person: &person, pregnant_weeks: None };
    assert!(fired(knowledge, &facts).is_empty());
    let states = vec![State::Absent; knowledge.findings.len()];
    let facts = decision::triage::Facts { states: &states, person: &person, pregnant_weeks: None };
    assert!(fired(knowledge, &facts).is_empty());
}
