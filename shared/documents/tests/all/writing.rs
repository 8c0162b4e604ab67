//! Attachments, closed months and disputes as the app writes them.

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
