use super::*;
use crate::replica::files::StaffYear;
use documents::{Activity, Closed};
use domain::{
    base::Timestamp,
    people::Staff,
    rules::Published,
    work_points::{Claim, Dispute, Ruling, Verdict, points_templates},
};

fn day(month: u8, day: u8) -> Date {
    Date::new(2026, month, day).unwrap()
}

fn month(month: u8) -> Period {
    Period::month_of(day(month, 1))
}

fn shelf() -> (Shelf<PointsRules>, VersionHash) {
    let published = Published::freeze(points_templates().unwrap().rules.rules[0].clone()).unwrap();
    let hash = published.hash.clone();
    ([published].into_iter().collect(), hash)
}

fn claim(id: &str, staff: &str, on: Date) -> Claim {
    Claim {
        id: id.into(),
        staff: staff.into(),
        item: "training".into(),
        on,
        quantity: 1,
        institution: "baima".into(),
        circumstances: Vec::new(),
        rules: shelf().1,
        visit: None,
        resident: None,
        note: String::new(),
        recorded_at: Timestamp::of(on, 10, 0),
        withdrawn: None,
    }
}

fn ruling(claim: &str, verdict: Verdict, at: Date) -> Ruling {
    Ruling {
        id: format!("r-{claim}-{at}").into(),
        claim: claim.into(),
        verdict,
        reason: "看过".into(),
        by: "manager".into(),
        at: Timestamp::of(at, 9, 0),
    }
}

fn ledger(people: Vec<(&str, Vec<Claim>, Vec<Ruling>)>) -> Ledger {
    let of = |(staff, claims, rulings): (&str, Vec<Claim>, Vec<Ruling>)| StaffYear {
        staff: staff.into(),
        activity: Activity { claims, ..Activity::default() },
        rulings,
    };
    let named = vec![("a".to_owned(), vec!["1".to_owned()])];
    let people: Vec<StaffYear> = people.into_iter().map(of).collect();
    let staff = people.iter().map(|person| (person.staff.clone(), Staff::default())).collect();
    Ledger { people, staff, named, unconfirmed: 0 }
}

/// October: one accepted, one open, one rejected.
fn october() -> Ledger {
    let claims =
        vec![claim("a", "li", day(10, 5)), claim("b", "li", day(10, 6)), claim("c", "li", day(10, 7))];
    let rulings =
        vec![ruling("a", Verdict::Accepted, day(10, 9)), ruling("c", Verdict::Rejected, day(10, 9))];
    ledger(vec![("li", claims, rulings)])
}

fn look(ledger: &Ledger, closed: &[Close], of: u8) -> MonthPage {
    let shelf = shelf().0;
    let office = Office { institution: &"baima".into(), shelf: &shelf };
    month_page(office, ledger, closed, month(of)).unwrap()
}

const LINE: Line = Line { online: true, waiting: 0 };

fn stops(page: &MonthPage, ledger: &Ledger, line: Line, today: Date) -> Vec<Check> {
    let checks = page.checks(ledger, line, today);
    checks.into_iter().filter(|check| check.weight() == Weight::Stop).collect()
}

#[test]
fn what_is_open_is_to_be_looked_at_and_stops_nobody() {
    let mut october = october();
    let ruling = october.people[0].rulings[1].id.clone();
    october.people[0].activity.disputes.push(Dispute {
        id: "d".into(),
        claim: "c".into(),
        ruling,
        reason: "签到表有我".into(),
        at: Timestamp::of(day(10, 10), 9, 0),
        withdrawn: None,
    });
    let page = look(&october, &[], 10);
    assert_eq!(
        (page.people[0].counted, page.people[0].open, page.people[0].disputed),
        (WorkPoints(150), 1, 1)
    );
    let checks = page.checks(&october, LINE, day(11, 2));
    let looks: Vec<&Check> = checks.iter().filter(|check| check.weight() == Weight::Look).collect();
    assert_eq!(looks, [&Check::Open(1), &Check::Disputed(1)]);
    assert_eq!(stops(&page, &october, LINE, day(11, 2)), []);
    assert_eq!(page.versions.len(), 1);
}

#[test]
fn a_month_is_closed_when_it_is_over_with_a_line_and_everything_sent() {
    let mut october = october();
    let page = look(&october, &[], 10);
    assert_eq!(stops(&page, &october, LINE, day(10, 31)), [Check::Over(false)]);
    let offline = Line { online: false, waiting: 2 };
    assert_eq!(stops(&page, &october, offline, day(11, 1)), [Check::Confirmed(1, 2), Check::Online(false)]);
    october.unconfirmed = 1;
    assert_eq!(stops(&page, &october, LINE, day(11, 1)), [Check::Confirmed(1, 1)]);
}

#[test]
fn months_are_closed_in_their_order() {
    let mut ledger = october();
    ledger.people[0].activity.claims.push(claim("d", "li", day(9, 30)));
    let page = look(&ledger, &[], 10);
    assert_eq!(stops(&page, &ledger, LINE, day(11, 1)), [Check::First(Some(month(9)))]);
    let september = look(&ledger, &[], 9).reckoned;
    assert_eq!(stops(&look(&ledger, &[september], 10), &ledger, LINE, day(11, 1)), []);
    let october = look(&ledger, &[], 10).reckoned;
    let late = look(&ledger, &[october], 9);
    assert_eq!(stops(&late, &ledger, LINE, day(11, 1)), [Check::TooLate(true)]);
}

#[test]
fn a_ruling_after_the_close_is_entered_by_the_next_month_and_the_closed_one_stays() {
    let mut ledger = october();
    let closed = look(&ledger, &[], 10).reckoned;
    ledger.people[0].rulings.push(ruling("b", Verdict::Accepted, day(11, 3)));
    let shelf = shelf().0;
    let office = Office { institution: &"baima".into(), shelf: &shelf };
    let waiting = waiting(office, &ledger, std::slice::from_ref(&closed)).unwrap();
    assert_eq!(waiting.iter().map(Correction::difference).sum::<WorkPoints>(), WorkPoints(150));
    let november = look(&ledger, std::slice::from_ref(&closed), 11);
    assert_eq!((november.people[0].counted, november.people[0].entered), (WorkPoints::ZERO, WorkPoints(150)));
    assert_eq!(closed_people(&closed)[0].sum(), WorkPoints(150));
    assert_eq!(closed_people(&november.reckoned)[0].entered, WorkPoints(150));
}

#[test]
fn a_closed_month_replays_from_what_was_known_then_and_not_from_what_is_known_now() {
    let then = october();
    let closed = look(&then, &[], 10).reckoned;
    let mut now = then.clone();
    now.people[0].rulings.push(ruling("b", Verdict::Accepted, day(11, 3)));
    let shelf = shelf().0;
    let office = Office { institution: &"baima".into(), shelf: &shelf };
    let all = [closed.clone()];
    assert!(replays(office, &then, &all, &closed));
    assert!(!replays(office, &now, &all, &closed));
}

#[test]
fn the_page_begins_with_the_first_month_that_is_due() {
    let ledger = october();
    let (shelf, today) = (shelf().0, day(11, 23));
    let all = months(&shelf, today);
    assert_eq!((all[0], all[1], all.len()), (month(11), month(10), 13));
    assert_eq!(next_month(&ledger, &[], &all, today), Some(month(10)));
    let closed = Closed { close: look(&ledger, &[], 10).reckoned, by: "m".into(), at: Timestamp(0) };
    let known = [KnownClose { closed, confirmed: true }];
    assert_eq!(next_month(&ledger, &known, &all, today), Some(month(10)), "the last one that is over");
}
