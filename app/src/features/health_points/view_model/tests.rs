use super::*;
use crate::replica::files::ResidentFile;
use documents::{Diary, Record, Rewards, Visit, VisitPlace, Voided};
use domain::base::{EntryId, ResidentId, Timestamp};
use domain::care::{AdverseReaction, FollowUpInput, follow_up};
use domain::health_points::{Outcome, Redemption, RedemptionRequest, health_templates};
use domain::measurements::{Findings, Pressure, hypertension_rules};
use domain::people::Resident;
use domain::rules::Published;

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

fn catalog() -> (Catalog, VersionHash) {
    let rules = health_templates().unwrap().rules.rules[1].clone();
    let published = Published::freeze(rules).unwrap();
    let hash = published.hash.clone();
    (Catalog { health_points: [published].into_iter().collect(), ..Catalog::default() }, hash)
}

fn visit(id: &str, on: &str) -> Visit {
    let on: Date = on.parse().unwrap();
    let findings = Findings { pressure: Some(Pressure::new(132, 80).unwrap()), ..Findings::default() };
    let (adverse_reaction, complication, previous) = (AdverseReaction::None, false, None);
    let input = FollowUpInput { findings, adverse_reaction, complication, previous };
    let result = follow_up(&input, hypertension_rules().unwrap(), on).unwrap();
    Visit {
        id: id.into(),
        date: Some(on),
        recorded_at: Timestamp::of(on, 10, 0),
        place: VisitPlace::Home,
        follow_up: Some(result),
        ..Visit::default()
    }
}

fn points(visits: Vec<Visit>, diary: Diary, rewards: Rewards) -> Points {
    let record = Record { visits, ..Record::default() };
    let person = Resident::default();
    let file = ResidentFile { person, record, diary, problems: Vec::new() };
    match page(&PointsFile { file, rewards }, &catalog().0, today()) {
        Page::Here(points) => *points,
        other => panic!("{other:?}"),
    }
}

fn dispute(id: &str, entry: Option<&str>) -> EntryDispute {
    EntryDispute {
        id: id.into(),
        entry: entry.map(EntryId::from),
        reason: "r".into(),
        by: "resident1".into(),
        at: Timestamp::of(today(), 9, 0),
        withdrawn: None,
    }
}

#[test]
fn without_rules_nobody_is_promised_anything_and_an_unknown_version_asks_for_an_update() {
    let file = ResidentFile {
        person: Resident::default(),
        record: Record::default(),
        diary: Diary::default(),
        problems: Vec::new(),
    };
    let mut file = PointsFile { file, rewards: Rewards::default() };
    assert_eq!(page(&file, &Catalog::default(), today()), Page::NoRules);
    file.rewards.redemptions.push(Redemption {
        id: "r".into(),
        request: None,
        reward: "glucose".into(),
        rules: VersionHash::of(b"newer"),
        on: today(),
        by: "d".into(),
        at: Timestamp::of(today(), 9, 0),
        taken_back: None,
    });
    assert_eq!(page(&file, &catalog().0, today()), Page::NeedsUpdate);
}

#[test]
fn a_statement_has_the_newest_first_and_what_waits_names_its_entry() {
    let disputes = vec![dispute("d1", Some("follow_up:v1")), dispute("d2", None)];
    let request = RedemptionRequest {
        id: "q".into(),
        reward: "glucose".into(),
        rules: catalog().1,
        by: "resident1".into(),
        at: Timestamp::of(today(), 8, 0),
        withdrawn: None,
    };
    let diary = Diary { disputes, requests: vec![request], ..Diary::default() };
    let visits = vec![visit("v1", "2026-10-03"), visit("v2", "2026-11-03")];
    let found = points(visits, diary, Rewards::default());
    let days: Vec<String> = found.items().iter().map(|item| item.on().to_string()).collect();
    assert_eq!(days, ["2026-11-03", "2026-10-03"]);
    let wishes = found.wishes();
    assert!(matches!(&wishes[0], Wish::Request(request) if request.price == HealthPoints::whole(30)));
    assert!(matches!(&wishes[1], Wish::Dispute(_, Some(entry)) if entry.id.as_str() == "follow_up:v1"));
    assert!(matches!(&wishes[2], Wish::Dispute(_, None)));
    assert_eq!(found.this_year(today()), HealthPoints::whole(40));
    // 40 there, 30 kept aside for what was asked for.
    assert_eq!(found.lacking(HealthPoints::whole(10)), None);
    assert_eq!(found.lacking(HealthPoints::whole(30)), Some(HealthPoints::whole(20)));
}

#[test]
fn both_sides_see_the_same_after_an_answer_and_a_void() {
    let answer = Answer {
        id: "a".into(),
        to: "d1".into(),
        outcome: Outcome::Corrected { points: HealthPoints::whole(15) },
        reason: "r".into(),
        by: "d".into(),
        at: Timestamp::of(today(), 12, 0),
    };
    let rewards = Rewards { answers: vec![answer], ..Rewards::default() };
    let diary = Diary { disputes: vec![dispute("d1", Some("follow_up:v1"))], ..Diary::default() };
    let mut gone = visit("v2", "2026-11-03");
    let (reason, by) = ("duplicate".into(), "d".into());
    gone.voided = Some(Voided { reason, by, at: Timestamp::of(today(), 13, 0) });
    let found = points(vec![visit("v1", "2026-10-03"), gone], diary, rewards);
    assert_eq!(found.ledger.available, HealthPoints::whole(15));
    assert_eq!((found.ledger.reversed, found.wishes()), (HealthPoints::whole(20), Vec::new()));
}

#[test]
fn a_team_sees_who_waits_and_how_many_take_part() {
    let row = |subject: &str, waiting, took_part: Option<&str>| Row {
        subject: ResidentId::new(subject),
        waiting,
        took_part: took_part.map(|day| day.parse().unwrap()),
        ..Row::default()
    };
    let rows = [
        row("a", 0, Some("2026-01-01")),
        row("b", 2, Some("2025-12-31")),
        row("c", 1, None),
        row("d", 0, Some("2026-11-22")),
    ];
    let found = team(rows.iter(), today());
    let names: Vec<_> = found.waiting.iter().map(|row| row.subject.as_str()).collect();
    assert_eq!((names, found.count), (vec!["b", "c"], 3));
    let share = Participation { residents: 4, took_part: 2, share: Some(5_000) };
    assert_eq!(found.participation, Some(share));
    assert_eq!(team([].iter(), today()), Team::default(), "nobody is no share, and never zero");
}
