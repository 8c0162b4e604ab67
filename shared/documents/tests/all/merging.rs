//! Laws of merging: any order gives the same reading, and nobody's entry is lost.

use crate::sample::at;
use automerge::Automerge;
use documents::{
    Kind, Plan, ProblemKind, Voided, WriteError, author, load, open, read_person, read_record, write,
};
use domain::people::{Address, KeyGroup};
use proptest::prelude::*;

/// What one of three people does on a tablet of their own.
#[derive(Debug, Clone)]
enum Deed {
    Visit,
    Void(usize),
    Allergy,
    Medicine,
    End(usize),
    /// Receives what another has.
    Receive(usize),
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let deed = prop_oneof![
        4 => Just(Deed::Visit),
        2 => (0_usize..8).prop_map(Deed::Void),
        1 => Just(Deed::Allergy),
        1 => Just(Deed::Medicine),
        1 => (0_usize..4).prop_map(Deed::End),
        3 => (0_usize..3).prop_map(Deed::Receive),
    ];
    prop::collection::vec((0_usize..3, deed), 1..24)
}

/// Plays `deeds` on three tablets; returns them with the visits recorded and voided.
fn play(deeds: &[(usize, Deed)]) -> (Vec<Automerge>, Vec<String>, Vec<String>) {
    let mut tablets: Vec<Automerge> = (0..3).map(|_| open(Kind::Record).unwrap()).collect();
    let (mut visits, mut voided) = (Vec::new(), Vec::new());
    for (minute, (who, deed)) in deeds.iter().enumerate() {
        let now = at(i64::try_from(minute).unwrap());
        let by = author(&format!("doctor{who}"));
        let doc = &mut tablets[*who];
        let id = format!("e{minute}");
        match deed {
            Deed::Visit => {
                let visit = crate::sample::visit(&id, 0, (120 + u16::try_from(minute).unwrap(), 80));
                write(doc, &by, now, |tx| tx.record_visit(&visit)).unwrap();
                visits.push(id);
            }
            Deed::Void(which) => {
                let Some(visit) = visits.get(*which) else { continue };
                let void = Voided { reason: format!("reason {who}"), by: "d".into(), at: now };
                if write(doc, &by, now, |tx| tx.void_visit(visit, &void)).is_ok() {
                    voided.push(visit.clone());
                }
            }
            Deed::Allergy => {
                let allergy = documents::Allergy { id: id.into(), ..Default::default() };
                write(doc, &by, now, |tx| tx.add_allergy(&allergy)).unwrap();
            }
            Deed::Medicine => {
                let medication = documents::Medication { id: "m".into(), ..Default::default() };
                let _ = write(doc, &by, now, |tx| tx.add_medication(&medication));
            }
            Deed::End(days) => {
                let until = now.date().add_days(i64::try_from(*days).unwrap());
                let _ = write(doc, &by, now, |tx| tx.end_medication("m", until));
            }
            Deed::Receive(from) if from != who => {
                let mut other = tablets[*from].clone();
                tablets[*who].merge(&mut other).unwrap();
            }
            Deed::Receive(_) => {}
        }
    }
    (tablets, visits, voided)
}

fn merged(tablets: &[Automerge], order: [usize; 3]) -> Automerge {
    let mut doc = open(Kind::Record).unwrap();
    for index in order {
        doc.merge(&mut tablets[index].clone()).unwrap();
    }
    doc
}

/// Two tablets with one visit, apart from then on.
fn apart() -> (Automerge, Automerge) {
    let mut one = open(Kind::Record).unwrap();
    let visit = crate::sample::visit("v", 0, (152, 96));
    write(&mut one, &author("doctor0"), at(0), |tx| tx.record_visit(&visit)).unwrap();
    let other = load(&one.save()).unwrap();
    (one, other)
}

fn plan(note: &str) -> Plan {
    let next = Some(at(0).date().add_days(7));
    Plan { next, note: note.into(), ..Plan::default() }
}

#[test]
fn voided_here_and_planned_anew_there_the_void_stands_and_the_plan_is_kept() {
    let (mut one, mut other) = apart();
    let void = Voided { reason: "wrong_person".into(), by: "doctor0".into(), at: at(1) };
    write(&mut one, &author("doctor0"), at(1), |tx| tx.void_visit("v", &void)).unwrap();
    write(&mut other, &author("nurse"), at(2), |tx| tx.replan_visit("v", &plan("带药盒来"))).unwrap();
    one.merge(&mut other).unwrap();
    let (record, problems) = read_record(&one);
    assert_eq!(problems, []);
    let visit = &record.visits[0];
    assert_eq!(visit.voided.as_ref(), Some(&void));
    assert_eq!(visit.plan, plan("带药盒来"));
    assert_eq!(record.standing_visits().count(), 0);
    let refused = write(&mut one, &author("nurse"), at(3), |tx| tx.replan_visit("v", &plan("")));
    assert!(matches!(refused, Err(WriteError::Voided)));
}

#[test]
fn one_visit_planned_anew_by_two_keeps_both_plans_with_authors_and_times() {
    let (mut one, mut other) = apart();
    write(&mut one, &author("doctor0"), at(1), |tx| tx.replan_visit("v", &plan("一"))).unwrap();
    write(&mut other, &author("nurse"), at(2), |tx| tx.replan_visit("v", &plan("二"))).unwrap();
    one.merge(&mut other).unwrap();
    let problems = read_record(&one).1;
    assert_eq!(problems[0].place, ["visits", "v", "plan"]);
    let ProblemKind::Conflict(values) = &problems[0].kind else { panic!("{problems:?}") };
    let mut seen: Vec<_> =
        values.iter().map(|found| (found.value["note"].clone(), found.author.clone(), found.at)).collect();
    seen.sort_by_key(|(_, _, at)| *at);
    let hex = |name: &str| Some(author(name).to_hex_string());
    assert_eq!(seen, [("一".into(), hex("doctor0"), Some(at(1))), ("二".into(), hex("nurse"), Some(at(2)))]);
    // Whoever writes it once more has settled it.
    write(&mut one, &author("doctor0"), at(3), |tx| tx.replan_visit("v", &plan("三"))).unwrap();
    assert_eq!(read_record(&one).1, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_merge_order_gives_equal_readings_and_loses_nothing(deeds in deeds()) {
        let (tablets, visits, voided) = play(&deeds);
        let one = merged(&tablets, [0, 1, 2]);
        let read = read_record(&one);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let other = merged(&tablets, order);
            prop_assert_eq!(&read_record(&other).0, &read.0);
            prop_assert_eq!(read_record(&other).1.len(), read.1.len());
            prop_assert_eq!(other.get_heads(), one.get_heads());
        }
        prop_assert_eq!(&read_record(&load(&one.save()).unwrap()).0, &read.0);
        prop_assert_eq!(read.0.visits.len(), visits.len());
        // A void beats nothing but its own visit, whoever else wrote meanwhile.
        for visit in &read.0.visits {
            let void = voided.iter().any(|id| id == visit.id.as_str());
            prop_assert_eq!(visit.voided.is_some(), void);
            prop_assert_eq!(visit.pressures.len(), 1);
        }
    }

    #[test]
    fn a_person_merges_whole_whoever_registers_first(
        names in prop::collection::vec("[赵钱孙李][一-九]{1,2}", 2..4), turn in 0_usize..3,
    ) {
        let tablets: Vec<Automerge> = names.iter().enumerate().map(|(index, name)| {
            let mut resident = crate::sample::resident();
            resident.name.clone_from(name);
            resident.address = Address { village: name.clone(), detail: String::new() };
            resident.key_groups = vec![KeyGroup::KNOWN[index].clone()];
            let mut doc = open(Kind::Person).unwrap();
            let by = author(&format!("doctor{index}"));
            write(&mut doc, &by, at(0), |tx| tx.create_person(&resident)).unwrap();
            doc
        }).collect();
        let join = |order: &[usize]| {
            let mut doc = open(Kind::Person).unwrap();
            for index in order {
                doc.merge(&mut tablets[*index].clone()).unwrap();
            }
            read_person(&doc)
        };
        let mut order: Vec<usize> = (0..tablets.len()).collect();
        let (person, problems) = join(&order);
        order.rotate_left(turn % tablets.len());
        prop_assert_eq!(&join(&order).0, &person);
        prop_assert!(names.contains(&person.name));
        prop_assert_eq!(person.key_groups.len(), tablets.len(), "groups add up");
        let mut different = names.clone();
        different.sort();
        different.dedup();
        prop_assert_eq!(problems.len(), if different.len() > 1 { 2 } else { 0 });
    }
}
