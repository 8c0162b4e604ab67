//! Both sides of health points: a resident's diary and the team's rewards.

use crate::sample::{self, DOCTOR, at, put};
use automerge::Automerge;
use documents::{
    Kind, ResidentDocuments, WriteError, author, deeds, load, make_room, open, read_catalog, read_diary,
    read_record, read_rewards, summarise, write,
};
use domain::base::{HealthPoints, Timestamp};
use domain::care::CareRules;
use domain::health_points::{Answer, EntryState, Ledger, Outcome, RedeemedState, TakenBack, ledger};

fn whole(record: &Automerge, diary: &Automerge, rewards: &Automerge) -> Ledger {
    let (catalog, problems) = read_catalog(&sample::catalog());
    assert_eq!(problems, []);
    let (record, diary, rewards) = (read_record(record).0, read_diary(diary).0, read_rewards(rewards).0);
    let deeds = deeds(&record, &diary, &rewards);
    ledger(diary.papers(&deeds, &rewards), &catalog.health_points, at(0).date()).unwrap()
}

#[test]
fn a_follow_up_a_lecture_and_a_contract_earn_and_what_was_voided_is_taken_back() {
    let found = whole(&sample::record(), &sample::diary(), &sample::rewards());
    let said: Vec<String> = found
        .entries
        .iter()
        .map(|entry| format!("{} {} {:?}", entry.id, entry.points, entry.state))
        .collect();
    assert!(said.contains(&"contract:contract0 50 Counted".to_owned()), "{said:?}");
    assert!(said.contains(&"lecture:attendance1 10 Counted".to_owned()), "{said:?}");
    let corrected = found.entries.iter().find(|entry| entry.id.as_str() == "follow_up:visit1").unwrap();
    assert_eq!((corrected.points, corrected.state), (HealthPoints(1_500), EntryState::Corrected));
    let gone = found.entries.iter().find(|entry| entry.id.as_str() == "follow_up:visit2").unwrap();
    assert_eq!((gone.state, gone.taken_out.is_some()), (EntryState::Reversed, true));
    let states: Vec<_> = found.redeemed_for.iter().map(|given| given.state).collect();
    assert_eq!(states, [RedeemedState::Given, RedeemedState::TakenBack]);
    assert_eq!(found.redeemed, HealthPoints::whole(30));
    let waiting: Vec<_> = found.waiting.iter().map(|dispute| dispute.id.as_str()).collect();
    assert_eq!((waiting, found.waits()), (vec!["dispute2"], 1));
}

#[test]
fn a_row_says_how_much_waits_and_when_somebody_last_took_part() {
    let (record, diary, rewards) = (sample::record(), sample::diary(), sample::rewards());
    let packages = read_catalog(&sample::catalog()).0.packages;
    let row = |rewards: Option<&Automerge>| {
        let documents =
            ResidentDocuments { record: Some(&record), diary: Some(&diary), rewards, ..Default::default() };
        summarise(documents, &packages, CareRules::shipped().unwrap(), at(0).date())
    };
    assert_eq!(row(Some(&rewards)).waiting, 1);
    assert_eq!(row(None).waiting, 3, "the request and both disputes, before anybody answered");
    assert_eq!(row(None).took_part, Some(at(0).date()));
}

/// Two tablets that begin the team's side apart.
fn apart(one: &str, other: &str) -> (Automerge, Automerge) {
    let give = |who: &str, id: &str| {
        let mut doc = open(Kind::Rewards).unwrap();
        write(&mut doc, &author(who), at(700), |tx| tx.hand_out(&sample::redemption(id))).unwrap();
        doc
    };
    (give(DOCTOR, one), give("li.na", other))
}

#[test]
fn a_request_that_two_answer_apart_is_handed_out_once_whoever_merges_first() {
    let (mut ours, mut theirs) = apart("b", "a");
    let before = (ours.clone(), theirs.clone());
    ours.merge(&mut theirs).unwrap();
    theirs.merge(&mut before.0.clone()).unwrap();
    let (record, diary) = (sample::record(), sample::diary());
    let found = whole(&record, &diary, &ours);
    assert_eq!(found, whole(&record, &diary, &theirs));
    let states: Vec<_> =
        found.redeemed_for.iter().map(|given| (given.redemption.id.as_str(), given.state)).collect();
    assert_eq!(states, [("a", RedeemedState::Given), ("b", RedeemedState::Duplicate)]);
    assert_eq!(found.redeemed, HealthPoints::whole(30));
}

#[test]
fn an_old_diary_takes_requests_of_two_devices_apart() {
    let old = || load(&std::fs::read("tests/fixtures/v1-diary.automerge").unwrap()).unwrap();
    let ask = |mut doc: Automerge, who: &str, id: &str, map: &'static str| {
        make_room(&mut doc, Kind::Diary, map).unwrap();
        write(&mut doc, &author(who), at(700), |tx| tx.request_reward(&sample::reward_request(id))).unwrap();
        doc
    };
    let mut ours = ask(old(), "resident1", "a", "requests");
    let mut theirs = ask(old(), "daughter", "b", "withdrawals");
    ours.merge(&mut theirs).unwrap();
    let (diary, problems) = read_diary(&ours);
    assert_eq!(problems, []);
    assert_eq!(diary.requests, ["a", "b"].map(sample::reward_request));
    assert_eq!(read_diary(&old()).0.requests, []);
    let refused =
        write(&mut old(), &author("r"), at(0), |tx| tx.request_reward(&sample::reward_request("a")));
    assert!(matches!(refused, Err(WriteError::WrongKind("requests"))));
}

#[test]
fn nobody_disputes_answers_or_takes_back_without_a_reason() {
    let mut diary = sample::diary();
    let mut mute = sample::entry_dispute("dispute9");
    mute.reason = " ".into();
    let refused = write(&mut diary, &author("r"), at(800), |tx| tx.dispute_entry(&mute));
    assert!(matches!(refused, Err(WriteError::NoReason)));
    let back = |reason: &str| TakenBack { reason: reason.into(), at: at(800) };
    let refused = write(&mut diary, &author("r"), at(800), |tx| tx.withdraw_entry("nobody's", &back("x")));
    assert!(matches!(refused, Err(WriteError::NoSuchEntry)));
    let mut rewards = sample::rewards();
    let refused = write(&mut rewards, &author(DOCTOR), at(800), |tx| tx.take_back("redemption1", &back("")));
    assert!(matches!(refused, Err(WriteError::NoReason)));
    let (id, to, at_) = ("answer9".into(), "dispute2".into(), Timestamp(1));
    let mute =
        Answer { id, to, outcome: Outcome::Refused, reason: String::new(), by: DOCTOR.into(), at: at_ };
    let refused = write(&mut rewards, &author(DOCTOR), at(800), |tx| tx.answer(&mute));
    assert!(matches!(refused, Err(WriteError::NoReason)));
    put(&mut rewards, 800, |tx| tx.take_back("redemption1", &back("退回")));
    assert_eq!(whole(&sample::record(), &diary, &rewards).redeemed, HealthPoints::ZERO);
}
