//! The check finds what is wrong, one planted error after the other, and nothing in the knowledge as it is.

use super::load::knowledge;
use decision::knowledge::{FrequencyClass, Knowledge, Level, Problem, check};

#[track_caller]
fn refuses(plant: impl FnOnce(&mut Knowledge), is_it: impl Fn(&Problem) -> bool) {
    let mut knowledge = knowledge();
    plant(&mut knowledge);
    knowledge.sort();
    let problems = check(&knowledge);
    assert!(problems.iter().any(is_it), "{problems:?}");
}

#[test]
fn the_knowledge_holds_together() {
    assert_eq!(check(&knowledge()), Vec::new());
}

#[test]
fn a_condition_without_source_is_refused() {
    refuses(|all| all.conditions[0].sources.clear(), |problem| matches!(problem, Problem::NoSource(_)));
}

#[test]
fn a_source_that_is_not_listed_is_refused() {
    refuses(
        |all| all.conditions[3].findings[0].source = "hearsay".to_owned(),
        |problem| matches!(problem, Problem::Unknown { what: "source", id, .. } if id == "hearsay"),
    );
    refuses(
        |all| all.red_flags[3].source = "hearsay".to_owned(),
        |problem| matches!(problem, Problem::Unknown { what: "source", id, .. } if id == "hearsay"),
    );
}

#[test]
fn an_unknown_finding_or_condition_is_refused() {
    refuses(
        |all| all.conditions[5].findings[0].id = "telepathy".to_owned(),
        |problem| matches!(problem, Problem::Unknown { what: "finding", .. }),
    );
    refuses(
        |all| all.red_flags[0].suspects.push("vapours".to_owned()),
        |problem| matches!(problem, Problem::Unknown { what: "condition", .. }),
    );
}

#[test]
fn a_finding_that_nobody_uses_is_refused() {
    refuses(
        |all| {
            let mut spare = all.findings[0].clone();
            spare.id = "zz_spare".to_owned();
            spare.is_a.clear();
            all.findings.push(spare);
        },
        |problem| *problem == Problem::Unused("zz_spare".to_owned()),
    );
}

#[test]
fn a_condition_that_cannot_be_reached_is_refused() {
    refuses(
        |all| all.conditions[7].findings.truncate(1),
        |problem| matches!(problem, Problem::Unreachable { .. }),
    );
    refuses(
        |all| all.conditions[7].findings.iter_mut().for_each(|one| one.frequency = FrequencyClass::Never),
        |problem| matches!(problem, Problem::Unreachable { .. }),
    );
    refuses(|all| all.conditions[7].priors.clear(), |problem| matches!(problem, Problem::Unreachable { .. }));
}

#[test]
fn an_emergency_without_a_red_flag_is_refused() {
    refuses(
        |all| {
            for flag in &mut all.red_flags {
                flag.suspects.retain(|id| id != "acute_appendicitis");
            }
        },
        |problem| *problem == Problem::NoRedFlag("acute_appendicitis".to_owned()),
    );
}

#[test]
fn a_red_flag_on_nothing_or_without_urgency_is_refused() {
    refuses(
        |all| {
            all.red_flags[0].all.clear();
            all.red_flags[0].any.clear();
        },
        |problem| matches!(problem, Problem::EmptyRedFlag(_)),
    );
    refuses(
        |all| all.red_flags[0].level = Level::Appointment,
        |problem| matches!(problem, Problem::IdleRedFlag(_)),
    );
}

#[test]
fn an_id_that_is_there_twice_is_refused() {
    refuses(
        |all| {
            let again = all.conditions[0].clone();
            all.conditions.push(again);
        },
        |problem| matches!(problem, Problem::Twice { what: "condition", .. }),
    );
}

#[test]
fn a_vital_finding_without_a_threshold_is_refused() {
    refuses(
        |all| all.findings.iter_mut().find(|one| one.id == "v_temp_38").unwrap().vital = None,
        |problem| matches!(problem, Problem::Threshold(_)),
    );
}

#[test]
fn care_at_home_without_a_safety_net_is_refused() {
    refuses(
        |all| {
            let cold = all.conditions.iter_mut().find(|one| one.id == "common_cold").unwrap();
            cold.advice.safety_net.clear();
        },
        |problem| matches!(problem, Problem::NoSafetyNet(_)),
    );
}
