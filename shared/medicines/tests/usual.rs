//! What the prescription screen fills in is not what the checks refuse.

#![allow(clippy::expect_used)]

use medicines::{Age, Finding, Kind, Level, Line, Medicines, Patient, Sex};

fn load() -> Medicines {
    Medicines::load().expect("the built-in pack is of this version")
}

/// Returns the findings on doses above `Inform` when every usual dose is prescribed alone.
fn refused(patient: &Patient) -> Vec<String> {
    let medicines = load();
    let mut refused = Vec::new();
    for medicine in medicines.all() {
        for usual in medicines.usual_dose(&medicine.id, patient) {
            let route = serde_json::to_value(usual.route).expect("a route");
            for (dose, times) in [(usual.single.0, usual.times.1), (usual.single.1, usual.times.0)] {
                let line = Line {
                    medicine: medicine.name.clone(),
                    dose: Some(dose),
                    unit: usual.unit.clone(),
                    times_per_day: Some(times),
                    days: Some(3.0),
                    route: route.as_str().expect("a word").to_owned(),
                    taken: false,
                };
                let findings = medicines.check(patient, &[line]);
                let wrong = findings
                    .iter()
                    .filter(|finding| finding.kind == Kind::Dose && finding.level > Level::Inform);
                refused.extend(wrong.map(|finding| finding.what.clone()));
            }
        }
    }
    refused
}

#[test]
fn usual_doses_of_adults_pass() {
    let patient =
        Patient { age: Age::years(45.0), sex: Sex::Male, weight_kg: Some(60.0), ..Patient::default() };
    assert_eq!(refused(&patient), Vec::<String>::new());
}

#[test]
fn usual_doses_of_children_pass() {
    for (age, weight) in [(0.5, 8.0), (1.5, 11.0), (3.5, 15.0), (6.5, 22.0), (10.5, 35.0), (15.0, 50.0)] {
        let patient = Patient { age: Age::years(age), weight_kg: Some(weight), ..Patient::default() };
        assert_eq!(refused(&patient), Vec::<String>::new(), "{age}");
    }
}

#[test]
fn ten_times_the_most_is_stopped() {
    let medicines = load();
    let patient = Patient { age: Age::years(45.0), weight_kg: Some(60.0), ..Patient::default() };
    let mut passed = Vec::new();
    for medicine in medicines.all() {
        let rows = medicines.usual_dose(&medicine.id, &patient);
        let routes: std::collections::BTreeSet<_> = rows.iter().map(|row| row.route).collect();
        for route in routes {
            let same: Vec<_> = rows.iter().filter(|row| row.route == route).collect();
            let Some(most) = same.iter().max_by(|one, other| one.max_single.total_cmp(&other.max_single))
            else {
                continue;
            };
            // Rows in two units are for two forms; the weaker one is no measure for the stronger.
            if same.iter().any(|row| row.unit != most.unit) {
                continue;
            }
            let line = Line {
                medicine: medicine.id.clone(),
                dose: Some(most.max_single * 10.0),
                unit: most.unit.clone(),
                times_per_day: Some(1.0),
                days: Some(3.0),
                route: serde_json::to_value(route).expect("a route").as_str().expect("a word").to_owned(),
                taken: false,
            };
            let findings = medicines.check(&patient, &[line]);
            if !findings.iter().any(|finding| finding.kind == Kind::Dose && finding.level == Level::Stop) {
                passed.push(medicine.name.clone());
            }
        }
    }
    assert_eq!(passed, Vec::<String>::new());
}

/// Returns a resident of 70 whose kidneys filter so much.
fn old(egfr: Option<f64>) -> Patient {
    Patient { age: Age::years(70.0), sex: Sex::Female, weight_kg: Some(55.0), egfr, ..Patient::default() }
}

#[test]
fn a_usual_dose_is_lowered_to_what_the_kidneys_allow_and_says_why() {
    let medicines = load();
    let usual = |egfr| medicines.usual_dose("metformin", &old(egfr)).remove(0);
    let (unknown, good, weak, bad) = (usual(None), usual(Some(80.0)), usual(Some(50.0)), usual(Some(40.0)));
    assert_eq!(unknown, good, "what is not known changes nothing here; the check says that it is not known");
    assert!(good.organs.is_empty() && good.max_day > 1000.0);
    assert_eq!(weak.max_day, 1000.0);
    assert!(weak.single.0 * weak.times.0 <= 1000.0 && weak.single.1 <= 1000.0);
    assert_eq!(
        weak.organs.iter().map(|found| (found.kind, found.level)).collect::<Vec<_>>(),
        [(Kind::Renal, Level::Warn)]
    );
    assert!(bad.is_stopped() && !weak.is_stopped());
}

#[test]
fn what_is_offered_for_weak_kidneys_is_not_more_than_the_check_allows() {
    let medicines = load();
    let mut refused = Vec::new();
    for egfr in [55.0, 40.0, 25.0, 12.0] {
        let patient = old(Some(egfr));
        for medicine in medicines.all() {
            for usual in medicines.usual_dose(&medicine.id, &patient) {
                let line = Line {
                    medicine: medicine.id.clone(),
                    dose: Some(usual.single.1),
                    unit: usual.unit.clone(),
                    times_per_day: Some(usual.times.0),
                    days: Some(3.0),
                    route: serde_json::to_value(usual.route)
                        .expect("a route")
                        .as_str()
                        .expect("a word")
                        .to_owned(),
                    taken: false,
                };
                let findings = medicines.check(&patient, &[line]);
                let more =
                    findings.iter().filter(|found| found.kind == Kind::Renal && found.level > Level::Inform);
                // What the dose cannot mend was said beside the dose, if perhaps for another reason of the same weight.
                let said = |found: &&Finding| {
                    usual.organs.iter().any(|one| one.what == found.what && one.level >= found.level)
                };
                refused.extend(more.filter(|found| !said(found)).map(|found| found.what.clone()));
            }
        }
    }
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn who_is_known_not_to_be_pregnant_is_not_asked_and_who_is_in_an_unknown_week_is_warned() {
    let medicines = load();
    let check = |pregnant| {
        let patient = Patient { age: Age::years(30.0), sex: Sex::Female, pregnant, ..Patient::default() };
        let line = Line { medicine: "卡托普利".to_owned(), ..Line::default() };
        let found = medicines.check(&patient, &[line]);
        found.iter().filter(|found| found.kind == Kind::Pregnancy).map(|found| found.level).max()
    };
    assert_eq!(check(None), Some(Level::Inform));
    assert_eq!(check(Some(false)), None);
    assert!(check(Some(true)) > Some(Level::Inform));
}
