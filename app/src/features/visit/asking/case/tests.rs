use super::*;
use crate::features::visit::asking::{Answered, AskingEvent};
use crate::features::visit::draft::Event;
use crate::ui::Key;
use documents::{Allergy, Condition, Diary, Medication, Record};
use domain::{
    base::{Sex, SignId, Timestamp, VisitId},
    people::{KeyGroup, Resident},
};

fn at(text: &str) -> Timestamp {
    Timestamp::of(text.parse().unwrap(), 9, 0)
}

fn file(birth: &str, groups: Vec<KeyGroup>) -> ResidentFile {
    let person = Resident {
        birth_date: birth.parse().ok(),
        sex: Sex::Female,
        key_groups: groups,
        ..Resident::default()
    };
    ResidentFile { person, record: Record::default(), diary: Diary::default(), problems: vec![] }
}

fn draft(file: &ResidentFile) -> Draft {
    let mut draft = Draft::new(VisitId::new("v"), "s".into(), at("2026-11-22"));
    draft.concern(&file.person);
    draft
}

fn type_keys(draft: &mut Draft, text: &str) {
    for letter in text.chars() {
        draft.update(Event::Key(letter.to_digit(10).map_or(Key::Point, |digit| Key::Digit(digit as u8))));
    }
}

#[test]
fn the_age_is_in_completed_months_on_the_day_of_the_visit() {
    for (birth, age) in [("2023-11-22", 36), ("2023-11-23", 35), ("2026-11-01", 0), ("2026-12-01", 0)] {
        let file = file(birth, vec![]);
        let case = case(&draft(&file), &file, Site::Village);
        assert_eq!((case.age_months, case.month), (Some(age), Some(11)), "{birth}");
    }
}

#[test]
fn the_record_says_what_somebody_has_takes_and_does_not_stand() {
    let mut file = file("1956-03-01", vec![KeyGroup::Hypertension, KeyGroup::Pregnant]);
    let ended = |until: &str| until.parse().ok();
    file.record.conditions.push(Condition { name: "慢阻肺".into(), ..Condition::default() });
    file.record.allergies.push(Allergy { substance: "青霉素".into(), ..Allergy::default() });
    file.record.medications = vec![
        Medication { name: "氨氯地平".into(), ..Medication::default() },
        Medication { name: "阿莫西林".into(), until: ended("2026-11-21"), ..Medication::default() },
    ];
    let case = case(&draft(&file), &file, Site::Village);
    assert_eq!(case.history, ["高血压", "慢阻肺", "青霉素", "氨氯地平"]);
    assert_eq!(case.pregnant, Some(true));
}

#[test]
fn what_was_measured_counts_in_the_units_of_the_knowledge() {
    let file = file("2023-06-01", vec![KeyGroup::Child]);
    let mut draft = draft(&file);
    type_keys(&mut draft, "385");
    draft.update(Event::Key(Key::Next));
    type_keys(&mut draft, "44");
    draft.update(Event::Choose(crate::features::visit::draft::Field::Glucose));
    type_keys(&mut draft, "16.8");
    let vitals = case(&draft, &file, Site::Village).vitals;
    assert_eq!((vitals.temperature, vitals.respiration, vitals.glucose), (Some(385), Some(44), Some(168)));
    assert_eq!((vitals.sbp, vitals.spo2), (None, None));
}

#[test]
fn an_answer_wins_over_a_danger_sign_and_is_told_once() {
    let file = file("1956-03-01", vec![KeyGroup::Hypertension]);
    let mut draft = draft(&file);
    draft.update(Event::Danger(SignId::new("vomiting")));
    draft.update(Event::Danger(SignId::new("eye_pain")));
    let no =
        Answered { finding: "vomiting".into(), name: "呕吐".into(), state: State::Absent, asked: true };
    draft.update(Event::Asking(AskingEvent::Answer(no)));
    let case = case(&draft, &file, Site::Village);
    let told: Vec<(&str, State)> = case.told.iter().map(|told| (told.finding.as_str(), told.state)).collect();
    assert_eq!(told, [("vomiting", State::Absent), ("eye_pain", State::Present)]);
    assert_eq!(case.asked, 1);
}

#[test]
fn a_visit_at_home_owns_what_a_village_owns() {
    assert_eq!(site(Place::Home, Some(&Tier::CountyHospital)), Site::Village);
    assert_eq!(site(Place::Clinic, Some(&Tier::TownshipHealthCentre)), Site::Township);
    assert_eq!(site(Place::Clinic, Some(&Tier::CountyHospital)), Site::County);
    assert_eq!(site(Place::Clinic, None), Site::Village);
}

#[test]
fn a_plain_follow_up_asks_nothing() {
    let file = file("1956-03-01", vec![KeyGroup::Hypertension]);
    let mut draft = draft(&file);
    type_keys(&mut draft, "15296");
    draft.update(Event::NoDanger);
    assert!(!is_asked(&draft));
    draft.update(Event::Asking(AskingEvent::Text("咳嗽".into())));
    assert!(is_asked(&draft));
}

#[test]
fn a_single_digit_of_glucose_counts_once_the_figures_are_left() {
    let file = file("1980-01-01", vec![]);
    let mut draft = draft(&file);
    draft.glucose = "2".into();
    assert_eq!(case(&draft, &file, Site::Village).vitals.glucose, None, "it may be the first of two");
    draft.step = crate::features::visit::draft::Step::Ask;
    assert_eq!(case(&draft, &file, Site::Village).vitals.glucose, Some(20));
}

#[test]
fn a_strange_pulse_is_asked_about_by_itself() {
    let file = file("1956-03-01", vec![KeyGroup::Hypertension]);
    let mut draft = draft(&file);
    draft.pulse = "76".into();
    assert!(!is_asked(&draft));
    draft.pulse = "36".into();
    assert!(is_asked(&draft));
}
