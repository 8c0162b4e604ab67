//! Laws of glucose and of the diabetes follow-up that hold for every input.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::base::{Date, Glucose, SignId};
use domain::care::{
    Action, AdverseReaction, Control, DiabetesFollowUp, DiabetesFollowUpError, FollowUpInput, LastFollowUp,
    PreviousFollowUp, diabetes_follow_up, due,
};
use domain::measurements::{
    GlucoseFindings, GlucoseReading, GlucoseTiming, Pressure, Urgency, diabetes_rules, triage_glucose,
};
use proptest::prelude::*;

/// Days since every table has a value in force: 28 February 2017.
fn date() -> impl Strategy<Value = Date> {
    (17_225_i64..25_000).prop_map(Date::from_days_from_epoch)
}

fn timing() -> impl Strategy<Value = GlucoseTiming> {
    prop::sample::select(vec![GlucoseTiming::Fasting, GlucoseTiming::NotFasting, "at_noon".into()])
}

fn glucose() -> impl Strategy<Value = Glucose> {
    (60_u16..=5550).prop_map(Glucose)
}

fn pressure() -> impl Strategy<Value = Pressure> {
    (70_u16..=300, 40_u16..=180).prop_filter_map("possible", |(s, d)| Pressure::new(s, d).ok())
}

fn signs() -> impl Strategy<Value = Vec<SignId>> {
    let known = diabetes_rules().unwrap().rules.danger_signs.values[0].value.iter();
    let known = known.map(|sign| sign.id.clone()).chain(["unheard_of".into()]).collect::<Vec<_>>();
    prop::collection::vec(prop::sample::select(known), 0..4)
}

fn reading() -> impl Strategy<Value = GlucoseReading> {
    (glucose(), timing()).prop_map(|(glucose, timing)| GlucoseReading { glucose, timing })
}

fn findings() -> impl Strategy<Value = GlucoseFindings> {
    (prop::option::of(reading()), prop::option::of(pressure()), signs(), any::<bool>()).prop_map(
        |(glucose, pressure, danger_signs, pregnant_or_lactating)| GlucoseFindings {
            glucose,
            pressure,
            danger_signs,
            pregnant_or_lactating,
        },
    )
}

fn input() -> impl Strategy<Value = FollowUpInput<GlucoseFindings>> {
    let reactions = prop::sample::select(AdverseReaction::KNOWN.to_vec());
    let states: Vec<Control> = Control::KNOWN.iter().cloned().chain(["of_tomorrow".into()]).collect();
    let previous = prop::option::of((date(), prop::sample::select(states)));
    (findings(), reactions, any::<bool>(), previous).prop_map(
        |(findings, adverse_reaction, complication, previous)| FollowUpInput {
            findings,
            adverse_reaction,
            complication,
            previous: previous.map(|(date, control)| PreviousFollowUp { date, control }),
        },
    )
}

fn classify(
    input: &FollowUpInput<GlucoseFindings>,
    on: Date,
) -> Result<DiabetesFollowUp, DiabetesFollowUpError> {
    diabetes_follow_up(input, diabetes_rules().unwrap(), on)
}

fn urgency(findings: &GlucoseFindings, on: Date) -> Urgency {
    triage_glucose(findings, diabetes_rules().unwrap(), on).unwrap().urgency
}

proptest! {
    #[test]
    fn a_glucose_survives_its_text(hundredths: u16) {
        prop_assert_eq!(Glucose(hundredths).to_string().parse(), Ok(Glucose(hundredths)));
    }

    #[test]
    fn a_further_finding_never_lowers_urgency(found in findings(), more in signs(), high in pressure(), on in date()) {
        let before = urgency(&found, on);
        let with_signs = GlucoseFindings {
            danger_signs: found.danger_signs.iter().cloned().chain(more).collect(),
            ..found.clone()
        };
        let pregnant = GlucoseFindings { pregnant_or_lactating: true, ..found.clone() };
        let measured = GlucoseFindings { pressure: found.pressure.or(Some(high)), ..found };
        for further in [with_signs, pregnant, measured] {
            prop_assert!(urgency(&further, on) >= before);
        }
    }

    #[test]
    fn a_glucose_further_from_normal_never_lowers_urgency(
        found in findings(), timing in timing(), normal in 391_u16..1670, by in 0_u16..3000, on in date(),
    ) {
        let at = |hundredths: u16| {
            let glucose = Some(GlucoseReading { glucose: Glucose(hundredths), timing: timing.clone() });
            urgency(&GlucoseFindings { glucose, ..found.clone() }, on)
        };
        prop_assert!(at(normal + by) >= at(normal));
        let low = at(390);
        prop_assert!(at(390_u16.saturating_sub(by)) >= low);
        prop_assert!(low >= at(391) || found.pregnant_or_lactating);
    }

    #[test]
    fn a_higher_pressure_never_lowers_urgency(
        found in findings(), low in pressure(), more in (0_u16..80, 0_u16..60), on in date(),
    ) {
        let high = Pressure { sbp: low.sbp + more.0, dbp: low.dbp + more.1 };
        let at = |pressure| urgency(&GlucoseFindings { pressure: Some(pressure), ..found.clone() }, on);
        prop_assert!(at(high) >= at(low));
    }

    #[test]
    fn what_is_not_known_never_counts_as_normal(input in input(), on in date()) {
        let found = &input.findings;
        let fasting = found.glucose.as_ref().is_some_and(GlucoseReading::is_fasting);
        match classify(&input, on) {
            Ok(result) => prop_assert!(
                result.control == Control::Critical || (fasting && found.pressure.is_some())
            ),
            Err(DiabetesFollowUpError::NoFastingGlucose) => prop_assert!(!fasting),
            Err(DiabetesFollowUpError::NoPressure) => prop_assert!(fasting && found.pressure.is_none()),
            Err(error) => prop_assert!(false, "{}", error),
        }
    }

    #[test]
    fn an_unknown_time_to_meals_is_never_less_urgent_than_a_known_one(found in findings(), at in glucose(), on in date()) {
        let with = |timing: GlucoseTiming| {
            urgency(&GlucoseFindings { glucose: Some(GlucoseReading { glucose: at, timing }), ..found.clone() }, on)
        };
        let unknown = with(GlucoseTiming::default());
        prop_assert!(unknown >= with(GlucoseTiming::Fasting) && unknown >= with(GlucoseTiming::NotFasting));
    }

    #[test]
    fn the_next_follow_up_lies_after_this_one_and_has_its_reason(input in input(), on in date()) {
        let Ok(result) = classify(&input, on) else { return Ok(()) };
        let pack = diabetes_rules().unwrap();
        let days = on.days_until(result.next_due);
        prop_assert_eq!(days, if result.action == Action::Routine { 90 } else { 14 });
        prop_assert!(!result.reasons.is_empty());
        prop_assert!(result.reasons.iter().all(|reason| reason.rule.version == pack.version));
        let stored = serde_json::to_string(&result).unwrap();
        prop_assert_eq!(&serde_json::from_str::<DiabetesFollowUp>(&stored).unwrap(), &result);
        let last = LastFollowUp {
            date: on,
            next_due: result.next_due,
            reason: result.next_due_reason.clone(),
            referred: result.is_referred(),
            agreed: None,
        };
        let next = due(Some(&last), on, pack).unwrap();
        prop_assert_eq!((next.date, next.reason), (result.next_due, result.next_due_reason));
        let first = due(None, on, pack).unwrap();
        prop_assert_eq!((first.date, first.reason.rule.rule.as_str()), (on, "diabetes.routine"));
    }

    #[test]
    fn a_second_time_out_of_control_is_always_referred(input in input(), on in date()) {
        let Ok(result) = classify(&input, on) else { return Ok(()) };
        let before = input.previous.as_ref().is_some_and(|previous| previous.control != Control::Controlled);
        if before && result.control != Control::Controlled {
            prop_assert!(result.is_referred());
        }
    }
}
