use super::*;
use documents::Activity;
use domain::{
    base::{InstitutionId, StaffId, Timestamp},
    rules::{Published, VersionHash},
    work_points::{Circumstance, Claim, Ruling, Verdict, points_templates},
};

fn day(month: u8, day: u8) -> Date {
    Date::new(2026, month, day).unwrap()
}

fn shelf() -> (Shelf<PointsRules>, VersionHash) {
    let rules = points_templates().unwrap().rules.rules[0].clone();
    let published = Published::freeze(rules).unwrap();
    let hash = published.hash.clone();
    ([published].into_iter().collect(), hash)
}

fn claim(id: &str, on: Date, rules: &VersionHash) -> Claim {
    Claim {
        id: id.into(),
        staff: "li".into(),
        item: "follow_up".into(),
        on,
        quantity: 1,
        institution: "deshi".into(),
        circumstances: vec![Circumstance::Remote],
        rules: rules.clone(),
        visit: None,
        resident: None,
        note: String::new(),
        recorded_at: Timestamp::of(on, 10, 0),
        withdrawn: None,
    }
}

fn accepted(claim: &str, at: Timestamp) -> Ruling {
    Ruling {
        id: format!("r-{claim}").into(),
        claim: claim.into(),
        verdict: Verdict::Accepted,
        reason: String::new(),
        by: "manager".into(),
        at,
    }
}

fn page(claims: Vec<Claim>, rulings: Vec<Ruling>, place: &str, span: Span) -> Result<PointsPage, RuleError> {
    let year = StaffYear {
        staff: StaffId::new("li"),
        activity: Activity { claims, ..Activity::default() },
        rulings,
    };
    let institution = InstitutionId::new("deshi");
    points_page(
        &year,
        &shelf().0,
        Post { institution: &institution, name: place, group: "" },
        day(11, 22),
        span,
    )
}

#[test]
fn the_month_shows_its_own_lines_and_the_goal_of_the_year() {
    let rules = shelf().1;
    let claims =
        vec![claim("a", day(10, 3), &rules), claim("b", day(11, 9), &rules), claim("c", day(11, 20), &rules)];
    let rulings =
        vec![accepted("a", Timestamp::of(day(10, 4), 9, 0)), accepted("b", Timestamp::of(day(11, 10), 9, 0))];
    let month = page(claims.clone(), rulings.clone(), "得石镇卫生院", Span::Month).unwrap();
    assert_eq!((month.counted, month.counted_lines), (WorkPoints(260), 1));
    assert_eq!((month.pending, month.pending_lines), (WorkPoints(260), 1));
    let goal = month.goal.unwrap();
    assert_eq!((goal.counted, goal.gauge.threshold), (WorkPoints(520), WorkPoints::whole(60)));
    let year = page(claims, rulings, "得石镇卫生院", Span::Year).unwrap();
    assert_eq!((year.counted, year.counted_lines), (WorkPoints(520), 2));
}

#[test]
fn the_newest_work_comes_first() {
    let rules = shelf().1;
    let claims =
        vec![claim("a", day(10, 3), &rules), claim("b", day(11, 9), &rules), claim("c", day(11, 2), &rules)];
    let year = page(claims, Vec::new(), "得石镇卫生院", Span::Year).unwrap();
    let ids: Vec<&str> = year.entries.iter().map(|entry| entry.line.claim.id.as_str()).collect();
    assert_eq!(ids, ["b", "c", "a"]);
}

#[test]
fn a_line_knows_its_rule_version_source_and_evidence() {
    let rules = shelf().1;
    let year = page(vec![claim("a", day(11, 9), &rules)], Vec::new(), "普威镇卫生院", Span::Year).unwrap();
    let entry = &year.entries[0];
    assert_eq!(entry.rule.version, rules);
    assert_eq!(entry.rule.source.kind, domain::rules::SourceKind::Example);
    assert!(!entry.evidence.is_empty());
    assert_eq!(year.goal.unwrap().gauge.threshold, WorkPoints::whole(100));
}

#[test]
fn a_version_that_has_not_arrived_is_an_error_and_not_another_figure() {
    let unknown = VersionHash::of(b"other");
    let found = page(vec![claim("a", day(11, 9), &unknown)], Vec::new(), "得石镇卫生院", Span::Year);
    assert_eq!(found, Err(RuleError::UnknownVersion(unknown)));
}

#[test]
fn nothing_claimed_is_an_empty_page_with_a_goal() {
    let year = page(Vec::new(), Vec::new(), "得石镇卫生院", Span::Year).unwrap();
    assert!(year.entries.is_empty());
    assert_eq!(year.goal.unwrap().gauge.missing, WorkPoints::whole(60));
}
