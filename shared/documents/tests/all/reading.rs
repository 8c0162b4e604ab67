//! Documents as the app writes and reads them.

use std::{fs, path::Path};

use crate::sample::{DOCTOR, KEY, at, put};
use automerge::{Automerge, ROOT, ReadDoc, transaction::Transactable};
use documents::{
    Kind, ProblemKind, ResidentDocuments, ReviewVerdict, SUMMARY_VERSION, Voided, WriteError, author,
    document_id, load, make_room, open, read_activity, read_catalog, read_person, read_prescriptions,
    read_record, read_reviews, read_rules, read_rulings, subject, summarise, write, year_key,
};
use domain::base::{Glucose, Timestamp, WorkPoints};
use domain::care::{AdverseReaction, CareRules, Disease, DueKind, FollowUpInput, diabetes_follow_up};
use domain::measurements::{GlucoseFindings, GlucoseReading, GlucoseTiming, Pressure, Urgency};
use domain::people::{Address, Identity, KeyGroup, matches};
use domain::rules::Shelf;
use domain::work_points::Verdict;
use serde_json::Value;

fn heads(doc: &Automerge) -> Vec<String> {
    doc.get_heads().iter().map(ToString::to_string).collect()
}

fn listed(path: &str) -> Vec<(String, Vec<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = fs::read_to_string(path).unwrap();
    let hashes = text.lines().filter(|line| !line.starts_with('#') && line.contains(" = ["));
    hashes
        .map(|line| {
            let (kind, list) = line.split_once(" = ").unwrap();
            (kind.to_owned(), serde_json::from_str(list).unwrap())
        })
        .collect()
}

#[test]
fn genesis_is_frozen_by_hash_and_the_server_knows_it() {
    let ours = listed("genesis/hashes.toml");
    let server = listed("../../server/data/genesis.toml");
    assert_eq!(ours.len(), Kind::ALL.len());
    for kind in Kind::ALL {
        let hashes = &ours.iter().find(|(name, _)| name == kind.as_str()).unwrap().1;
        let doc = open(kind).unwrap();
        let mut frozen = heads(&doc);
        for (map, _) in kind.upgrades() {
            let mut doc = open(kind).unwrap();
            make_room(&mut doc, kind, map).unwrap();
            frozen.extend(heads(&doc));
        }
        assert_eq!(&frozen, hashes, "{kind}");
        assert_eq!(doc.get_authors().len(), 0);
        let known = &server.iter().find(|(name, _)| name == kind.as_str()).expect("the server lists it").1;
        assert!(hashes.iter().all(|hash| known.contains(hash)), "{kind}");
        for map in kind.maps() {
            assert!(doc.get(ROOT, *map).unwrap().is_some_and(|(value, _)| value.is_object()));
        }
    }
}

#[test]
fn ids_subjects_and_authors_are_the_same_on_every_device() {
    let number = "11010519491231002X";
    assert_eq!(hex::encode(document_id(&KEY, Kind::Person, number)), "6ef17a499250337baa5c0a8ef4af70b9");
    assert_eq!(subject(&KEY, number).as_str(), "318efa6a917ffe8f8df1");
    assert_eq!(author("zhang.wei").to_hex_string(), "e13fe870f9b9f2608f51ad0b3cb23924");
    assert_eq!(year_key(&"zhang.wei".into(), 2026), "zhang.wei/2026");
    assert_ne!(document_id(&KEY, Kind::Person, number), document_id(&KEY, Kind::Record, number));
    assert_ne!(document_id(&KEY, Kind::Person, number), document_id(&[8; 32], Kind::Person, number));
}

#[test]
fn what_is_written_is_read_without_problems() {
    for (kind, doc) in crate::sample::all() {
        let again = load(&doc.save()).unwrap();
        let (read, problems) = crate::view::view(kind, &again);
        assert_eq!(problems, [], "{kind}");
        assert_eq!(read, crate::view::view(kind, &doc).0);
    }
    assert_eq!(read_person(&crate::sample::person()).0, crate::sample::resident());
    let record = read_record(&crate::sample::record()).0;
    assert_eq!(record.visits[0], crate::sample::visit("visit1", 15, (152, 96)));
    assert_eq!(record.contracts[1].contract, crate::sample::contract());
    assert_eq!(record.contracts[1].signatures.len(), 2);
    assert_eq!(record.contracts[0].contract.terminated.as_ref().unwrap().reason, "换团队");
    assert_eq!(read_catalog(&crate::sample::catalog()).0.offered().len(), 4);
    assert_eq!(read_rules(&crate::sample::rules()).0.county_key, Some(KEY));
}

#[test]
fn each_load_writes_as_one_actor_whose_first_change_names_the_author() {
    let mut doc = crate::sample::record();
    let before = doc.get_heads();
    put(&mut doc, 30, |tx| tx.record_visit(&crate::sample::visit("visit3", 30, (130, 80))));
    let mut loaded = load(&doc.save()).unwrap();
    put(&mut loaded, 40, |tx| tx.record_visit(&crate::sample::visit("visit4", 40, (130, 80))));
    put(&mut loaded, 50, |tx| tx.record_visit(&crate::sample::visit("visit5", 50, (130, 80))));
    let changes = loaded.get_changes(&before);
    let first: Vec<(u64, bool, i64)> =
        changes.iter().map(|c| (c.seq(), c.author() == Some(author(DOCTOR)), c.timestamp())).collect();
    let time = |minutes| at(minutes).0 / 1000;
    assert_eq!(first[0].0, 12, "the same load goes on with its actor");
    assert_eq!(first[1..], [(1, true, time(40)), (2, false, time(50))]);
}

#[test]
fn another_account_on_the_same_document_gets_its_own_actor() {
    let mut doc = crate::sample::record();
    let before = doc.get_heads();
    let visit = crate::sample::visit("visit3", 30, (130, 80));
    write(&mut doc, &author("li.na"), at(30), |tx| tx.record_visit(&visit)).unwrap();
    let change = &doc.get_changes(&before)[0];
    assert_eq!((change.seq(), change.author()), (1, Some(author("li.na"))));
}

#[test]
fn a_write_that_fails_changes_nothing() {
    let mut doc = crate::sample::record();
    let before = (heads(&doc), doc.save());
    let result = write(&mut doc, &author(DOCTOR), at(30), |tx| {
        tx.record_visit(&crate::sample::visit("visit9", 30, (130, 80)))?;
        tx.record_visit(&crate::sample::visit("visit1", 30, (130, 80)))
    });
    assert!(matches!(result, Err(WriteError::Exists)));
    assert_eq!((heads(&doc), doc.save()), before);
    put(&mut doc, 31, |tx| tx.record_visit(&crate::sample::visit("visit9", 30, (130, 80))));
    assert_eq!(read_record(&load(&doc.save()).unwrap()).0.visits.len(), 3);
}

#[test]
fn writing_what_is_there_already_makes_no_change() {
    let mut doc = crate::sample::catalog();
    let team = read_catalog(&doc).0.teams[&"team1".into()].clone();
    let written = write(&mut doc, &author(DOCTOR), at(9), |tx| tx.set_team_entry(&team)).unwrap();
    assert_eq!(written.change, None);
    let mut doc = crate::sample::activity();
    let written =
        write(&mut doc, &author(DOCTOR), at(9), |tx| tx.claim(&crate::sample::claim("visit1"))).unwrap();
    assert_eq!(written.change, None, "a visit can claim but once");
    let mut doc = crate::sample::prescriptions();
    let written = write(&mut doc, &author(DOCTOR), at(9), |tx| {
        tx.submit_prescription(&crate::sample::case("visit1", 15))?;
        tx.mark_review_read(&documents::ReviewRead { review: "review1".into(), at: at(9) })
    });
    assert_eq!(written.unwrap().change, None, "a visit is submitted but once");
}

#[test]
fn a_verb_of_another_kind_is_refused() {
    let mut doc = crate::sample::person();
    let visit = crate::sample::visit("visit1", 15, (152, 96));
    let result = write(&mut doc, &author(DOCTOR), at(0), |tx| tx.record_visit(&visit));
    assert!(matches!(result, Err(WriteError::WrongKind("visits"))));
    assert!(matches!(open("pets"), Err(WriteError::NoSuchKind)));
    let (record, problems) = read_record(&doc);
    assert!(record.visits.is_empty() && problems[0].kind == ProblemKind::NotThisKind);
}

#[test]
fn void_reject_and_terminate_need_a_reason() {
    let void = Voided { reason: " ".into(), by: DOCTOR.into(), at: at(0) };
    let result =
        write(&mut crate::sample::record(), &author(DOCTOR), at(0), |tx| tx.void_visit("visit1", &void));
    assert!(matches!(result, Err(WriteError::NoReason)));
    let mut ruling = crate::sample::ruling("r", Verdict::Rejected, 0);
    ruling.reason.clear();
    let result = write(&mut crate::sample::rulings(), &author(DOCTOR), at(0), |tx| tx.rule(&ruling));
    assert!(matches!(result, Err(WriteError::NoReason)));
    ruling.verdict = Verdict::Accepted;
    assert!(write(&mut crate::sample::rulings(), &author(DOCTOR), at(0), |tx| tx.rule(&ruling)).is_ok());
}

#[test]
fn a_review_needs_a_reason_unless_it_agrees_and_so_does_taking_a_case_back() {
    let review = |verdict, reason: &str| {
        let said = documents::Review { reason: reason.into(), ..crate::sample::review("r", verdict, 0) };
        write(&mut crate::sample::reviews(), &author(DOCTOR), at(0), |tx| tx.review(&said)).map(drop)
    };
    for verdict in [ReviewVerdict::Advised, ReviewVerdict::Refused, ReviewVerdict::from("of_a_newer_app")] {
        assert!(matches!(review(verdict.clone(), " "), Err(WriteError::NoReason)), "{verdict}");
        assert!(review(verdict, "换药").is_ok());
    }
    assert!(review(ReviewVerdict::Agreed, "").is_ok());
    let withdraw = |case: &str, reason: &str| {
        let withdrawal = domain::work_points::Withdrawal { reason: reason.into(), at: at(0) };
        let mut doc = crate::sample::prescriptions();
        write(&mut doc, &author(DOCTOR), at(0), |tx| tx.withdraw_prescription(case, &withdrawal)).map(drop)
    };
    assert!(matches!(withdraw("visit1", ""), Err(WriteError::NoReason)));
    assert!(matches!(withdraw("visit9", "填错了"), Err(WriteError::NoSuchEntry)));
    assert!(withdraw("visit1", "填错了").is_ok());
}

#[test]
fn a_later_review_counts_and_a_case_taken_back_stays_readable() {
    let reviews = read_reviews(&crate::sample::reviews()).0;
    let verdicts: Vec<&str> = reviews.iter().map(|review| review.verdict.as_str()).collect();
    assert_eq!(verdicts, ["refused", "advised"]);
    let prescriptions = read_prescriptions(&crate::sample::prescriptions()).0;
    assert_eq!(prescriptions.cases[0], crate::sample::case("visit1", 15));
    assert_eq!(prescriptions.cases[1].withdrawn.as_ref().unwrap().reason, "选错了人");
    assert_eq!(prescriptions.read[0].review.as_str(), "review1");
}

#[test]
fn a_voided_visit_stays_readable_and_counts_for_nothing() {
    let (record, _) = read_record(&crate::sample::record());
    assert_eq!(record.visits.len(), 2);
    assert_eq!(record.standing_visits().count(), 1);
    assert!(record.services().iter().any(|service| service.voided));
    let standing = record.standing_visits().next().unwrap();
    let last = standing.as_last(&Disease::Hypertension).unwrap();
    assert!(!last.referred && last.agreed == Some(last.next_due.add_days(-1)));
    let before = record.previous_follow_up(&Disease::Hypertension, at(0).date()).unwrap();
    assert_eq!(before.control.as_str(), "uncontrolled");
    assert_eq!(record.previous_follow_up(&Disease::Diabetes, at(0).date()), None);
}

#[test]
fn two_offline_registrations_meet_and_show_what_differs() {
    let (mut ours, mut theirs) = (crate::sample::person(), open(Kind::Person).unwrap());
    let mut other = crate::sample::resident();
    other.phone = Some("13900139000".into());
    let write = write(&mut theirs, &author("li.na"), at(3), |tx| tx.create_person(&other));
    write.unwrap();
    ours.merge(&mut theirs).unwrap();
    let (person, problems) = read_person(&ours);
    assert_eq!(person.name, "杨秀英");
    assert_eq!(problems.len(), 1, "equal values are no conflict: {problems:?}");
    let ProblemKind::Conflict(values) = &problems[0].kind else { panic!("{problems:?}") };
    assert_eq!(problems[0].place, ["person", "phone"]);
    let mut phones: Vec<(&str, String, Timestamp)> = values
        .iter()
        .map(|value| (value.value.as_str().unwrap(), value.author.clone().unwrap(), value.at.unwrap()))
        .collect();
    phones.sort();
    assert_eq!(
        phones,
        [
            ("13800138000", author(DOCTOR).to_hex_string(), at(0)),
            ("13900139000", author("li.na").to_hex_string(), at(3)),
        ]
    );
    assert_eq!(values.iter().filter(|value| value.shown).count(), 1);
    // Choosing settles it, even when the value chosen is the one shown.
    let shown = person.phone.clone();
    put(&mut ours, 9, |tx| tx.update_contact(shown.as_deref(), &person.address));
    assert_eq!(read_person(&ours).1, []);
}

#[test]
fn different_fields_changed_apart_merge_by_themselves() {
    let mut ours = crate::sample::person();
    let mut theirs = load(&ours.save()).unwrap();
    let resident = crate::sample::resident();
    put(&mut ours, 1, |tx| tx.update_contact(Some("13700137000"), &resident.address));
    let moved = Address { village: "普威村".into(), detail: String::new() };
    let phone = resident.phone.as_deref();
    write(&mut theirs, &author("li.na"), at(2), |tx| tx.update_contact(phone, &moved)).unwrap();
    ours.merge(&mut theirs).unwrap();
    let (person, problems) = read_person(&ours);
    assert_eq!(problems, []);
    assert_eq!((person.phone.as_deref(), person.address), (Some("13700137000"), moved));
}

#[test]
fn unknown_values_and_fields_survive_reading_and_writing() {
    let mut doc = crate::sample::person();
    let mut tx = doc.transaction();
    let (_, person) = tx.get(ROOT, "person").unwrap().unwrap();
    tx.put(&person, "sex", "unsaid").unwrap();
    tx.put(&person, "blood_group", "AB").unwrap();
    tx.put(&person, "identity", br#"{"kind":"passport","number":"E1"}"#.to_vec()).unwrap();
    tx.put(&person, "birth_date", "about 1949").unwrap();
    let (_, groups) = tx.get(ROOT, "key_groups").unwrap().unwrap();
    tx.put(&groups, "long_covid", true).unwrap();
    tx.commit();
    let (read, problems) = read_person(&doc);
    assert_eq!((problems.len(), problems[0].place.join("/").as_str()), (1, "person/birth_date"));
    assert_eq!((read.sex.as_str(), &read.identity), ("unsaid", &Identity::Unknown));
    assert!(read.key_groups.iter().any(|group| group.as_str() == "long_covid"));
    put(&mut doc, 9, |tx| tx.create_person(&read));
    let again = load(&doc.save()).unwrap();
    assert_eq!(read_person(&again).0, read);
    let kept = |field| again.get(&person, field).unwrap().unwrap().0;
    assert_eq!(kept("blood_group").as_str(), Some("AB"));
    assert_eq!(kept("birth_date").as_str(), Some("about 1949"));
    assert!(kept("identity").as_bytes().unwrap().starts_with(br#"{"kind":"passport""#));
}

#[test]
fn one_bad_field_or_record_hides_no_other() {
    let mut doc = crate::sample::record();
    put(&mut doc, 30, |tx| tx.record_visit(&crate::sample::visit("visit3", 30, (130, 80))));
    let mut tx = doc.transaction();
    let (_, visits) = tx.get(ROOT, "visits").unwrap().unwrap();
    let (_, visit) = tx.get(&visits, "visit3").unwrap().unwrap();
    tx.put(&visit, "pulse", "fast").unwrap();
    tx.put(&visits, "visit4", "not a visit").unwrap();
    let (_, visit) = tx.get(&visits, "visit2").unwrap().unwrap();
    tx.put(&visit, "pressures", vec![1, 2]).unwrap();
    let (_, allergies) = tx.get(ROOT, "allergies").unwrap().unwrap();
    tx.delete(ROOT, "conditions").unwrap();
    tx.put(&allergies, "allergy2", 3).unwrap();
    tx.commit();
    let (record, problems) = read_record(&doc);
    assert_eq!(record.visits.len(), 3);
    assert_eq!((record.visits[2].pulse, record.visits[2].weight), (None, Some(61_500)));
    assert_eq!(record.allergies.len(), 1);
    let mut places: Vec<String> = problems.iter().map(|problem| problem.place.join("/")).collect();
    places.sort();
    assert_eq!(
        places,
        [
            "allergies/allergy2",
            "conditions",
            "visits/visit2/pressures",
            "visits/visit3/pulse",
            "visits/visit4"
        ]
    );
}

#[test]
fn a_published_entry_that_was_changed_is_left_out() {
    let mut doc = crate::sample::catalog();
    let mut tx = doc.transaction();
    let (_, packages) = tx.get(ROOT, "packages").unwrap().unwrap();
    let hash = tx.keys(&packages).next().unwrap();
    let (text, _) = tx.get(&packages, &hash).unwrap().unwrap();
    let dearer = text.as_str().unwrap().replace("\"price\":", "\"price\":9");
    tx.put(&packages, &hash, dearer).unwrap();
    tx.commit();
    let (catalog, problems) = read_catalog(&doc);
    assert_eq!(catalog.packages.len(), 3);
    assert_eq!(
        (problems[0].place.join("/"), &problems[0].kind),
        (format!("packages/{hash}"), &ProblemKind::Tampered)
    );
}

#[test]
fn the_county_key_is_set_once() {
    let mut doc = crate::sample::rules();
    let result = write(&mut doc, &author(DOCTOR), at(0), |tx| tx.set_county_key(&[9; 32]));
    assert!(matches!(result, Err(WriteError::Exists)));
}

#[test]
fn a_later_ruling_counts_and_the_earlier_stays() {
    let rulings = read_rulings(&crate::sample::rulings()).0;
    let verdicts: Vec<Verdict> = rulings.into_iter().map(|ruling| ruling.verdict).collect();
    assert_eq!(verdicts, [Verdict::Adjusted { points: WorkPoints(200) }, Verdict::Accepted]);
    assert_eq!(
        read_activity(&crate::sample::activity()).0.claims[1].withdrawn.as_ref().unwrap().reason,
        "选错了人"
    );
}

#[test]
fn a_row_holds_what_lists_and_search_show() {
    let (person, record, diary) = (crate::sample::person(), crate::sample::record(), crate::sample::diary());
    let documents = ResidentDocuments {
        person: Some(&person),
        record: Some(&record),
        diary: Some(&diary),
        ..ResidentDocuments::default()
    };
    let packages = read_catalog(&crate::sample::catalog()).0.packages;
    let row = summarise(documents, &packages, CareRules::shipped().unwrap(), at(0).date());
    assert_eq!((row.name.as_str(), row.initials.as_str(), row.id_tail.as_str()), ("杨秀英", "yxy", "002X"));
    assert!(["yx", "秀英", "8000", "002x"].iter().all(|query| matches(query, &row.search_row())));
    assert_eq!(row.allergies, ["青霉素"]);
    assert_eq!(row.pressures, [(at(0).date(), Pressure::new(152, 96).unwrap())]);
    assert_eq!(row.urgency, Some(Urgency::Appointment));
    assert_eq!(
        row.overridden,
        ["visit1".into(), "visit2".into()],
        "a voided one may have been reviewed before"
    );
    let contract = row.contract.clone().unwrap();
    assert_eq!((contract.id.as_str(), contract.owed, contract.given), ("contract1", 5, 1));
    assert_eq!(contract.titles, ["高血压服务包"]);
    assert_eq!(row.due.as_ref().unwrap().date, at(0).date().add_days(13));
    assert_eq!(row.home.as_ref().unwrap().urgency, Urgency::SelfCare);
    assert_eq!((row.due_for.clone(), row.glucose.clone()), (Disease::Hypertension, None));
    assert_eq!((row.conflicts, SUMMARY_VERSION), (0, 4));
    let stored = serde_json::to_string(&row).unwrap();
    assert_eq!(serde_json::from_str::<documents::Summary>(&stored).unwrap(), row);
    assert!(stored.len() < 2_000, "{} bytes", stored.len());
}

/// Tells whether `actual` says everything `expected` says; later versions may say more.
fn contains(actual: &Value, expected: &Value) -> bool {
    match (actual, expected) {
        (Value::Object(actual), Value::Object(expected)) => {
            expected.iter().all(|(key, value)| actual.get(key).is_some_and(|found| contains(found, value)))
        }
        (Value::Array(actual), Value::Array(expected)) => {
            actual.len() == expected.len() && actual.iter().zip(expected).all(|(a, e)| contains(a, e))
        }
        _ => actual == expected,
    }
}

#[test]
fn documents_of_every_version_are_still_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut read = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "automerge") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let kind = Kind::parse(name.split_once('-').unwrap().1).unwrap();
        let doc = load(&fs::read(&path).unwrap()).unwrap();
        let expected = fs::read_to_string(path.with_extension("json")).unwrap();
        let (actual, problems) = crate::view::view(kind, &doc);
        assert_eq!(problems, [], "{name}");
        assert!(contains(&actual, &serde_json::from_str(&expected).unwrap()), "{name}");
        read += 1;
    }
    assert!(read >= 7 + 9);
}

#[test]
fn with_two_diseases_the_one_due_first_is_listed_and_a_new_one_is_due_at_once() {
    let rules = CareRules::shipped().unwrap();
    let today = at(0).date();
    let mut resident = crate::sample::resident();
    resident.key_groups.push(KeyGroup::Diabetes);
    let pressure = Pressure::new(128, 78).unwrap();
    let glucose = GlucoseReading { glucose: Glucose(740), timing: GlucoseTiming::Fasting };
    let findings = GlucoseFindings {
        glucose: Some(glucose.clone()),
        pressure: Some(pressure),
        ..GlucoseFindings::default()
    };
    let (adverse_reaction, complication, previous) = (AdverseReaction::None, false, None);
    let input = FollowUpInput { findings, adverse_reaction, complication, previous };
    let mut visit = crate::sample::visit("visit3", 30, (128, 78));
    visit.plan.next = None;
    let mut doc = open(Kind::Record).unwrap();
    put(&mut doc, 30, |tx| tx.record_visit(&visit));
    let due = |doc: &Automerge| {
        let (record, problems) = read_record(doc);
        assert_eq!(problems, []);
        record.dues(&resident, today, rules)
    };
    let dues = due(&doc);
    assert_eq!((&dues[0].0, dues[0].1.kind.clone()), (&Disease::Diabetes, DueKind::First));
    assert_eq!((&dues[1].0, dues[1].1.date), (&Disease::Hypertension, today.add_days(90)));

    visit.id = "visit4".into();
    visit.glucose = Some(glucose.clone());
    visit.diabetes = Some(diabetes_follow_up(&input, rules.diabetes, today).unwrap());
    put(&mut doc, 40, |tx| tx.record_visit(&visit));
    let dues = due(&load(&doc.save()).unwrap());
    assert_eq!((&dues[0].0, dues[0].1.date), (&Disease::Diabetes, today.add_days(14)));
    let documents = ResidentDocuments { record: Some(&doc), ..ResidentDocuments::default() };
    let row = summarise(documents, &Shelf::default(), rules, today);
    assert_eq!((row.due_for, row.glucose), (Disease::Diabetes, Some((today, glucose))));
    assert_eq!(row.urgency, Some(Urgency::Appointment));
}
