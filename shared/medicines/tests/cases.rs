//! The cases of `data/cases`, written from the sources that they name.

#![allow(clippy::expect_used)]

use medicines::cases::{Case, Verdict};
use medicines::{Kind, Medicines};

fn judged() -> Vec<(Case, Verdict)> {
    let medicines = Medicines::load().expect("the built-in pack is of this version");
    let text = include_str!("../data/cases/medication.jsonl");
    text.lines()
        .map(|line| {
            let case: Case = serde_json::from_str(line).expect("a case");
            let verdict = case.judge(&medicines);
            (case, verdict)
        })
        .collect()
}

fn recall<'a>(cases: impl Iterator<Item = &'a (Case, Verdict)>) -> (usize, usize) {
    let met: Vec<bool> = cases.flat_map(|(_, verdict)| verdict.met.iter().copied()).collect();
    (met.iter().filter(|met| **met).count(), met.len())
}

#[test]
fn every_expected_finding_is_found() {
    let judged = judged();
    let (found, all) = recall(judged.iter().filter(|(case, _)| !case.held_out));
    let (held_found, held_all) = recall(judged.iter().filter(|(case, _)| case.held_out));
    println!("{found} of {all} expectations met, {held_found} of {held_all} held out");
    let missed: Vec<&str> = judged
        .iter()
        .filter(|(_, verdict)| verdict.met.contains(&false))
        .map(|(case, _)| case.id.as_str())
        .collect();
    assert_eq!(missed, Vec::<&str>::new());
    assert!(all + held_all >= 200);
}

#[test]
fn ordinary_prescriptions_and_low_value_pairs_are_left_alone() {
    let judged = judged();
    let quiet: Vec<_> = judged.iter().filter(|(case, _)| case.forbid_level.is_some()).collect();
    let disturbed: Vec<String> = quiet
        .iter()
        .flat_map(|(case, verdict)| {
            let findings = verdict.forbidden.iter().filter_map(|at| verdict.findings.get(*at));
            findings.map(|finding| format!("{}: {}", case.id, finding.what))
        })
        .collect();
    assert_eq!(disturbed, Vec::<String>::new());
    assert!(quiet.len() >= 60);
}

#[test]
fn every_medicine_of_the_cases_is_known_and_every_dose_is_checked() {
    for (case, verdict) in judged() {
        for finding in verdict.findings {
            assert_ne!(finding.kind, Kind::Unknown, "{}: {}", case.id, finding.what);
            assert!(!finding.what.contains(['{', '}']), "{}: {}", case.id, finding.what);
        }
    }
}
