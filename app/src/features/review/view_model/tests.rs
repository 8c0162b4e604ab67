use super::*;
use documents::Activity;
use domain::{
    rules::{Published, VersionHash},
    work_points::{Dispute, Withdrawal, points_templates},
};

fn day(month: u8, day: u8) -> Date {
    Date::new(2026, month, day).unwrap()
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
        item: "follow_up".into(),
        on,
        quantity: 1,
        institution: "deshi".into(),
        circumstances: Vec::new(),
        rules: shelf().1,
        visit: None,
        resident: Some(format!("resident of {id}").into()),
        note: String::new(),
        recorded_at: Timestamp::of(on, 10, 0),
        withdrawn: None,
    }
}

fn year(staff: &str, claims: Vec<Claim>, rulings: Vec<Ruling>) -> (i32, StaffYear) {
    (2026, StaffYear { staff: staff.into(), activity: Activity { claims, ..Activity::default() }, rulings })
}

fn look(years: &[(i32, StaffYear)], decided: &[&str]) -> Queue {
    queue(
        years,
        &shelf().0,
        &BTreeMap::new(),
        &"manager".into(),
        &decided.iter().map(|id| ClaimId::new(*id)).collect(),
        &points_templates().unwrap().rules.plausibility,
        day(11, 22),
    )
}

fn ids(group: &Group) -> Vec<&str> {
    group.items.iter().map(|item| item.entry.line.claim.id.as_str()).collect()
}

#[test]
fn whoever_has_waited_longest_comes_first() {
    let years = [
        year("a", vec![claim("a2", "a", day(11, 9)), claim("a1", "a", day(11, 5))], Vec::new()),
        year("b", vec![claim("b1", "b", day(11, 1))], Vec::new()),
    ];
    let queue = look(&years, &[]);
    assert_eq!(queue.waiting(), 3);
    assert_eq!(queue.groups[1].points(), WorkPoints(400));
    assert_eq!(ids(&queue.groups[0]), ["b1"]);
    assert_eq!(ids(&queue.groups[1]), ["a1", "a2"]);
}

#[test]
fn a_person_whose_claims_were_all_just_decided_keeps_their_place() {
    let ruling = Decision::accept().ruling(&"a1".into(), &"manager".into(), Timestamp::of(day(11, 20), 9, 0));
    let years = [
        year("a", vec![claim("a1", "a", day(11, 1))], vec![ruling]),
        year("b", vec![claim("b1", "b", day(11, 2))], Vec::new()),
    ];
    let queue = look(&years, &["a1"]);
    assert_eq!(queue.groups[0].staff.as_str(), "a");
    assert_eq!(queue.groups[0].waiting(), 0);
}

#[test]
fn both_years_of_a_person_are_one_group() {
    let last = Date::new(2025, 12, 30).unwrap();
    let older = (
        2025,
        StaffYear {
            staff: "a".into(),
            activity: Activity { claims: vec![claim("old", "a", last)], ..Activity::default() },
            rulings: Vec::new(),
        },
    );
    let queue = look(&[year("a", vec![claim("new", "a", day(1, 3))], Vec::new()), older], &[]);
    assert_eq!(queue.groups.len(), 1);
    assert_eq!(ids(&queue.groups[0]), ["old", "new"]);
}

#[test]
fn nobody_rules_on_their_own_work() {
    let queue = look(&[year("manager", vec![claim("x", "manager", day(11, 5))], Vec::new())], &[]);
    assert_eq!(queue, Queue::default());
}

#[test]
fn what_was_just_accepted_keeps_its_place_and_what_was_ruled_before_stands_below() {
    let claims =
        vec![claim("a1", "a", day(11, 5)), claim("a2", "a", day(11, 6)), claim("a3", "a", day(11, 7))];
    let at = |hour| Timestamp::of(day(11, 8), hour, 0);
    let rulings = vec![
        Decision::accept().ruling(&"a1".into(), &"manager".into(), at(9)),
        Decision::accept().ruling(&"a3".into(), &"manager".into(), at(10)),
    ];
    let queue = look(&[year("a", claims, rulings)], &["a3"]);
    assert_eq!(ids(&queue.groups[0]), ["a2", "a3"]);
    assert_eq!(queue.groups[0].waiting(), 1);
    assert_eq!(queue.ruled.len(), 1);
    assert_eq!(queue.ruled[0].line.claim.id.as_str(), "a1");
}

#[test]
fn rulings_of_more_than_thirty_days_ago_leave_the_list() {
    let claims = vec![claim("old", "a", day(10, 5)), claim("new", "a", day(10, 6))];
    let manager = StaffId::new("manager");
    let rulings = vec![
        Decision::accept().ruling(&"old".into(), &manager, Timestamp::of(day(10, 22), 9, 0)),
        Decision::accept().ruling(&"new".into(), &manager, Timestamp::of(day(10, 23), 9, 0)),
    ];
    let queue = look(&[year("a", claims, rulings)], &[]);
    let left: Vec<&str> = queue.ruled.iter().map(|entry| entry.line.claim.id.as_str()).collect();
    assert_eq!(left, ["new"]);
}

#[test]
fn withdrawn_work_is_not_in_the_queue() {
    let withdrawal = Withdrawal { reason: "wrong resident".into(), at: Timestamp::of(day(11, 6), 9, 0) };
    let gone = Claim { withdrawn: Some(withdrawal), ..claim("a1", "a", day(11, 5)) };
    assert_eq!(look(&[year("a", vec![gone], Vec::new())], &[]), Queue::default());
}

#[test]
fn late_and_double_entries_are_pointed_out_and_left_to_be_looked_at_one_by_one() {
    let late = Claim { recorded_at: Timestamp::of(day(11, 13), 9, 0), ..claim("late", "a", day(11, 5)) };
    let one = Claim { resident: Some("r".into()), ..claim("one", "a", day(11, 6)) };
    let other = Claim { resident: Some("r".into()), ..claim("other", "a", day(11, 6)) };
    let queue = look(&[year("a", vec![late, one, other, claim("plain", "a", day(11, 7))], Vec::new())], &[]);
    let group = &queue.groups[0];
    assert_eq!(group.items[0].hints, [Hint::Late { days: 8, entered: day(11, 13) }]);
    assert_eq!(group.items[1].hints, [Hint::Same { claims: 2 }]);
    let plain: Vec<ClaimId> = group.plain().into_iter().map(|claim| claim.id).collect();
    assert_eq!(plain, [ClaimId::new("plain")]);
}

#[test]
fn one_person_at_two_places_on_one_day_is_pointed_out_on_both_claims_and_can_still_be_accepted() {
    let away = Claim { institution: "baipo".into(), ..claim("away", "a", day(11, 5)) };
    let queue = look(&[year("a", vec![away, claim("home", "a", day(11, 5))], Vec::new())], &[]);
    let group = &queue.groups[0];
    for item in &group.items {
        assert_eq!(item.hints, [Hint::TwoPlaces { places: 2 }]);
        assert!(item.can_accept());
    }
    assert_eq!(group.plain(), []);
}

#[test]
fn a_disputed_ruling_waits_again_until_somebody_has_ruled_anew() {
    let manager = StaffId::new("manager");
    let reject = Objection { reject: true, points: "", reason: "twice" }.decide(None).unwrap();
    let ruling = reject.ruling(&"a1".into(), &manager, Timestamp::of(day(11, 8), 9, 0));
    let dispute = Dispute {
        id: "d1".into(),
        claim: "a1".into(),
        ruling: ruling.id.clone(),
        reason: "签到表有我".into(),
        at: Timestamp::of(day(11, 9), 9, 0),
        withdrawn: None,
    };
    let mut years = [year("a", vec![claim("a1", "a", day(11, 5))], vec![ruling])];
    years[0].1.activity.disputes.push(dispute);
    let queue = look(&years, &[]);
    assert_eq!((queue.waiting(), queue.ruled.len()), (1, 0));
    let item = &queue.groups[0].items[0];
    assert_eq!(item.hints, [Hint::Disputed]);
    assert!(item.can_accept() && queue.groups[0].plain().is_empty());
    let again = Decision::accept().ruling(&"a1".into(), &manager, Timestamp::of(day(11, 10), 9, 0));
    years[0].1.rulings.push(again);
    let queue = look(&years, &[]);
    assert_eq!((queue.waiting(), queue.ruled.len()), (0, 1));
}

#[test]
fn a_ruling_of_a_newer_version_is_not_overruled_blindly() {
    let ruling = Ruling {
        verdict: Verdict::Unknown,
        ..Decision::accept().ruling(&"a1".into(), &"other".into(), Timestamp(1))
    };
    let queue = look(&[year("a", vec![claim("a1", "a", day(11, 5))], vec![ruling])], &[]);
    let item = &queue.groups[0].items[0];
    assert!(item.open() && !item.can_accept());
}

#[test]
fn a_version_that_has_not_arrived_hides_no_other_person() {
    let unknown = Claim { rules: VersionHash::of(b"other"), ..claim("a1", "a", day(11, 5)) };
    let years =
        [year("a", vec![unknown], Vec::new()), year("b", vec![claim("b1", "b", day(11, 6))], Vec::new())];
    let queue = look(&years, &[]);
    assert!(queue.groups.iter().any(|group| group.needs_update && group.staff.as_str() == "a"));
    assert_eq!(queue.waiting(), 1);
}

#[test]
fn two_rulings_on_one_claim_never_share_an_id() {
    let (claim, one, other) = (ClaimId::new("c"), StaffId::new("one"), StaffId::new("other"));
    let accept = Decision::accept();
    let first = accept.ruling(&claim, &one, Timestamp(1));
    assert_ne!(first.id, accept.ruling(&claim, &other, Timestamp(1)).id);
    assert_ne!(first.id, accept.ruling(&claim, &one, Timestamp(2)).id);
    assert!(first.is_reasoned());
}

#[test]
fn an_objection_needs_a_reason_and_a_figure_other_than_the_claimed() {
    let claimed = Some(WorkPoints(400));
    let object = |reject, points, reason| Objection { reject, points, reason }.decide(claimed);
    let lacking = |points, same, reason| Err(Lacking { points, same, reason });
    assert_eq!(object(false, "many", " "), lacking(true, false, true));
    assert_eq!(object(false, "4.00", "reason"), lacking(false, true, false));
    assert_eq!(object(true, "", ""), lacking(false, false, true));
    let adjusted = object(false, "2.5", " half of it ").unwrap();
    assert_eq!(adjusted.verdict, Verdict::Adjusted { points: WorkPoints(250) });
    assert_eq!(adjusted.reason, "half of it");
    // A figure left in the field of a rejected claim means nothing.
    assert_eq!(object(true, "2.5", "not done").unwrap().verdict, Verdict::Rejected);
}

#[test]
fn the_claimant_sees_figure_and_reason_of_an_adjusted_claim() {
    let claims = vec![claim("a", "doctor", day(11, 1)), claim("b", "doctor", day(11, 2))];
    let adjust = Objection { reject: false, points: "0.5", reason: "half" }.decide(None).unwrap();
    let reject = Objection { reject: true, points: "", reason: "twice" }.decide(None).unwrap();
    let at = Timestamp::of(day(11, 3), 9, 0);
    let rulings = vec![
        adjust.ruling(&"a".into(), &"manager".into(), at),
        reject.ruling(&"b".into(), &"manager".into(), at),
    ];
    let queue = look(&[year("doctor", claims, rulings)], &[]);
    let said = |state: LineState| {
        let entry = queue.ruled.iter().find(|entry| entry.line.state == state).unwrap();
        (entry.line.points, entry.line.ruling.as_ref().unwrap().reason.as_str())
    };
    assert_eq!(said(LineState::Adjusted), (WorkPoints(50), "half"));
    assert_eq!(said(LineState::Rejected).1, "twice");
    assert_eq!(queue.waiting(), 0);
}
