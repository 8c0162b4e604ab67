use domain::base::{Glucose, SignId};
use domain::care::{
    Action, AdverseReaction, Control, DiabetesFollowUpError, FollowUpClass, FollowUpInput, PreviousFollowUp,
    diabetes_follow_up,
};
use domain::measurements::{
    GlucoseFindings, GlucoseReading, GlucoseTiming, Pressure, UnlikelyGlucose, Urgency, diabetes_rules,
    triage_glucose,
};
use serde::Deserialize;

use super::{check_all, same, tag};

/// The input as a nurse writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    glucose: Option<String>,
    #[serde(default = "fasting")]
    timing: GlucoseTiming,
    #[serde(default = "ordinary")]
    pressure: Pressure,
    #[serde(default)]
    no_pressure: bool,
    #[serde(default)]
    danger_signs: Vec<SignId>,
    #[serde(default)]
    pregnant_or_lactating: bool,
    #[serde(default = "no_reaction")]
    adverse_reaction: AdverseReaction,
    #[serde(default)]
    complication: bool,
    previous: Option<PreviousFollowUp>,
}

fn fasting() -> GlucoseTiming {
    GlucoseTiming::Fasting
}

fn ordinary() -> Pressure {
    Pressure { sbp: 128, dbp: 80 }
}

fn no_reaction() -> AdverseReaction {
    AdverseReaction::None
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    refused: Option<String>,
    class: Option<FollowUpClass>,
    control: Option<Control>,
    action: Option<Action>,
    urgency: Option<Urgency>,
    next_days: Option<i64>,
    next_reason: Option<String>,
    reasons: Option<Vec<String>>,
}

#[test]
fn diabetes_follow_ups_are_classified_to_the_letter_of_the_norm() {
    let text = include_str!("../../data/cases/diabetes.toml");
    check_all(text, |date, input: Input, expected: Expected| {
        let glucose = input.glucose.map(|text| text.parse::<Glucose>().unwrap());
        let findings = GlucoseFindings {
            glucose: glucose.map(|glucose| GlucoseReading::new(glucose, input.timing.clone()).unwrap()),
            pressure: (!input.no_pressure).then_some(input.pressure),
            danger_signs: input.danger_signs,
            pregnant_or_lactating: input.pregnant_or_lactating,
        };
        let input = FollowUpInput {
            findings,
            adverse_reaction: input.adverse_reaction,
            complication: input.complication,
            previous: input.previous,
        };
        let result = match diabetes_follow_up(&input, diabetes_rules().unwrap(), date) {
            Ok(result) => result,
            Err(DiabetesFollowUpError::NoFastingGlucose) => {
                return assert_eq!(expected.refused.as_deref(), Some("no_fasting_glucose"));
            }
            Err(DiabetesFollowUpError::NoPressure) => {
                return assert_eq!(expected.refused.as_deref(), Some("no_pressure"));
            }
            Err(error) => panic!("{error}"),
        };
        assert_eq!(expected.refused, None);
        same(result.class.clone(), expected.class, "class");
        same(result.control.clone(), expected.control, "control");
        same(result.action.clone(), expected.action, "action");
        same(result.urgency.clone(), expected.urgency, "urgency");
        same(date.days_until(result.next_due), expected.next_days, "days");
        same(tag(&result.next_due_reason, "code"), expected.next_reason, "why then");
        let reasons: Vec<String> = result.reasons.iter().map(|reason| tag(reason, "code")).collect();
        same(reasons, expected.reasons, "reasons");
        for reason in result.reasons.iter().chain([&result.next_due_reason]) {
            assert!(!reason.rule.source.document.is_empty() && reason.rule.rule.starts_with("diabetes."));
        }
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    glucose: String,
    #[serde(default = "fasting")]
    timing: GlucoseTiming,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plausible {
    #[serde(default)]
    refused: bool,
    #[serde(default)]
    likely: bool,
    unlikely: Option<String>,
    urgency: Option<Urgency>,
    reason: Option<String>,
}

#[test]
fn glucose_readings_are_refused_doubted_or_judged() {
    let text = include_str!("../../data/cases/glucose.toml");
    check_all(text, |date, input: Typed, expected: Plausible| {
        let glucose = input.glucose.parse().unwrap();
        let reading = GlucoseReading::new(glucose, input.timing);
        assert_eq!(reading.is_err(), expected.refused);
        let Ok(reading) = reading else { return };
        assert_eq!(reading.unlikely().is_none(), expected.likely);
        let unlikely = reading.unlikely().map(|unlikely| match unlikely {
            UnlikelyGlucose::Low => "low".to_owned(),
            UnlikelyGlucose::High => "high".to_owned(),
        });
        assert_eq!(unlikely, expected.unlikely);
        let findings = GlucoseFindings { glucose: Some(reading), ..GlucoseFindings::default() };
        let triage = triage_glucose(&findings, diabetes_rules().unwrap(), date).unwrap();
        same(triage.urgency, expected.urgency, "urgency");
        same(tag(&triage.reasons[0], "code"), expected.reason, "reason");
    });
}
