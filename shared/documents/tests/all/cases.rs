//! The case a pharmacist sees: what it takes from a visit, and what it must not.

use crate::sample::{self, at};
use documents::{Prescription, PrescriptionCase, Warning, read_record};
use domain::people::KeyGroup;

fn case_of(visit: &documents::Visit) -> Option<PrescriptionCase> {
    let (record, _) = read_record(&sample::record());
    PrescriptionCase::of(visit, &sample::resident(), &record)
}

#[test]
fn only_a_prescription_in_spite_of_a_warning_makes_a_case() {
    let mut visit = sample::visit("visit1", 15, (152, 96));
    assert!(case_of(&visit).is_some());
    let heeded = Warning { reason: String::new(), ..sample::prescription().warnings[0].clone() };
    visit.prescription = Some(Prescription { warnings: vec![heeded], ..sample::prescription() });
    assert_eq!(case_of(&visit), None);
    visit.prescription = None;
    assert_eq!(case_of(&visit), None);
}

#[test]
fn a_case_says_what_a_pharmacist_must_know() {
    let case = case_of(&sample::visit("visit1", 15, (152, 96))).unwrap();
    assert_eq!(case, sample::case("visit1", 15));
    let mut mother = sample::resident();
    mother.key_groups.push(KeyGroup::Pregnant);
    mother.birth_date = Some(at(0).date().add_days(1).add_months(-12 * 30));
    let (mut record, _) = read_record(&sample::record());
    record.medications[0].until = Some(at(0).date().add_days(-1));
    let mut visit = sample::visit("visit1", 15, (120, 80));
    visit.medicines.clear();
    let case = PrescriptionCase::of(&visit, &mother, &record).unwrap();
    assert!(case.pregnant_or_lactating);
    assert_eq!(
        (case.age_months, case.taken.len()),
        (Some(359), 0),
        "thirty tomorrow; what ended is not taken"
    );
    mother.key_groups = vec![KeyGroup::Poor, KeyGroup::Diabetes];
    visit.weight = None;
    let case = PrescriptionCase::of(&visit, &mother, &record).unwrap();
    assert_eq!(case.groups, [KeyGroup::Diabetes], "who is poor is nobody's business");
    assert_eq!(case.weight, Some(61_500), "the last one on record");
    mother.birth_date = None;
    assert_eq!(PrescriptionCase::of(&visit, &mother, &record).unwrap().age_months, None);
}

#[test]
fn nothing_that_tells_who_it_is_stands_in_a_case_even_where_somebody_typed_it() {
    let person = sample::resident();
    let phone = person.phone.clone().unwrap();
    let told =
        format!("{} 电话{phone} 证件{}，住{}", person.name, person.identity.number(), person.address.detail);
    let mut visit = sample::visit("visit1", 15, (152, 96));
    let prescription = visit.prescription.as_mut().unwrap();
    prescription.warnings[0].reason = told.clone();
    prescription.long_reason = told.clone();
    prescription.warnings[0].what = format!("对{}告知的青霉素过敏", person.name);
    prescription.warnings[0].instead = phone.clone();
    prescription.lines[0].note = format!("{}自备", person.name);
    visit.assessment.as_mut().unwrap().diagnoses[0].name = format!("{}的咳嗽", person.name);
    visit.note = told;
    let json = serde_json::to_string(&case_of(&visit).unwrap()).unwrap();
    let secrets = [
        person.name.as_str(),
        &phone,
        person.identity.number(),
        person.subject.as_str(),
        &person.address.village,
        &person.birth_date.unwrap().to_string(),
        "signatures",
        "team1",
    ];
    for secret in secrets {
        assert!(!json.contains(secret), "{secret} in {json}");
    }
    assert!(json.contains("的咳嗽"), "the rest of what was typed stays");
}
