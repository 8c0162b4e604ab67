//! Medicines, doses and checks.

use super::support::guide;
use guide::{Dose, Flag, FlagKind, FlagLevel, Line, Medicine, Patient, Reply, Request, Sex};

fn medicines(text: &str) -> Vec<Medicine> {
    match guide().answer(&Request::Medicines { text: text.to_owned() }) {
        Reply::Medicines(medicines) => medicines,
        other => panic!("{other:?}"),
    }
}

fn doses(id: &str, patient: &Patient) -> Vec<Dose> {
    match guide().answer(&Request::Doses { id: id.to_owned(), patient: patient.clone() }) {
        Reply::Doses(doses) => doses,
        other => panic!("{other:?}"),
    }
}

fn check(patient: &Patient, lines: &[Line]) -> Vec<Flag> {
    match guide().answer(&Request::Check { patient: patient.clone(), lines: lines.to_vec() }) {
        Reply::Flags { medicines, flags } => {
            assert_eq!(medicines, guide().versions().medicines);
            flags
        }
        other => panic!("{other:?}"),
    }
}

fn line(medicine: &str) -> Line {
    Line { medicine: medicine.to_owned(), ..Line::default() }
}

fn grown() -> Patient {
    Patient { age_days: 24_000, sex: Some(Sex::Male), egfr: Some(90), ..Patient::default() }
}

#[test]
fn a_brand_says_how_it_was_found_and_a_name_does_not() {
    let brand = &medicines("芬必得")[0];
    assert_eq!((brand.id.as_str(), brand.found_by.as_str()), ("ibuprofen", "芬必得"));
    let name = &medicines("布洛芬")[0];
    assert_eq!((name.id.as_str(), name.found_by.as_str()), ("ibuprofen", ""));
    assert!(medicines("blf").iter().any(|found| found.id == "ibuprofen" && found.found_by.is_empty()));
    assert!(name.has_doses && name.essential);
}

#[test]
fn forms_are_as_they_are_written_and_pieces_say_what_is_in_them() {
    let ibuprofen = &medicines("布洛芬")[0];
    assert!(ibuprofen.forms.contains(&"片 0.2g".to_owned()));
    let piece = ibuprofen.pieces.iter().find(|piece| piece.form == "缓释胶囊 0.3g").unwrap();
    assert_eq!((piece.word.as_str(), piece.amount, piece.unit.as_str()), ("粒", 0.3, "g"));
}

#[test]
fn every_route_of_a_dose_is_understood_in_a_line() {
    let wrong_route = |flags: &[Flag]| flags.iter().any(|flag| flag.what.contains("给药途径"));
    let mut routes = std::collections::BTreeSet::new();
    let mut searched: Vec<Medicine> =
        ["a", "b", "c", "d", "f", "h", "j", "k", "l", "m", "n", "p", "q", "s", "t", "x", "y", "z"]
            .into_iter()
            .flat_map(medicines)
            .collect();
    searched.extend(
        ["含漱", "洗必泰", "氯己定", "西地碘", "滴耳", "氧氟沙星", "沙丁胺醇", "硝酸甘油", "开塞露"]
            .into_iter()
            .flat_map(medicines),
    );
    for medicine in searched.iter().filter(|medicine| medicine.has_doses) {
        for dose in doses(&medicine.id, &grown()) {
            assert!(!dose.route_name.is_empty() && dose.route_name != dose.route, "{}", dose.route);
            assert!(dose.single.0 <= dose.single.1 && dose.most_day.is_finite(), "{}", medicine.id);
            assert!(dose.source.is_some(), "{}", medicine.id);
            let one = Line {
                dose: Some(dose.single.0),
                unit: dose.unit.clone(),
                times_per_day: Some(dose.times.0),
                route: dose.route.clone(),
                ..line(&medicine.id)
            };
            assert!(!wrong_route(&check(&grown(), &[one])), "{} {}", medicine.id, dose.route);
            routes.insert(dose.route);
        }
    }
    assert!(routes.len() >= 8, "{routes:?}");
}

#[test]
fn a_childs_dose_is_for_its_weight_and_says_when_that_was_guessed() {
    let child = Patient { age_days: 4 * 365 + 1, weight: Some(16_500), ..Patient::default() };
    let weighed = doses("paracetamol", &child);
    let dose = weighed.iter().find(|dose| dose.weight.is_some()).unwrap();
    assert_eq!((dose.weight, dose.weight_guessed), (Some(16_500), false));
    let guessed = doses("paracetamol", &Patient { weight: None, ..child });
    assert!(guessed.iter().any(|dose| dose.weight_guessed));
    assert!(doses("no_such_medicine", &grown()).is_empty());
}

#[test]
fn warfarin_with_aspirin_is_found_with_its_source() {
    let flags = check(&grown(), &[line("华法林"), line("阿司匹林")]);
    let flag = flags.iter().find(|flag| flag.kind == FlagKind::Interaction).unwrap();
    assert_eq!(flag.lines, [0, 1]);
    assert!(flag.level >= FlagLevel::Warn && !flag.what.is_empty() && flag.source.is_some());
    assert!(flags.is_sorted_by(|one, next| one.level >= next.level), "the weightiest first");
}

#[test]
fn what_is_already_taken_is_no_news_by_itself_but_interacts() {
    let taken = Line { taken: true, ..line("华法林") };
    assert!(check(&grown(), std::slice::from_ref(&taken)).is_empty());
    let flags = check(&grown(), &[taken, line("阿司匹林")]);
    assert!(flags.iter().any(|flag| flag.kind == FlagKind::Interaction));
}

#[test]
fn an_allergy_of_the_record_stops_a_line() {
    let patient = Patient { allergies: vec!["青霉素".to_owned()], ..grown() };
    let flags = check(&patient, &[line("阿莫西林")]);
    assert_eq!((flags[0].kind, flags[0].level), (FlagKind::Allergy, FlagLevel::Stop));
}

#[test]
fn more_than_four_weeks_ask_for_an_assessment_and_a_cough_syrup_does_not() {
    let days = |medicine: &str, days: f64| Line { days: Some(days), ..line(medicine) };
    let assess = |line| check(&grown(), &[line]).iter().any(|flag| flag.assess);
    assert!(assess(days("氨氯地平", 60.0)) && assess(days("氨氯地平", 120.0)));
    assert!(!assess(days("氨氯地平", 28.0)) && !assess(days("阿莫西林", 14.0)));
}

#[test]
fn on_the_birthday_a_year_is_complete() {
    // Whatever leap years lie between, nobody is a day too young.
    let doses_at =
        |age_days| doses("ibuprofen", &Patient { age_days, weight: Some(40_000), ..Patient::default() });
    for years in [2_u32, 6, 12, 18] {
        let shortest = 365 * years + years / 4;
        assert_eq!(doses_at(shortest), doses_at(shortest + 1), "{years}");
    }
}

#[test]
fn every_reply_about_medicines_survives_being_written() {
    let requests = [
        Request::Medicines { text: "阿莫西林".to_owned() },
        Request::Doses { id: "amoxicillin".to_owned(), patient: grown() },
        Request::Check { patient: grown(), lines: vec![line("华法林"), line("阿司匹林")] },
    ];
    for request in requests {
        let reply = guide().answer(&request);
        let text = serde_json::to_string(&reply).unwrap();
        assert_eq!(serde_json::from_str::<Reply>(&text).unwrap(), reply);
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), request);
    }
}
