use domain::care::{Action, Control, FollowUpClass, FollowUpInput, follow_up};
use domain::decision::{Assessment, AssessmentError, assess};
use domain::measurements::{Implausible, Urgency, hypertension_rules};
use serde::Deserialize;

use super::{check_all, same, tag};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FollowUpExpected {
    class: Option<FollowUpClass>,
    control: Option<Control>,
    action: Option<Action>,
    urgency: Option<Urgency>,
    next_days: Option<i64>,
    next_reason: Option<String>,
    reasons: Option<Vec<String>>,
    grade: Option<u8>,
}

#[test]
fn follow_ups_are_classified_to_the_letter_of_the_norm() {
    let text = include_str!("../../data/cases/follow_up.toml");
    check_all(text, |date, input: FollowUpInput, expected: FollowUpExpected| {
        let result = follow_up(&input, hypertension_rules().unwrap(), date).unwrap();
        same(result.class.clone(), expected.class, "class");
        same(result.control.clone(), expected.control, "control");
        same(result.action.clone(), expected.action, "action");
        same(result.urgency.clone(), expected.urgency, "urgency");
        same(date.days_until(result.next_due), expected.next_days, "days");
        same(tag(&result.next_due_reason, "code"), expected.next_reason, "why then");
        let reasons: Vec<String> = result.reasons.iter().map(|reason| tag(reason, "code")).collect();
        same(reasons, expected.reasons, "reasons");
        same(result.grade, expected.grade.map(Some), "grade");
        for reason in result.reasons.iter().chain([&result.next_due_reason]) {
            assert!(!reason.rule.source.document.is_empty() && reason.rule.rule.starts_with("hypertension."));
        }
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AssessExpected {
    refused: Option<String>,
    urgency: Option<Urgency>,
    unlikely: Option<Vec<String>>,
}

#[test]
fn readings_are_refused_doubted_or_judged() {
    let text = include_str!("../../data/cases/assess.toml");
    check_all(text, |date, input: Assessment, expected: AssessExpected| {
        match assess(&input, hypertension_rules().unwrap(), date) {
            Err(AssessmentError::Implausible(why)) => {
                let why = match why {
                    Implausible::Systolic { .. } => "systolic",
                    Implausible::Diastolic { .. } => "diastolic",
                    Implausible::NotAbove => "not_above",
                };
                assert_eq!(Some(why.to_owned()), expected.refused);
            }
            Err(error) => panic!("{error}"),
            Ok(advice) => {
                assert_eq!(expected.refused, None);
                same(advice.triage.urgency, expected.urgency, "urgency");
                let unlikely: Vec<String> = advice
                    .unlikely
                    .iter()
                    .map(|one| serde_json::to_value(one).unwrap().as_str().unwrap().to_owned())
                    .collect();
                same(unlikely, expected.unlikely, "unlikely");
            }
        }
    });
}
