//! Documents of a newer app pass through this one unharmed.

use crate::sample::{self, DOCTOR, at, put};
use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, Value, transaction::Transactable};
use documents::{
    Kind, ProblemKind, ResidentDocuments, ReviewRead, ReviewVerdict, Voided, WarningLevel, load,
    read_activity, read_catalog, read_diary, read_person, read_prescriptions, read_record, read_reviews,
    read_rulings, summarise,
};
use domain::care::CareRules;
use domain::contracts::{Termination, package_templates};
use domain::health_points::TakenBack;
use domain::measurements::Urgency;
use domain::people::Address;
use domain::rules::Shelf;
use domain::work_points::{Verdict, Withdrawal, points_templates};
use serde_json::json;

/// What a newer app wrote: object and key, the value, and the id of the write, which another write would change.
type Written = Vec<(ObjId, String, Value<'static>, ObjId)>;

fn at_places(doc: &Automerge, places: &[(ObjId, String)]) -> Written {
    let found = |(object, key): &(ObjId, String)| {
        let (value, id) = doc.get(object, key).unwrap().unwrap();
        (object.clone(), key.clone(), value.into_owned(), id)
    };
    places.iter().map(found).collect()
}

/// Adds to a document and to each entry fields, maps and lists that only a newer app knows; returns where.
fn add_unknown(doc: &mut Automerge, kind: Kind) -> Vec<(ObjId, String)> {
    let mut tx = doc.transaction();
    let mut objects = vec![ROOT];
    for map in kind.maps() {
        let (_, map) = tx.get(ROOT, *map).unwrap().unwrap();
        let keys: Vec<String> = tx.keys(&map).collect();
        let entries = keys.iter().filter_map(|key| match tx.get(&map, key).unwrap().unwrap() {
            (Value::Object(ObjType::Map), entry) => Some(entry),
            _ => None,
        });
        objects.extend(entries);
    }
    if kind == Kind::Person {
        objects.push(tx.get(ROOT, "person").unwrap().unwrap().1);
    }
    let mut places = Vec::new();
    for object in objects {
        tx.put(&object, "newer_word", "new").unwrap();
        tx.put(&object, "newer_value", br#"{"b": [1, {"a":2.50}]}"#.to_vec()).unwrap();
        let map = tx.put_object(&object, "newer_map", ObjType::Map).unwrap();
        tx.put(&map, "within", 7).unwrap();
        let list = tx.put_object(&object, "newer_list", ObjType::List).unwrap();
        tx.insert(&list, 0, "first").unwrap();
        let keys = ["newer_word", "newer_value", "newer_map", "newer_list"];
        places.extend(keys.map(|key| (object.clone(), key.to_owned())));
        places.push((map, "within".to_owned()));
    }
    tx.commit();
    places
}

/// Does with a document of each kind what this app can do with it.
fn edit(doc: &mut Automerge, kind: Kind) {
    put(doc, 800, |tx| match kind {
        Kind::Person => {
            let mut resident = sample::resident();
            resident.name = "杨秀莲".into();
            tx.create_person(&resident)?;
            tx.update_contact(Some("13900139000"), &Address::default())?;
            tx.set_team(&"team2".into())
        }
        Kind::Record => {
            let (by, reason) = (DOCTOR.into(), String::from("填错了"));
            let end = Termination { reason: reason.clone(), on: at(0).date(), by, at: at(800) };
            let void = Voided { reason, by: DOCTOR.into(), at: at(800) };
            tx.void_visit("visit1", &void)?;
            tx.void_body_fact("body1", &void)?;
            tx.terminate_contract("contract1", &end)?;
            tx.end_medication("medication1", at(0).date())?;
            tx.record_visit(&sample::visit("visit3", 800, (130, 80)))
        }
        Kind::Diary => {
            let (diary, _) = read_diary(&sample::diary());
            let mut reading = diary.readings[0].clone();
            reading.id = "reading2".into();
            tx.record_reading(&reading)?;
            tx.request_reward(&sample::reward_request("request3"))?;
            let reason = "想清楚了".into();
            tx.withdraw_entry("dispute2", &TakenBack { reason, at: at(800) })
        }
        Kind::Rewards => {
            let reason = "录错了".into();
            tx.take_back("attendance1", &TakenBack { reason, at: at(800) })?;
            tx.hand_out(&sample::redemption("redemption3"))
        }
        Kind::Activity => {
            tx.claim(&sample::claim("visit1"))?;
            tx.claim(&sample::claim("visit3"))?;
            let reason = "填错了".into();
            tx.withdraw_claim("visit1.follow_up", &Withdrawal { reason, at: at(800) })
        }
        Kind::Rulings => tx.rule(&sample::ruling("ruling3", Verdict::Rejected, 800)),
        Kind::Prescriptions => {
            tx.submit_prescription(&sample::case("visit1", 15))?;
            tx.submit_prescription(&sample::case("visit3", 800))?;
            let reason = "填错了".into();
            tx.withdraw_prescription("visit1", &Withdrawal { reason, at: at(800) })?;
            tx.mark_review_read(&ReviewRead { review: "review2".into(), at: at(800) })
        }
        Kind::Close => Ok(()),
        Kind::Reviews => tx.review(&sample::review("review3", ReviewVerdict::Agreed, 800)),
        Kind::Catalog => {
            let (catalog, _) = read_catalog(&sample::catalog());
            for institution in catalog.institutions.values() {
                tx.set_institution(institution)?;
            }
            for team in catalog.teams.values() {
                let villages = vec!["普威村".into()];
                tx.set_team_entry(&domain::people::Team { villages, ..team.clone() })?;
            }
            for staff in catalog.staff.values() {
                tx.set_staff(&domain::people::Staff { shortage: true, ..staff.clone() })?;
            }
            package_templates().unwrap().rules.packages.iter().try_for_each(|package| {
                tx.publish_package(package)?;
                Ok(())
            })
        }
        Kind::Rules => {
            let rules = &points_templates().unwrap().rules.rules[0];
            let draft = documents::RulesDraft {
                rules: rules.clone(),
                by: "county1".into(),
                at: domain::base::Timestamp(1),
                proposed: true,
            };
            tx.save_draft_rules("draft1", &draft)?;
            tx.publish_points_rules(rules).map(drop)
        }
    });
}

#[test]
fn what_a_newer_app_added_changes_nothing_that_is_read_and_survives_every_edit() {
    // A closed month is edited by nobody.
    for (kind, mut doc) in sample::all().into_iter().filter(|(kind, _)| *kind != Kind::Close) {
        let known = crate::view::view(kind, &doc);
        let places = add_unknown(&mut doc, kind);
        assert!(places.len() >= 5, "{kind}");
        let added = at_places(&doc, &places);
        assert_eq!(crate::view::view(kind, &doc), known, "{kind}");

        let mut ours = load(&doc.save()).unwrap();
        let before = ours.get_heads();
        edit(&mut ours, kind);
        assert_ne!(ours.get_heads(), before, "{kind}");
        let ours = load(&ours.save()).unwrap();
        assert_eq!(at_places(&ours, &places), added, "{kind}");
        doc.merge(&mut ours.clone()).unwrap();
        assert_eq!(at_places(&doc, &places), added, "{kind}, back at the newer app");
        assert_eq!(crate::view::view(kind, &doc).1, [], "{kind}");
    }
}

/// Puts a field of an entry as a newer app would.
fn put_raw(doc: &mut Automerge, map: &str, entry: &str, field: &str, value: &serde_json::Value) {
    let mut tx = doc.transaction();
    let (_, map) = tx.get(ROOT, map).unwrap().unwrap();
    let (_, entry) = tx.get(&map, entry).unwrap().unwrap();
    match value {
        serde_json::Value::String(word) => tx.put(&entry, field, word.as_str()).unwrap(),
        structure => tx.put(&entry, field, serde_json::to_vec(structure).unwrap()).unwrap(),
    }
    tx.commit();
}

fn raw(doc: &Automerge, path: &[&str]) -> Value<'static> {
    let mut object = ROOT;
    let (last, first) = path.split_last().unwrap();
    for key in first {
        object = doc.get(&object, *key).unwrap().unwrap().1;
    }
    doc.get(&object, *last).unwrap().unwrap().0.into_owned()
}

#[test]
fn words_that_only_a_newer_app_knows_are_read_as_they_are_and_never_taken_lightly() {
    let mut record = sample::record();
    for (field, word) in [("place", "video"), ("adherence", "by_implant"), ("salt", "none")] {
        put_raw(&mut record, "visits", "visit1", field, &json!(word));
    }
    put_raw(&mut record, "visits", "visit1", "danger_signs", &json!(["a_newer_sign"]));
    let Value::Scalar(stored) = raw(&record, &["visits", "visit1", "follow_up"]) else { panic!() };
    let mut result: serde_json::Value = serde_json::from_slice(stored.as_bytes().unwrap()).unwrap();
    for field in ["class", "control", "action", "urgency"] {
        result[field] = json!("of_a_newer_app");
    }
    result["reasons"] =
        json!([{ "code": "of_a_newer_app", "figure": 5, "rule": result["next_due_reason"]["rule"] }]);
    put_raw(&mut record, "visits", "visit1", "follow_up", &result);
    put_raw(&mut record, "contracts", "contract1", "place", &json!("by_video"));

    let (read, problems) = read_record(&record);
    assert_eq!(problems, []);
    let visit = &read.visits[0];
    let words = (visit.place.as_str(), visit.adherence.as_ref().unwrap().as_str());
    assert_eq!(words, ("video", "by_implant"));
    assert_eq!(
        (visit.danger_signs[0].as_str(), visit.salt.as_ref().unwrap().as_str()),
        ("a_newer_sign", "none")
    );
    let follow_up = visit.follow_up.as_ref().unwrap();
    assert_eq!((follow_up.action.as_str(), follow_up.reasons.len()), ("of_a_newer_app", 1));
    let documents = ResidentDocuments { record: Some(&record), ..ResidentDocuments::default() };
    let row = summarise(documents, &Shelf::default(), CareRules::shipped().unwrap(), at(0).date());
    let urgency = row.urgency.unwrap();
    assert_eq!(urgency.as_str(), "of_a_newer_app");
    assert!(urgency > Urgency::Ambulance);

    let stored = raw(&record, &["visits", "visit1", "follow_up"]);
    edit(&mut record, Kind::Record);
    let record = load(&record.save()).unwrap();
    assert_eq!(raw(&record, &["visits", "visit1", "follow_up"]), stored);
    assert_eq!(raw(&record, &["visits", "visit1", "place"]), "video".into());
}

#[test]
fn claims_and_rulings_of_a_newer_kind_stay_and_count_for_nothing_here() {
    let mut activity = sample::activity();
    put_raw(&mut activity, "claims", "visit1.follow_up", "item", &json!("a_newer_item"));
    put_raw(&mut activity, "claims", "visit1.follow_up", "circumstances", &json!(["at_night"]));
    let (read, problems) = read_activity(&activity);
    assert_eq!(problems, []);
    let claim = &read.claims[0];
    assert_eq!((claim.item.as_str(), claim.circumstances[0].as_str()), ("a_newer_item", "at_night"));
    let mut rulings = sample::rulings();
    put_raw(&mut rulings, "rulings", "ruling2", "verdict", &json!("deferred"));
    let (read, problems) = read_rulings(&rulings);
    assert_eq!((problems.len(), &read[1].verdict), (0, &Verdict::Unknown));
    for (doc, kind) in [(&mut activity, Kind::Activity), (&mut rulings, Kind::Rulings)] {
        edit(doc, kind);
    }
    assert_eq!(raw(&activity, &["claims", "visit1.follow_up", "item"]), "a_newer_item".into());
    assert_eq!(raw(&rulings, &["rulings", "ruling2", "verdict"]), "deferred".into());
}

/// Changes a frozen value of an entry as a newer app would write it.
fn refreeze(
    doc: &mut Automerge,
    path: [&str; 3],
    change: impl FnOnce(&mut serde_json::Value),
) -> Value<'static> {
    let Value::Scalar(stored) = raw(doc, &path) else { panic!("{path:?}") };
    let mut value: serde_json::Value = serde_json::from_slice(stored.as_bytes().unwrap()).unwrap();
    change(&mut value);
    let [map, entry, field] = path;
    put_raw(doc, map, entry, field, &value);
    raw(doc, &path)
}

#[test]
fn an_assessment_and_a_prescription_of_a_newer_app_are_read_and_never_taken_lightly() {
    let mut record = sample::record();
    let assessment = refreeze(&mut record, ["visits", "visit1", "assessment"], |value| {
        value["level"] = json!("by_helicopter");
        value["findings"][0]["state"] = json!("suspected");
        value["findings"][0]["side"] = json!("left");
        value["photo"] = json!({ "id": "p1" });
    });
    let prescription = refreeze(&mut record, ["visits", "visit1", "prescription"], |value| {
        value["warnings"][0]["level"] = json!("never");
        value["lines"][0]["batch"] = json!("A1");
    });
    let (read, problems) = read_record(&record);
    assert_eq!(problems, []);
    let (said, prescribed) =
        (read.visits[0].assessment.clone().unwrap(), read.visits[0].prescription.clone().unwrap());
    assert!(said.level > domain::measurements::Urgency::Ambulance, "an unknown level is the most urgent");
    assert_eq!(said.findings[0].state.as_str(), "suspected");
    assert_eq!(said.diagnoses, sample::assessment().diagnoses);
    assert!(prescribed.warnings[0].level > WarningLevel::Stop);
    assert!(prescribed.is_overridden());
    edit(&mut record, Kind::Record);
    let record = load(&record.save()).unwrap();
    assert_eq!(raw(&record, &["visits", "visit1", "assessment"]), assessment);
    assert_eq!(raw(&record, &["visits", "visit1", "prescription"]), prescription);
}

#[test]
fn an_assessment_that_cannot_be_read_is_named_and_hides_nothing_else_of_the_visit() {
    let mut record = sample::record();
    put_raw(&mut record, "visits", "visit1", "assessment", &json!({ "findings": "cough" }));
    let (read, problems) = read_record(&record);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].place, ["visits", "visit1", "assessment"]);
    assert_eq!(read.visits[0].assessment, None);
    assert_eq!(read.visits[0].prescription, Some(sample::prescription()));
}

#[test]
fn cases_and_reviews_of_a_newer_kind_are_read_and_stay() {
    let mut prescriptions = sample::prescriptions();
    let stored = refreeze(&mut prescriptions, ["cases", "visit1", "prescription"], |value| {
        value["lines"][0]["route"] = json!("by_patch");
        value["lines"][0]["drip_rate"] = json!(40);
    });
    put_raw(&mut prescriptions, "cases", "visit1", "sex", &json!("unsaid"));
    let (read, problems) = read_prescriptions(&prescriptions);
    assert_eq!(problems, []);
    assert_eq!((read.cases[0].sex.as_str(), read.cases[0].prescription.lines.len()), ("unsaid", 2));
    let mut reviews = sample::reviews();
    put_raw(&mut reviews, "reviews", "review2", "verdict", &json!("referred_to_committee"));
    let (read, problems) = read_reviews(&reviews);
    assert_eq!((problems.len(), read[1].verdict.as_str()), (0, "referred_to_committee"));
    assert!(read[1].verdict > ReviewVerdict::Refused);
    for (doc, kind) in [(&mut prescriptions, Kind::Prescriptions), (&mut reviews, Kind::Reviews)] {
        edit(doc, kind);
    }
    assert_eq!(raw(&prescriptions, &["cases", "visit1", "prescription"]), stored);
    assert_eq!(raw(&reviews, &["reviews", "review2", "verdict"]), "referred_to_committee".into());
}

#[test]
fn an_entry_of_a_newer_form_is_named_hides_no_other_and_stays() {
    let mut diary = sample::diary();
    let mut tx = diary.transaction();
    let (_, readings) = tx.get(ROOT, "readings").unwrap().unwrap();
    let entry = tx.put_object(&readings, "reading0", ObjType::Map).unwrap();
    tx.put(&entry, "id", "reading0").unwrap();
    tx.put(&entry, "at", at(500).0).unwrap();
    tx.put(&entry, "peak_flow", 320).unwrap();
    tx.commit();
    edit(&mut diary, Kind::Diary);
    let diary = load(&diary.save()).unwrap();
    let (read, problems) = read_diary(&diary);
    assert_eq!(read.readings.len(), 2);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].place, ["readings", "reading0"]);
    assert_eq!(problems[0].kind, ProblemKind::EntryUnreadable);
    assert_eq!(raw(&diary, &["readings", "reading0", "peak_flow"]), 320.into());
}

/// Makes the address of a person larger, as a newer app might; returns what is stored then.
fn locate(doc: &mut Automerge) -> Value<'static> {
    let mut tx = doc.transaction();
    let (_, person) = tx.get(ROOT, "person").unwrap().unwrap();
    let address = r#"{"village":"白马村","household":{"at":[1,2.50]},"detail":"三组12号"}"#;
    tx.put(&person, "address", address.as_bytes().to_vec()).unwrap();
    tx.commit();
    raw(doc, &["person", "address"])
}

fn elsewhere() -> Address {
    Address { village: "普威村".into(), detail: String::new() }
}

#[test]
fn a_frozen_value_that_says_the_same_and_more_is_left_as_it_is() {
    let mut doc = sample::person();
    let stored = locate(&mut doc);
    let (resident, problems) = read_person(&doc);
    assert_eq!((problems.len(), &resident), (0, &sample::resident()));
    put(&mut doc, 1, |tx| tx.create_person(&resident));
    put(&mut doc, 2, |tx| tx.update_contact(Some("13900139000"), &resident.address));
    assert_eq!(raw(&doc, &["person", "address"]), stored);
    // Who moves has another address, of which the newer app's part is not true any more.
    put(&mut doc, 3, |tx| tx.update_contact(None, &elsewhere()));
    assert_ne!(raw(&doc, &["person", "address"]), stored);
    assert_eq!(read_person(&doc).0.address, elsewhere());
}

#[test]
fn choosing_a_value_that_says_more_settles_a_conflict_with_all_of_it() {
    let (mut ours, resident) = (sample::person(), sample::resident());
    let mut theirs = load(&ours.save()).unwrap();
    let stored = locate(&mut theirs);
    put(&mut ours, 5, |tx| tx.update_contact(resident.phone.as_deref(), &elsewhere()));
    ours.merge(&mut theirs).unwrap();
    let (_, problems) = read_person(&ours);
    assert_eq!(problems.len(), 1, "{problems:?}");
    put(&mut ours, 9, |tx| tx.update_contact(resident.phone.as_deref(), &resident.address));
    let ours = load(&ours.save()).unwrap();
    assert_eq!(read_person(&ours), (resident, vec![]));
    assert_eq!(raw(&ours, &["person", "address"]), stored);
}
