//! Attachments, what is known of a body, closed months and disputes as the app writes them.

use crate::sample::{DOCTOR, at};
use automerge::Automerge;
use documents::{Kind, Voided, WriteError, author, load, make_room, open, read_record, write};
use std::fs;

#[test]
fn two_who_attach_apart_to_a_record_of_before_meet_with_both_files() {
    let old = || load(&fs::read("tests/fixtures/v2-record.automerge").unwrap()).unwrap();
    let attach = |mut doc: Automerge, who: &str, id: &str| {
        make_room(&mut doc, Kind::Record, "attachments").unwrap();
        write(&mut doc, &author(who), at(90), |tx| tx.attach(&crate::sample::attachment(id))).unwrap();
        make_room(&mut doc, Kind::Record, "attachments").unwrap();
        doc
    };
    let (mut ours, mut theirs) = (attach(old(), DOCTOR, "a"), attach(old(), "li.na", "b"));
    ours.merge(&mut theirs).unwrap();
    let (record, problems) = read_record(&ours);
    assert_eq!(problems, []);
    assert_eq!(record.attachments, ["a", "b"].map(crate::sample::attachment));
    assert_eq!(ours.get_changes(&old().get_heads()).len(), 3, "the upgrade is one change");
    assert!(matches!(
        make_room(&mut open(Kind::Person).unwrap(), Kind::Person, "attachments"),
        Err(WriteError::WrongKind("attachments"))
    ));
}

#[test]
fn without_room_there_is_no_attachment_and_a_voided_one_stays_readable() {
    let mut doc = open(Kind::Record).unwrap();
    let attach = |tx: &mut documents::Tx<'_, '_>| tx.attach(&crate::sample::attachment("a"));
    let refused = write(&mut doc, &author(DOCTOR), at(0), attach);
    assert!(matches!(refused, Err(WriteError::WrongKind("attachments"))));
    let (record, _) = read_record(&crate::sample::record());
    assert_eq!(record.attachments[0], crate::sample::attachment("attachment1"));
    assert_eq!(record.attachments[1].voided.as_ref().unwrap().reason, "拍错了人");
    let void = |reason: &str| Voided { reason: reason.into(), by: DOCTOR.into(), at: at(0) };
    let voided = |id: &'static str, reason| {
        let mut doc = crate::sample::record();
        write(&mut doc, &author(DOCTOR), at(0), |tx| tx.void_attachment(id, &void(reason))).map(drop)
    };
    assert!(matches!(voided("attachment1", " "), Err(WriteError::NoReason)));
    assert!(matches!(voided("attachment9", "x"), Err(WriteError::NoSuchEntry)));
    assert!(matches!(voided("attachment2", "x"), Err(WriteError::Exists)));
    assert!(voided("attachment1", "x").is_ok());
}

#[test]
fn a_month_is_closed_once_and_reads_back_as_it_was() {
    let mut doc = crate::sample::closed_month();
    let before = doc.save();
    let (closed, problems) = documents::read_close(&load(&before).unwrap());
    assert_eq!((closed, problems), (Some(crate::sample::closed()), Vec::new()));
    let mut other = crate::sample::closed();
    other.close.people.clear();
    let again = write(&mut doc, &author(DOCTOR), at(950), |tx| tx.close_month(&other));
    assert!(matches!(again, Err(WriteError::Exists)));
    assert_eq!(doc.save(), before);
    assert_eq!(documents::read_close(&open(Kind::Close).unwrap()).0, None);
    let month = crate::sample::closed().close.month;
    assert_eq!(documents::month_key(&"baima".into(), month), "baima/2026-11");
}

#[test]
fn a_dispute_needs_a_reason_and_a_claim_and_can_be_taken_back() {
    let (activity, problems) = documents::read_activity(&crate::sample::activity());
    assert_eq!(problems, []);
    let state: Vec<_> =
        activity.disputes.iter().map(|one| (one.id.as_str(), one.withdrawn.is_some())).collect();
    assert_eq!(state, [("dispute1", false), ("dispute2", true)]);
    let mut doc = crate::sample::activity();
    let mut mute = crate::sample::dispute("dispute3");
    mute.reason = " ".into();
    let refused = write(&mut doc, &author(DOCTOR), at(730), |tx| tx.dispute(&mute));
    assert!(matches!(refused, Err(WriteError::NoReason)));
    let mut stray = crate::sample::dispute("dispute3");
    stray.claim = "nobody's".into();
    let refused = write(&mut doc, &author(DOCTOR), at(730), |tx| tx.dispute(&stray));
    assert!(matches!(refused, Err(WriteError::NoSuchEntry)));
}

#[test]
fn what_is_found_of_a_body_apart_meets_in_a_record_of_before_files_and_facts() {
    let old = || load(&fs::read("tests/fixtures/v1-record.automerge").unwrap()).unwrap();
    let find = |mut doc: Automerge, who: &str, id: &str| {
        make_room(&mut doc, Kind::Record, "body").unwrap();
        write(&mut doc, &author(who), at(90), |tx| tx.add_body_fact(&crate::sample::body_fact(id))).unwrap();
        doc
    };
    let (mut ours, mut theirs) = (find(old(), DOCTOR, "a"), find(old(), "li.na", "b"));
    // Somebody else makes room for a file only.
    make_room(&mut theirs, Kind::Record, "attachments").unwrap();
    ours.merge(&mut theirs).unwrap();
    let (record, problems) = read_record(&ours);
    assert_eq!(problems, []);
    assert_eq!(record.body, ["a", "b"].map(crate::sample::body_fact));
    let refused = write(&mut open(Kind::Record).unwrap(), &author(DOCTOR), at(0), |tx| {
        tx.add_body_fact(&crate::sample::body_fact("a"))
    });
    assert!(matches!(refused, Err(WriteError::WrongKind("body"))));
}

#[test]
fn a_fact_that_was_taken_out_or_was_found_at_a_visit_that_was_counts_no_more() {
    let mut doc = crate::sample::record();
    let facts =
        |doc: &Automerge| read_record(doc).0.body.iter().map(|fact| fact.id.to_string()).collect::<Vec<_>>();
    assert_eq!(facts(&doc), ["body1"], "the second is of a voided visit, the third was voided");
    let void = |reason: &str| Voided { reason: reason.into(), by: DOCTOR.into(), at: at(40) };
    let refused = write(&mut doc, &author(DOCTOR), at(40), |tx| tx.void_body_fact("body1", &void(" ")));
    assert!(matches!(refused, Err(WriteError::NoReason)));
    let refused = write(&mut doc, &author(DOCTOR), at(40), |tx| tx.void_body_fact("body9", &void("x")));
    assert!(matches!(refused, Err(WriteError::NoSuchEntry)));
    write(&mut doc, &author(DOCTOR), at(40), |tx| tx.void_visit("visit1", &void("x"))).unwrap();
    assert_eq!(facts(&doc), Vec::<String>::new());
}

#[test]
fn what_a_prescription_of_before_was_checked_with_is_known_as_of_its_day() {
    let old = load(&fs::read("tests/fixtures/v3-record.automerge").unwrap()).unwrap();
    let facts = read_record(&old).0.body_facts();
    let known: Vec<_> = facts.iter().map(|fact| (fact.on, fact.egfr, fact.breast_feeding)).collect();
    assert_eq!(known, [(Some(at(15).date()), Some(55), None)]);
    // A prescription of today's app says it too, and the record has it as a fact already.
    let facts = read_record(&crate::sample::record()).0.body_facts();
    assert_eq!(facts, [crate::sample::body_fact("body1")]);
}
