use super::*;
use crate::features::visit::{asking::AskingEvent, draft::Event};
use crate::ui::Key;
use documents::{Diary, Record, SignedContract};
use domain::{
    base::{ContractId, Date, ResidentId, Signature, Timestamp, VisitId},
    care::{Action, Disease},
    contracts::{Contract, PackageRef, SigningPlace, package_templates},
    people::Resident,
    rules::Published,
    work_points::points_templates,
};

fn at(text: &str) -> Timestamp {
    Timestamp::of(text.parse::<Date>().unwrap(), 9, 0)
}

fn file(record: Record) -> ResidentFile {
    let person = Resident {
        subject: ResidentId::new("s"),
        birth_date: Some("1956-03-01".parse().unwrap()),
        key_groups: vec![KeyGroup::Hypertension],
        ..Resident::default()
    };
    ResidentFile { person, record, diary: Diary::default(), problems: vec![] }
}

fn draft(digits: &str) -> Draft {
    let mut draft = Draft::new(VisitId::new("v"), "s".into(), at("2026-11-22"));
    draft.diseases = vec![Disease::Hypertension];
    for digit in digits.bytes() {
        draft.update(Event::Key(Key::Digit(digit - b'0')));
    }
    draft
}

fn county() -> (Catalog, CountyRules) {
    let mut catalog = Catalog::default();
    for package in &package_templates().unwrap().rules.packages {
        let entry = Published::freeze(package.clone()).unwrap();
        catalog.packages.insert(entry.hash, entry.content);
    }
    let mut rules = CountyRules::default();
    for points in &points_templates().unwrap().rules.rules {
        let entry = Published::freeze(points.clone()).unwrap();
        rules.points.insert(entry.hash, entry.content);
    }
    (catalog, rules)
}

fn visitor<'a>(catalog: &'a Catalog, rules: &'a CountyRules) -> Visitor<'a> {
    let (staff, team, institution) = (StaffId::new("d"), TeamId::new("t"), InstitutionId::new("i"));
    Visitor { staff, team, institution, catalog, rules }
}

fn contracted(catalog: &Catalog) -> Record {
    contracted_for(catalog, &["hypertension"])
}

fn contracted_for(catalog: &Catalog, wanted: &[&str]) -> Record {
    let offered = catalog.offered();
    let packages = offered.into_iter().filter(|(_, package)| wanted.contains(&package.id.as_str()));
    let packages =
        packages.map(|(hash, package)| PackageRef { id: package.id.clone(), hash: hash.clone() }).collect();
    let contract = Contract {
        id: ContractId::new("c"),
        resident: ResidentId::new("s"),
        team: TeamId::new("t"),
        signed_by: StaffId::new("d"),
        signed_at: Some(at("2026-06-01")),
        from: "2026-06-01".parse().unwrap(),
        until: "2027-05-31".parse().unwrap(),
        packages,
        place: SigningPlace::Home,
        renews: None,
        terminated: None,
    };
    Record { contracts: vec![SignedContract { contract, signatures: vec![] }], ..Record::default() }
}

fn of_two_diseases(digits: &str, glucose: &str, fasting: bool) -> Draft {
    let mut draft = draft(digits);
    draft.diseases.push(Disease::Diabetes);
    draft.glucose = glucose.to_owned();
    draft.fasting = Some(fasting);
    draft
}

#[test]
fn a_first_152_over_96_at_seventy_is_adjusted_and_seen_in_two_weeks() {
    let result = advice(&draft("15296"), &file(Record::default())).unwrap();
    assert_eq!(result.follow_ups().weightiest().unwrap().action, &Action::Adjust);
    assert_eq!(result.next(None).unwrap().to_string(), "2026-12-06");
}

#[test]
fn one_visit_uses_one_item_and_claims_once() {
    let (catalog, rules) = county();
    let visitor = visitor(&catalog, &rules);
    let file = file(contracted(&catalog));
    let first = outcome(&draft("15296"), &file, &visitor).unwrap();
    assert_eq!(first.used.len(), 1);
    assert_eq!((first.used[0].number, first.used[0].owed), (1, 4));
    let again = outcome(&draft("15296"), &file, &visitor).unwrap();
    assert_eq!(first.claim.unwrap().0.id, again.claim.unwrap().0.id);
}

#[test]
fn a_telephone_call_uses_nothing_and_claims_nothing() {
    let (catalog, rules) = county();
    let file = file(contracted(&catalog));
    let mut call = draft("13080");
    call.update(Event::Place(Place::Phone));
    let result = outcome(&call, &file, &visitor(&catalog, &rules)).unwrap();
    assert!(result.used.is_empty() && result.claim.is_none());
}

#[test]
fn without_rules_the_visit_stands_and_claims_nothing() {
    let (catalog, _) = county();
    let none = CountyRules::default();
    let result = outcome(&draft("13080"), &file(Record::default()), &visitor(&catalog, &none)).unwrap();
    assert_eq!(result.claim, None);
}

#[test]
fn one_visit_serves_both_diseases_and_both_packages_and_claims_once() {
    let (catalog, rules) = county();
    let file = file(contracted_for(&catalog, &["hypertension", "diabetes"]));
    let draft = of_two_diseases("12878", "7.4", true);
    let result = outcome(&draft, &file, &visitor(&catalog, &rules)).unwrap();
    let items: Vec<&str> = result.used.iter().map(|used| used.service.package.as_str()).collect();
    assert_eq!(items, ["diabetes", "hypertension"]);
    assert!(result.claim.is_some());
    // The pressure is on target, the glucose is not: seen again in two weeks.
    assert_eq!(result.judged.next(None), Some("2026-12-06".parse().unwrap()));
    let classes: Vec<&str> =
        result.judged.follow_ups().each().map(|(_, found)| found.class.as_str()).collect();
    assert_eq!(classes, ["controlled", "uncontrolled"]);
}

#[test]
fn without_a_fasting_glucose_the_diabetes_stays_due_and_its_item_unused() {
    let (catalog, rules) = county();
    let file = file(contracted_for(&catalog, &["hypertension", "diabetes"]));
    for (glucose, fasting) in [("", true), ("9.1", false)] {
        let draft = of_two_diseases("12878", glucose, fasting);
        let result = outcome(&draft, &file, &visitor(&catalog, &rules)).unwrap();
        assert!(result.judged.lacks_fasting_glucose && result.judged.diabetes.is_none());
        assert_eq!(result.used.len(), 1);
        let signature = Signature {
            signer: domain::base::Signer::Staff,
            name: "x".into(),
            path: String::new(),
            at: at("2026-11-22"),
        };
        let visitor = visitor(&catalog, &rules);
        let visit = visit(&draft, &file, &visitor, &result, None, signature, at("2026-11-22"));
        assert_eq!(visit.glucose.is_some(), !glucose.is_empty(), "what was measured is recorded");
        assert_eq!(visit.diabetes, None);
    }
}

#[test]
fn with_diabetes_alone_and_no_fasting_glucose_it_was_no_follow_up() {
    let (catalog, rules) = county();
    let mut draft = of_two_diseases("12878", "", true);
    draft.diseases = vec![Disease::Diabetes];
    let result = outcome(&draft, &file(contracted(&catalog)), &visitor(&catalog, &rules)).unwrap();
    assert!(result.used.is_empty() && result.claim.is_none());
    assert_eq!(result.judged.next(None), None);
    draft.pressure = crate::ui::PressureKeys::default();
    let error = outcome(&draft, &file(Record::default()), &visitor(&catalog, &rules)).unwrap_err();
    assert_eq!(error, FollowUpError::NoPressure);
}

#[test]
fn a_critical_glucose_is_said_before_the_pressure_is_measured() {
    let draft = of_two_diseases("", "3.1", false);
    let judged = advice(&draft, &file(Record::default())).unwrap();
    assert_eq!(judged.follow_ups().weightiest().unwrap().action, &Action::Urgent);
}

#[test]
fn a_dangerous_glucose_is_said_before_anybody_asked_about_meals() {
    let action = |glucose: &str| {
        let mut draft = of_two_diseases("12878", glucose, true);
        draft.fasting = None;
        advice(&draft, &file(Record::default())).unwrap().follow_ups().weightiest().unwrap().action.clone()
    };
    assert_eq!(action("17"), Action::Urgent);
    assert_eq!(action("3.1"), Action::Urgent);
    assert_eq!(action("1"), Action::Routine, "it may become 10");
    assert_eq!(action("7.4"), Action::Routine, "no fasting one, so nothing is said of the goal");
}

#[test]
fn a_sign_of_one_disease_says_nothing_of_the_other() {
    let mut draft = of_two_diseases("12878", "6.8", true);
    draft.update(Event::Danger(SignId::new("acetone_breath")));
    let judged = advice(&draft, &file(Record::default())).unwrap();
    assert_eq!(judged.hypertension.as_ref().unwrap().action, Action::Routine);
    assert_eq!(judged.diabetes.as_ref().unwrap().action, Action::Urgent);
    assert_eq!(judged.follow_ups().weightiest().unwrap().action, &Action::Urgent);
}

#[test]
fn a_child_with_a_complaint_is_recorded_without_a_pressure_and_claims_nothing() {
    let (catalog, rules) = county();
    let mut file = file(Record::default());
    file.person.birth_date = "2023-06-01".parse().ok();
    file.person.key_groups.clear();
    let mut draft = Draft::new(VisitId::new("v"), "s".into(), at("2026-11-22"));
    draft.concern(&file.person);
    assert_eq!(advice(&draft, &file), Err(FollowUpError::NoPressure), "nothing was entered yet");
    for digit in [3, 9, 1] {
        draft.update(Event::Key(Key::Digit(digit)));
    }
    draft.update(Event::Asking(AskingEvent::Text("咳嗽三天".into())));
    draft.update(Event::Asking(AskingEvent::OwnWords("感冒".into())));
    let visitor = visitor(&catalog, &rules);
    let result = outcome(&draft, &file, &visitor).unwrap();
    assert!(result.used.is_empty() && result.claim.is_none() && result.judged == Judged::default());
    let signature = Signature {
        signer: domain::base::Signer::Staff,
        name: "x".into(),
        path: String::new(),
        at: at("2026-11-22"),
    };
    let visit = visit(&draft, &file, &visitor, &result, None, signature, at("2026-11-22"));
    assert_eq!((visit.temperature, visit.pressures.len(), visit.asked), (Some(391), 0, false));
    let assessment = visit.assessment.unwrap();
    assert_eq!((assessment.complaint.as_str(), assessment.diagnoses.len()), ("咳嗽三天", 1));
    assert_eq!(assessment.knowledge, "", "decision support was not asked");
}

#[test]
fn a_follow_up_still_owes_its_pressure_whatever_is_complained_of() {
    let mut draft = draft("");
    draft.update(Event::Asking(AskingEvent::Text("咳嗽".into())));
    assert_eq!(advice(&draft, &file(Record::default())), Err(FollowUpError::NoPressure));
}
