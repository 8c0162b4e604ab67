//! The check finds what is wrong, one planted error of each kind after the other, and nothing in the knowledge as it is.

use super::load::advisor;
use decision::knowledge::{FrequencyClass, Knowledge, Level, Problem, check};
use std::collections::BTreeSet;

/// What is planted, and of which kind the problem is that must be found.
type Plant = (&'static str, &'static str, fn(&mut Knowledge));

/// Every kind of problem; a kind that is added later does not compile until it is named here.
fn kind(problem: &Problem) -> String {
    match problem {
        Problem::Twice { what, .. } => format!("{what} twice"),
        Problem::NoId(_) => "no id".to_owned(),
        Problem::Unknown { what, .. } => format!("unknown {what}"),
        Problem::NoSource(_) => "condition without source".to_owned(),
        Problem::NotASource(_) => "incomplete source".to_owned(),
        Problem::NoQuestion(_) => "finding without question".to_owned(),
        Problem::Unused(_) => "finding nobody uses".to_owned(),
        Problem::Unreachable { why, .. } => format!("unreachable: {why}"),
        Problem::NoRedFlag(_) => "emergency without red flag".to_owned(),
        Problem::EmptyRedFlag(_) => "red flag on nothing".to_owned(),
        Problem::IdleRedFlag(_) => "red flag without urgency".to_owned(),
        Problem::Threshold(_) => "threshold".to_owned(),
        Problem::NoSafetyNet(_) => "no safety net".to_owned(),
        Problem::Model(_) => "no model".to_owned(),
    }
}

const KINDS: [&str; 23] = [
    "no id",
    "source twice",
    "finding twice",
    "condition twice",
    "red flag twice",
    "unknown source",
    "unknown finding",
    "unknown condition",
    "unknown part",
    "unknown complaint",
    "unknown finding or condition",
    "condition without source",
    "incomplete source",
    "finding without question",
    "finding nobody uses",
    "unreachable: fewer than three findings speak for it",
    "unreachable: it needs one prior without a band",
    "unreachable: its own frequent findings do not bring it among the first",
    "emergency without red flag",
    "red flag on nothing",
    "red flag without urgency",
    "threshold",
    "no safety net",
];

const PLANTS: &[Plant] = &[
    ("a source listed again", "source twice", |all| all.sources.push(all.sources[0].clone())),
    ("a finding listed again", "finding twice", |all| all.findings.push(all.findings[0].clone())),
    ("a condition listed again", "condition twice", |all| all.conditions.push(all.conditions[0].clone())),
    ("a red flag listed again", "red flag twice", |all| all.red_flags.push(all.red_flags[0].clone())),
    ("a heading taken for a condition", "no id", |all| all.conditions[0].id = "# Hearts".into()),
    ("a condition without source", "condition without source", |all| all.conditions[0].sources.clear()),
    ("a condition with hearsay", "unknown source", |all| all.conditions[0].sources = vec!["hearsay".into()]),
    ("a frequency from hearsay", "unknown source", |all| {
        all.conditions[3].findings[0].source = "hearsay".into();
    }),
    ("a frequency without source", "unknown source", |all| all.conditions[3].findings[0].source.clear()),
    ("advice from hearsay", "unknown source", |all| all.conditions[3].advice.sources.push("hearsay".into())),
    ("a red flag from hearsay", "unknown source", |all| all.red_flags[3].source = "hearsay".into()),
    ("a red flag without source", "unknown source", |all| all.red_flags[3].source.clear()),
    ("a source without a title", "incomplete source", |all| all.sources[0].title.clear()),
    ("a source without an issuer", "incomplete source", |all| all.sources[0].issuer.clear()),
    ("a source of no year", "incomplete source", |all| all.sources[0].year = 0),
    ("a condition with telepathy", "unknown finding", |all| {
        all.conditions[5].findings[0].id = "telepathy".into();
    }),
    ("a finding that is a kind of telepathy", "unknown finding", |all| {
        all.findings[0].is_a.push("telepathy".into());
    }),
    ("a red flag on telepathy", "unknown finding", |all| all.red_flags[0].all.push("telepathy".into())),
    ("a red flag unless telepathy", "unknown finding", |all| all.red_flags[0].none.push("telepathy".into())),
    ("words that mean telepathy", "unknown finding", |all| {
        all.words.composes[0].finding.push("telepathy".into());
    }),
    ("wellness without telepathy", "unknown finding", |all| {
        all.words.wells[0].absent.push("telepathy".into());
    }),
    ("what follows is telepathy", "unknown finding", |all| {
        all.words.derives[0].finding = "telepathy".into();
    }),
    ("the pregnant have telepathy", "unknown finding", |all| {
        all.words.of_person[0].finding = "telepathy".into();
    }),
    ("a red flag for the vapours", "unknown condition", |all| {
        all.red_flags[0].suspects.push("vapours".into());
    }),
    ("words of no part", "unknown part", |all| all.words.composes[0].part.push("wing".into())),
    ("words of no complaint", "unknown complaint", |all| all.words.composes[0].complaint.push("glee".into())),
    ("a contraindication in the vapours", "unknown finding or condition", |all| {
        let with = all.conditions.iter_mut().find(|one| !one.advice.contraindications.is_empty());
        with.unwrap().advice.contraindications[0].when = "vapours".into();
    }),
    ("a finding that nobody can be asked", "finding without question", |all| {
        all.findings[0].question.clear();
    }),
    ("a finding that nobody uses", "finding nobody uses", |all| {
        let mut spare = all.findings[0].clone();
        spare.id = "zz_spare".into();
        spare.is_a.clear();
        all.findings.push(spare);
    }),
    ("one finding only", "unreachable: fewer than three findings speak for it", |all| {
        all.conditions[7].findings.truncate(1);
    }),
    ("no finding that speaks for it", "unreachable: fewer than three findings speak for it", |all| {
        all.conditions[7].findings.iter_mut().for_each(|one| one.frequency = FrequencyClass::Never);
    }),
    ("no prior", "unreachable: it needs one prior without a band", |all| all.conditions[7].priors.clear()),
    ("a rare double", "unreachable: its own frequent findings do not bring it among the first", |all| {
        let cold = all.conditions.iter().find(|one| one.id == "common_cold").unwrap().clone();
        for double in 0..6 {
            all.conditions.push(decision::knowledge::Condition { id: format!("a{double}"), ..cold.clone() });
        }
    }),
    ("an emergency that no red flag points at", "emergency without red flag", |all| {
        all.red_flags.iter_mut().for_each(|flag| flag.suspects.retain(|id| id != "acute_appendicitis"));
    }),
    ("a red flag on nothing", "red flag on nothing", |all| {
        all.red_flags[0].all.clear();
        all.red_flags[0].any.clear();
    }),
    ("a red flag that can wait", "red flag without urgency", |all| {
        all.red_flags[0].level = Level::Appointment;
    }),
    ("a vital sign without a threshold", "threshold", |all| {
        all.findings.iter_mut().find(|one| one.id == "v_temp_38").unwrap().vital = None;
    }),
    ("a symptom with a threshold", "threshold", |all| {
        let threshold = all.findings.iter().find_map(|one| one.vital);
        all.findings.iter_mut().find(|one| one.id == "cough").unwrap().vital = threshold;
    }),
    ("care at home without a safety net", "no safety net", |all| {
        let cold = all.conditions.iter_mut().find(|one| one.id == "common_cold").unwrap();
        cold.advice.safety_net.clear();
    }),
    ("a finding that implies itself", "no model", |all| {
        let id = all.findings[0].id.clone();
        all.findings[0].is_a.push(id);
    }),
    ("no condition", "no model", |all| all.conditions.clear()),
];

#[test]
fn the_knowledge_holds_together() {
    assert_eq!(check(advisor().knowledge()), Vec::new());
}

#[test]
fn an_error_of_each_kind_is_refused() {
    let mut found = BTreeSet::new();
    for (what, wanted, plant) in PLANTS {
        let mut knowledge = advisor().knowledge().clone();
        plant(&mut knowledge);
        knowledge.sort();
        let kinds: Vec<String> = check(&knowledge).iter().map(kind).collect();
        assert!(kinds.iter().any(|kind| kind == wanted), "{what} is not refused as {wanted}: {kinds:?}");
        found.insert(*wanted);
    }
    let all: BTreeSet<&str> = KINDS.into_iter().chain(["no model"]).collect();
    assert_eq!(found, all, "a kind of problem is never planted");
}
