use super::*;
use documents::{Prescriptions, ReviewRead};
use domain::work_points::Withdrawal;

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

fn case(id: &str, days_ago: i64, level: WarningLevel) -> PrescriptionCase {
    let answered = Warning { level, reason: "已告知".into(), ..Warning::default() };
    let shown = Warning { level: WarningLevel::Stop, ..Warning::default() };
    PrescriptionCase {
        id: id.into(),
        by: "doctor".into(),
        at: Timestamp::of(today().add_days(-days_ago), 10, 0),
        prescription: Prescription { warnings: vec![answered, shown], ..Prescription::default() },
        ..PrescriptionCase::default()
    }
}

fn review(case: &str, verdict: ReviewVerdict, days_ago: i64) -> Review {
    let opinion = Opinion { verdict: Some(verdict), reason: "换药".into() };
    let at = Timestamp::of(today().add_days(-days_ago), 15, 0);
    opinion.review(&case.into(), &"pharmacist".into(), at).unwrap()
}

fn year(cases: Vec<PrescriptionCase>, reviews: Vec<Review>) -> PrescriptionYear {
    let prescriptions = Prescriptions { cases, read: Vec::new() };
    PrescriptionYear { staff: "doctor".into(), prescriptions, reviews }
}

fn ids(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| item.case.id.as_str()).collect()
}

#[test]
fn a_stop_comes_before_a_warning_and_what_waited_longest_first() {
    let cases = vec![
        case("warn-old", 20, WarningLevel::Warn),
        case("stop-new", 1, WarningLevel::Stop),
        case("stop-old", 9, WarningLevel::Stop),
        case("newer", 0, WarningLevel::from("never")),
    ];
    let queue = queue(&[year(cases, vec![])], &"pharmacist".into(), today());
    assert_eq!(ids(&queue.waiting), ["newer", "stop-old", "stop-new", "warn-old"]);
    assert_eq!((queue.waiting[1].days(today()), queue.shown(None).unwrap().case.id.as_str()), (9, "newer"));
    assert_eq!(queue.shown(Some("stop-new")).unwrap().case.id.as_str(), "stop-new");
    assert_eq!(queue.shown(Some("gone")), None);
}

#[test]
fn only_what_was_answered_weighs() {
    let queue = queue(&[year(vec![case("a", 1, WarningLevel::Warn)], vec![])], &"p".into(), today());
    assert_eq!(queue.waiting[0].level(), WarningLevel::Warn, "the stop was heeded");
}

#[test]
fn a_review_ends_the_waiting_until_it_is_taken_back() {
    let cases = || vec![case("a", 5, WarningLevel::Stop), case("b", 4, WarningLevel::Stop)];
    let said = review("a", ReviewVerdict::Refused, 3);
    let after = queue(&[year(cases(), vec![said.clone()])], &"p".into(), today());
    assert_eq!((ids(&after.waiting), ids(&after.reviewed)), (vec!["b"], vec!["a"]));
    let back = review("a", ReviewVerdict::TakenBack, 2);
    let after = queue(&[year(cases(), vec![said, back])], &"p".into(), today());
    assert_eq!((ids(&after.waiting), after.reviewed.len()), (vec!["a", "b"], 0));
}

#[test]
fn the_latest_review_counts_and_old_ones_leave_the_list() {
    let cases = vec![case("a", 90, WarningLevel::Stop), case("b", 90, WarningLevel::Stop)];
    let reviews = vec![
        review("b", ReviewVerdict::Agreed, 80),
        review("a", ReviewVerdict::Refused, 80),
        review("a", ReviewVerdict::Advised, 2),
    ];
    let queue = queue(&[year(cases, reviews)], &"p".into(), today());
    assert_eq!(ids(&queue.reviewed), ["a"]);
    assert_eq!(queue.reviewed[0].said().unwrap().verdict, ReviewVerdict::Advised);
}

#[test]
fn nobody_reviews_the_own_prescriptions_or_one_that_was_taken_back() {
    let mut taken = case("a", 5, WarningLevel::Stop);
    taken.withdrawn = Some(Withdrawal { reason: "填错了".into(), at: Timestamp::of(today(), 8, 0) });
    let years = [year(vec![taken, case("b", 5, WarningLevel::Stop)], vec![])];
    assert_eq!(ids(&queue(&years, &"pharmacist".into(), today()).waiting), ["b"]);
    assert_eq!(queue(&years, &"doctor".into(), today()), Queue::default());
    assert_eq!(ids(&mine(&years).waiting), ["b"]);
}

#[test]
fn the_prescriber_reads_what_asks_for_a_change_once() {
    let cases = ["agreed", "advised", "refused", "newer"].map(|id| case(id, 5, WarningLevel::Stop));
    let reviews = vec![
        review("agreed", ReviewVerdict::Agreed, 3),
        review("advised", ReviewVerdict::Advised, 2),
        review("refused", ReviewVerdict::Refused, 3),
        review("newer", ReviewVerdict::from("of_a_newer_app"), 3),
    ];
    let mut year = year(cases.into(), reviews.clone());
    let before = mine(&[year.clone()]);
    assert_eq!(ids(&before.unread), ["newer", "refused", "advised"]);
    assert_eq!(ids(&before.settled), ["agreed"]);
    let read = ReviewRead { review: reviews[2].id.clone(), at: Timestamp::of(today(), 9, 0) };
    year.prescriptions.read.push(read);
    assert_eq!(ids(&mine(&[year.clone()]).unread), ["newer", "advised"]);
    // Whoever says something else is read again.
    year.reviews.push(review("refused", ReviewVerdict::Advised, 0));
    assert_eq!(ids(&mine(&[year]).unread), ["newer", "refused", "advised"]);
}

#[test]
fn an_opinion_needs_a_verdict_and_a_change_a_reason() {
    let review = |verdict, reason: &str| {
        let opinion = Opinion { verdict, reason: reason.into() };
        opinion
            .review(&"v".into(), &"p".into(), Timestamp(7))
            .map(|review| (review.id.to_string(), review.reason))
    };
    assert_eq!(review(None, "换药"), Err(Lacking::Verdict));
    assert_eq!(review(Some(ReviewVerdict::Refused), " "), Err(Lacking::Reason));
    assert_eq!(review(Some(ReviewVerdict::Agreed), ""), Ok(("v.p.7".into(), String::new())));
    assert_eq!(review(Some(ReviewVerdict::Advised), " 换药 "), Ok(("v.p.7".into(), "换药".into())));
}
