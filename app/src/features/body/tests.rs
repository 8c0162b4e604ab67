use super::*;
use documents::{Diary, Record, Visit};
use domain::measurements::BodyFact;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn today() -> Date {
    date("2026-11-22")
}

fn file(record: Record) -> ResidentFile {
    let person = Resident { sex: Sex::Female, birth_date: Some(date("1958-03-01")), ..Resident::default() };
    ResidentFile { person, record, diary: Diary::default(), problems: vec![] }
}

fn typed(change: impl FnOnce(&mut Typed)) -> Typed {
    let mut typed = Typed::default();
    change(&mut typed);
    typed
}

#[test]
fn nothing_typed_and_nothing_on_record_is_unknown_and_not_normal() {
    assert_eq!(known(&file(Record::default()), &Typed::default(), today()), Body::default());
}

#[test]
fn a_creatinine_is_a_rate_as_of_the_day_of_the_sample() {
    let typed = typed(|typed| {
        typed.keep(Figure::Creatinine, " 152 ".into());
        typed.keep(Figure::On, "2026-11-20".into());
    });
    let found = known(&file(Record::default()), &typed, today()).egfr.unwrap();
    assert_eq!((found.value.rate, found.on), (30, date("2026-11-20")));
    assert_eq!(
        found.value.from.map(|(creatinine, rule)| (creatinine, rule.rule)),
        Some((1_520, "body.filtration".into()))
    );
}

#[test]
fn what_the_record_knows_counts_until_somebody_types() {
    let old = BodyFact {
        on: Some(date("2026-09-01")),
        egfr: Some(45),
        child_pugh: Some(ChildPugh::B),
        weeks: Some(12),
        ..BodyFact::default()
    };
    let file = file(Record { body: vec![old], ..Record::default() });
    let found = known(&file, &Typed::default(), today());
    assert_eq!(found.egfr.map(|known| (known.value.rate, known.on)), Some((45, date("2026-09-01"))));
    assert_eq!(found.pregnancy.and_then(|known| known.value.weeks), Some(23), "11 weeks and 5 days later");
    let now = typed(|typed| {
        typed.keep(Figure::Egfr, "28".into());
        (typed.child_pugh, typed.pregnant) = (Some(String::new()), Some("no".into()));
    });
    let found = known(&file, &now, today());
    assert_eq!(found.egfr.map(|known| (known.value.rate, known.on)), Some((28, today())));
    assert_eq!(found.child_pugh, None, "today nobody is sure of it");
    assert_eq!(found.pregnancy.map(|known| known.value.pregnant), Some(false));
}

#[test]
fn what_a_prescription_of_before_was_checked_with_is_still_known() {
    let then = Prescription { egfr: Some(45), lactating: true, ..Prescription::default() };
    let visit = Visit { date: Some(date("2026-09-01")), prescription: Some(then), ..Visit::default() };
    let file = file(Record { visits: vec![visit], ..Record::default() });
    let found = known(&file, &Typed::default(), today());
    assert_eq!(found.egfr.as_ref().map(|known| known.value.rate), Some(45));
    assert!(feeds(&found) && found.expects());
    let kept = on(&found, Prescription::default());
    assert_eq!((kept.egfr, kept.lactating, kept.dated), (Some(45), true, true));
    assert_eq!((kept.egfr_on, kept.creatinine), (Some(date("2026-09-01")), None));
}

#[test]
fn what_cannot_be_is_said_to_be_wrong_and_counts_as_unknown() {
    for (figure, text, wrong) in [
        (Figure::Egfr, "", false),
        (Figure::Egfr, "60", false),
        (Figure::Egfr, "0", true),
        (Figure::Egfr, "六十", true),
        (Figure::Creatinine, "76.5", false),
        // Of the other unit: 0.9 mg/dL.
        (Figure::Creatinine, "0.9", true),
        (Figure::Weeks, "42", false),
        (Figure::Weeks, "43", true),
        (Figure::On, "2026-11-22", false),
        (Figure::On, "2026-11-23", true),
        (Figure::Due, "2027-08-29", false),
        (Figure::Due, "2027-08-30", true),
        (Figure::Due, "2026-11-02", false),
        (Figure::Due, "2026-11-01", true),
    ] {
        assert_eq!(figure.is_wrong(text, today()), wrong, "{figure:?} {text}");
    }
    let typed = typed(|typed| typed.keep(Figure::Weeks, "50".into()));
    assert_eq!(typed.wrong(today()), Some(Figure::Weeks));
    assert_eq!(typed.facts(today(), None, &"d".into()), []);
}

#[test]
fn weeks_and_a_day_of_birth_are_of_a_pregnancy() {
    let typed = typed(|typed| {
        typed.keep(Figure::Weeks, "20".into());
        (typed.pregnant, typed.lactating) = (Some("no".into()), Some(true));
    });
    let facts = typed.facts(today(), None, &"d".into());
    let said: Vec<_> = facts.iter().map(|fact| (fact.pregnant, fact.weeks, fact.breast_feeding)).collect();
    assert_eq!(said, [(Some(false), None, Some(true))]);
}

#[test]
fn a_woman_of_sixty_nine_and_a_child_are_not_asked_whether_they_expect() {
    let person = |sex, key_groups| Resident { sex, key_groups, ..Resident::default() };
    assert!(can_expect(&person(Sex::Female, vec![KeyGroup::Hypertension])));
    assert!(can_expect(&person(Sex::default(), vec![])));
    assert!(!can_expect(&person(Sex::Female, vec![KeyGroup::Over65])));
    assert!(!can_expect(&person(Sex::Female, vec![KeyGroup::Child])));
    assert!(!can_expect(&person(Sex::Male, vec![])));
}

#[test]
fn each_thing_that_is_known_says_since_when_and_a_rate_where_it_comes_from() {
    let file = file(Record::default());
    let typed = typed(|typed| {
        typed.keep(Figure::Creatinine, "152".into());
        typed.keep(Figure::Due, "2027-03-28".into());
        (typed.child_pugh, typed.lactating) = (Some("B".into()), Some(false));
    });
    let said = lines(crate::language::Language::zh_CN, &known(&file, &typed, today()));
    let answers: Vec<&str> = said.iter().map(|line| line.answer.as_str()).collect();
    assert_eq!(answers[0], "30（2026 年 11 月 22 日血肌酐 152 μmol/L）");
    assert_eq!(answers[1], "B（2026 年 11 月 22 日）");
    assert_eq!(answers[2], "孕 22 周（预产期 2027 年 3 月 28 日）");
    assert_eq!(answers[3], "不是（2026 年 11 月 22 日）");
    assert!(said[0].why.as_ref().is_some_and(|(_, source)| source.contains("Ann Intern Med")));
}
