//! A condition in full, and findings to tap.

use super::support::{case, guide};
use guide::{Case, Condition, Finding, Reply, Request, Sex, Site};

fn condition(id: &str, case: &Case) -> Option<Condition> {
    match guide().answer(&Request::Condition { id: id.to_owned(), case: case.clone() }) {
        Reply::Condition(condition) => condition,
        other => panic!("{other:?}"),
    }
}

fn findings(text: &str, case: &Case) -> Vec<Finding> {
    match guide().answer(&Request::Findings { text: text.to_owned(), case: case.clone() }) {
        Reply::Findings(findings) => findings,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_township_examines_what_a_village_can_and_more() {
    let at = |site| condition("cystitis", &Case { site, ..Case::default() }).unwrap();
    let (village, township, county) = (at(Site::Village), at(Site::Township), at(Site::County));
    assert!(village.here.iter().all(|one| township.here.contains(one)));
    assert!(township.here.len() > village.here.len() && county.here.len() > township.here.len());
    assert!(village.elsewhere.iter().all(|one| !village.here.contains(one)) && !village.elsewhere.is_empty());
    assert!(county.elsewhere.is_empty());
    assert!(!village.sources.is_empty() && !village.safety_net.is_empty());
}

#[test]
fn what_of_the_case_or_the_record_speaks_against_a_management_is_shown() {
    let plain = case(30, Sex::Female, "尿频尿痛");
    assert!(condition("cystitis", &plain).unwrap().against.is_empty());
    let pregnant = Case { pregnant: Some(true), ..plain.clone() };
    assert_eq!(condition("cystitis", &pregnant).unwrap().against.len(), 1);
    let said = case(30, Sex::Female, "尿频尿痛，怀孕12周");
    assert_eq!(condition("cystitis", &said).unwrap().against.len(), 1);
    let recorded = |words: &str| Case { history: vec![words.to_owned()], ..plain.clone() };
    let against = |words: &str| condition("costochondritis", &recorded(words)).unwrap().against;
    assert!(!against("胃溃疡").is_empty(), "a finding of the record");
    assert!(against("体健").is_empty());
}

#[test]
fn nobody_knows_a_condition_that_is_not_there() {
    assert_eq!(condition("no_such_condition", &Case::default()), None);
}

#[test]
fn findings_are_found_by_name_everyday_word_and_initials() {
    let first = |text: &str| findings(text, &Case::default()).first().map(|found| found.id.clone());
    for text in ["咳嗽", "ks", "KS", "老咳嗽"] {
        assert_eq!(first(text).as_deref(), Some("cough"), "{text}");
    }
    assert!(findings("fs", &Case::default()).iter().any(|found| found.id == "fever"), "发烧 beside 发热");
    assert!(findings("", &Case::default()).is_empty() && findings("，", &Case::default()).is_empty());
}

#[test]
fn findings_are_twenty_at_most_and_concern_the_person() {
    assert_eq!(findings("痛", &Case::default()).len(), 20);
    assert_eq!(findings("痛", &Case::default()), findings("痛", &Case::default()));
    let man = case(40, Sex::Male, "");
    assert!(findings("阴道", &man).is_empty());
    assert!(!findings("阴道", &case(40, Sex::Female, "")).is_empty());
}
