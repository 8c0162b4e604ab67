use super::*;
use crate::features::visit::asking::AskingEvent;
use crate::ui::Key;
use domain::{
    base::Glucose,
    measurements::{GlucoseTiming, Pressure, Vital},
    people::{KeyGroup, Resident},
};

fn draft() -> Draft {
    Draft::new(VisitId::new("v1"), "s".into(), Timestamp(0))
}

fn type_keys(draft: &mut Draft, text: &str) {
    for digit in text.bytes() {
        draft.update(Event::Key(Key::Digit(digit - b'0')));
    }
}

#[test]
fn a_pressure_is_typed_in_one_go() {
    let mut draft = draft();
    type_keys(&mut draft, "15296");
    assert_eq!(draft.measured(), Ok(Pressure { sbp: 152, dbp: 96 }));
}

#[test]
fn nobody_leaves_measuring_without_a_pressure() {
    let mut draft = draft();
    draft.update(Event::Go(Step::Advice));
    assert_eq!(draft.step, Step::Measure);
}

#[test]
fn danger_signs_must_be_asked_for_before_advice() {
    let mut draft = draft();
    type_keys(&mut draft, "15296");
    draft.update(Event::Go(Step::Sign));
    assert_eq!(draft.step, Step::Ask);
    draft.update(Event::NoDanger);
    draft.update(Event::Go(Step::Advice));
    assert_eq!(draft.step, Step::Advice);
}

#[test]
fn a_sign_takes_back_the_word_that_there_is_none() {
    let mut draft = draft();
    draft.update(Event::NoDanger);
    draft.update(Event::Danger(SignId::new("vomiting")));
    assert!(!draft.no_danger_sign);
    draft.update(Event::NoDanger);
    assert!(draft.danger_signs.is_empty());
}

#[test]
fn going_back_is_free() {
    let mut draft = draft();
    type_keys(&mut draft, "15296");
    draft.update(Event::NoDanger);
    draft.update(Event::Go(Step::Plan));
    draft.update(Event::Go(Step::Measure));
    assert_eq!(draft.step, Step::Measure);
    assert_eq!(draft.measured(), Ok(Pressure { sbp: 152, dbp: 96 }));
}

fn of_two_diseases() -> Draft {
    Draft { diseases: vec![Disease::Hypertension, Disease::Diabetes], ..draft() }
}

fn type_glucose(draft: &mut Draft, text: &str) {
    draft.update(Event::Choose(Field::Glucose));
    for letter in text.chars() {
        draft.update(Event::Key(letter.to_digit(10).map_or(Key::Point, |digit| Key::Digit(digit as u8))));
    }
}

#[test]
fn glucose_is_asked_after_the_pressure_and_only_of_whom_it_concerns() {
    let mut asked = of_two_diseases();
    type_keys(&mut asked, "1529");
    assert_eq!(asked.field, Field::Pressure);
    type_keys(&mut asked, "6");
    assert_eq!(asked.field, Field::Glucose);
    asked.update(Event::Key(Key::Back));
    assert_eq!((asked.field, asked.pressure.lower()), (Field::Pressure, "9"));
    type_keys(&mut asked, "8");
    assert_eq!((asked.field, asked.pressure.lower()), (Field::Glucose, "98"));
    let mut other = draft();
    type_keys(&mut other, "15296");
    other.update(Event::Key(Key::Next));
    assert_eq!(other.field, Field::Pulse);
    assert!(!other.is_at_last_field());
}

#[test]
fn a_glucose_says_how_it_lies_to_meals_before_one_goes_on() {
    let mut draft = of_two_diseases();
    type_keys(&mut draft, "12878");
    type_glucose(&mut draft, "6.8");
    draft.update(Event::Go(Step::Ask));
    assert_eq!((draft.step, draft.missing(Step::Measure)), (Step::Measure, Some(Missing::Fasting)));
    draft.update(Event::Fasting(true));
    let reading = draft.glucose().unwrap().unwrap();
    assert_eq!((reading.glucose, reading.is_fasting()), (Glucose(680), true));
    assert_eq!(draft.missing(Step::Measure), None);
}

#[test]
fn a_glucose_in_another_unit_is_refused_and_none_at_all_is_not() {
    for (text, missing) in
        [("", None), ("6.", Some(Missing::Fasting)), ("98", Some(Missing::ImpossibleGlucose))]
    {
        let mut draft = of_two_diseases();
        type_keys(&mut draft, "12878");
        type_glucose(&mut draft, text);
        assert_eq!(draft.missing(Step::Measure), missing, "{text}");
    }
}

#[test]
fn a_draft_of_the_version_before_glucose_is_read() {
    let mut begun = draft();
    type_keys(&mut begun, "1529");
    let mut written = serde_json::to_value(&begun).unwrap();
    for later in ["diseases", "glucose", "fasting"] {
        assert!(written.as_object_mut().unwrap().remove(later).is_some());
    }
    assert_eq!(serde_json::from_value::<Draft>(written).unwrap(), begun);
}

fn of(birth: &str, key_groups: Vec<KeyGroup>) -> Draft {
    let mut draft = Draft { started: Timestamp::of("2026-11-22".parse().unwrap(), 9, 0), ..draft() };
    draft.concern(&Resident { birth_date: birth.parse().ok(), key_groups, ..Resident::default() });
    draft
}

#[test]
fn a_child_with_a_cough_is_measured_by_the_thermometer_and_owes_no_pressure() {
    let mut draft = of("2023-06-01", vec![]);
    assert_eq!((draft.visited, draft.field), (Visited::Child, Field::Temperature));
    type_keys(&mut draft, "385");
    assert_eq!((draft.temperature.as_str(), draft.vital(Vital::Temperature)), ("38.5", Ok(Some(385))));
    draft.update(Event::Asking(AskingEvent::Text("咳嗽三天".into())));
    draft.update(Event::Go(Step::Sign));
    assert_eq!(draft.step, Step::Sign);
}

#[test]
fn a_pressure_that_was_begun_is_finished_and_its_danger_signs_are_asked() {
    let mut draft = of("1966-06-01", vec![]);
    assert_eq!((draft.visited, draft.missing(Step::Measure)), (Visited::Anybody, None));
    draft.update(Event::Choose(Field::Pressure));
    type_keys(&mut draft, "15");
    assert_eq!(draft.missing(Step::Measure), Some(Missing::Pressure));
    type_keys(&mut draft, "296");
    assert_eq!(draft.missing(Step::Measure), None);
    assert_eq!(draft.missing(Step::Ask), Some(Missing::DangerSigns));
}

#[test]
fn a_visit_of_nothing_is_not_signed() {
    let mut draft = of("1966-06-01", vec![]);
    draft.update(Event::Go(Step::Sign));
    assert_eq!((draft.step, draft.missing(Step::Prescribe)), (Step::Prescribe, Some(Missing::Nothing)));
    draft.update(Event::Asking(AskingEvent::Text("头晕".into())));
    assert_eq!(draft.missing(Step::Prescribe), None);
}

#[test]
fn further_figures_come_after_one_tap_and_stay_once_typed() {
    let mut draft = of("1956-03-01", vec![KeyGroup::Hypertension]);
    assert_eq!(draft.fields(), [Field::Pressure, Field::Pulse, Field::Weight]);
    draft.update(Event::More);
    assert_eq!(draft.fields().len(), 7);
    draft.update(Event::Choose(Field::Spo2));
    type_keys(&mut draft, "97");
    draft.more = false;
    assert!(draft.fields().contains(&Field::Spo2));
}

#[test]
fn a_vital_sign_nobody_can_have_is_refused() {
    let mut draft = of("1966-06-01", vec![]);
    draft.spo2 = "197".into();
    assert_eq!(draft.missing(Step::Measure), Some(Missing::ImpossibleVital(Vital::Spo2)));
    draft.spo2 = "97".into();
    draft.temperature = "46".into();
    assert_eq!(draft.missing(Step::Measure), Some(Missing::ImpossibleVital(Vital::Temperature)));
}

#[test]
fn a_glucose_without_diabetes_need_not_say_how_it_lies_to_meals() {
    let mut draft = of("1966-06-01", vec![]);
    type_glucose(&mut draft, "7.8");
    assert_eq!(draft.missing(Step::Measure), None);
    assert_eq!(draft.glucose().unwrap().unwrap().timing, GlucoseTiming::default());
}

#[test]
fn a_draft_of_the_version_before_complaints_is_read() {
    let mut begun = draft();
    type_keys(&mut begun, "1529");
    let mut written = serde_json::to_value(&begun).unwrap();
    for later in ["visited", "temperature", "respiration", "spo2", "more", "asking", "prescribing"] {
        assert!(written.as_object_mut().unwrap().remove(later).is_some(), "{later}");
    }
    assert_eq!(serde_json::from_value::<Draft>(written).unwrap(), begun);
}

#[test]
fn an_untouched_draft_is_not_begun() {
    let mut draft = draft();
    assert!(!draft.is_begun());
    type_keys(&mut draft, "1");
    assert!(draft.is_begun());
}

#[test]
fn a_draft_survives_the_disk() {
    let mut draft = draft();
    type_keys(&mut draft, "1529");
    draft.update(Event::Danger(SignId::new("vomiting")));
    let text = serde_json::to_string(&draft).unwrap();
    assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
}
