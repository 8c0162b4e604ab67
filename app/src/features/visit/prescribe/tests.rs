//! The step with the medicines that are shipped: from the draft to the answer and the record.

use super::{
    offers::offers,
    patient::{body, lines, patient},
};
use crate::features::body::{Figure, Typed};
use crate::features::visit::{
    asking::guide_tests::GUIDE,
    draft::{Draft, Event},
    prescribing::{Checked, Lack, Line, PrescribingEvent},
};
use crate::language::Language;
use crate::replica::files::ResidentFile;
use crate::words::prescription::often;
use documents::{Allergy, Condition, Diary, Medication, Record};
use domain::{
    base::{ResidentId, Sex, Timestamp, VisitId},
    people::{KeyGroup, Resident},
};
use guide::{Flag, FlagKind, FlagLevel, Medicine, Reply, Request};

fn file(born: &str, record: Record) -> ResidentFile {
    let person = Resident {
        subject: ResidentId::new("s"),
        sex: Sex::Female,
        birth_date: Some(born.parse().unwrap()),
        ..Resident::default()
    };
    ResidentFile { person, record, diary: Diary::default(), problems: vec![] }
}

fn draft() -> Draft {
    Draft::new(VisitId::new("v"), "s".into(), Timestamp::of("2026-11-22".parse().unwrap(), 9, 0))
}

fn medicine(text: &str) -> Medicine {
    let Reply::Medicines(found) = GUIDE.answer(&Request::Medicines { text: text.into() }) else { panic!() };
    found.into_iter().next().unwrap()
}

/// Prescribes the first dose offered, in pieces of a form where one is asked for.
fn prescribe(draft: &mut Draft, file: &ResidentFile, name: &str, form: &str, days: &str) {
    let of = medicine(name);
    let request = Request::Doses { id: of.id.clone(), patient: patient(file, draft).unwrap() };
    let Reply::Doses(doses) = GUIDE.answer(&request) else { panic!() };
    let all = offers(&doses[0], &of);
    let offer = all.into_iter().find(|offer| form.is_empty() || offer.form == form).unwrap();
    let line = Line {
        id: of.id.clone(),
        medicine: of.id,
        name: of.name,
        form: offer.form,
        dose: offer.dose.to_string(),
        unit: offer.unit,
        times: offer.times.unwrap().to_string(),
        days: days.into(),
        route: doses[0].route.clone(),
        ..Line::default()
    };
    draft.update(Event::Prescribing(Box::new(PrescribingEvent::Add(line))));
}

fn change(draft: &mut Draft, place: usize, change: impl FnOnce(&mut Line)) {
    let mut line = draft.prescribing.lines[place].clone();
    change(&mut line);
    draft.update(Event::Prescribing(Box::new(PrescribingEvent::Change(line))));
}

fn check(draft: &mut Draft, file: &ResidentFile) -> Vec<Flag> {
    let (asked, named) = lines(file, draft, &often(Language::zh_CN));
    let request = Request::Check { patient: patient(file, draft).unwrap(), lines: asked };
    let Reply::Flags { medicines, flags } = GUIDE.answer(&request) else { panic!() };
    let of = draft.prescribing.keys();
    let checked = Checked::Done { medicines, flags: flags.clone(), named };
    draft.update(Event::Prescribing(Box::new(PrescribingEvent::Checked { of, checked })));
    flags
}

fn taking(name: &str, dose: &str) -> Record {
    let (name, dose, frequency) = (name.to_owned(), dose.to_owned(), "每日1次".to_owned());
    let taken = Medication { id: "m".into(), name, dose, frequency, ..Medication::default() };
    Record { medications: vec![taken], ..Record::default() }
}

fn asks(flags: &[Flag], kind: FlagKind) -> Option<FlagLevel> {
    flags.iter().filter(|flag| flag.kind == kind).map(|flag| flag.level).max()
}

#[test]
fn aspirin_beside_the_warfarin_of_the_record_asks_and_paracetamol_in_its_place_does_not_stop() {
    let file = file("1958-03-01", taking("华法林", "2.5mg"));
    let mut draft = draft();
    prescribe(&mut draft, &file, "阿司匹林", "片 100mg", "28");
    let flags = check(&mut draft, &file);
    assert!(asks(&flags, FlagKind::Interaction) >= Some(FlagLevel::Warn), "{flags:?}");
    assert_eq!(draft.prescribing.lack(), Some(Lack::Answer(1)));
    assert_eq!(draft.prescribing.standing()[0].medicines, ["阿司匹林", "华法林"]);
    draft.update(Event::Prescribing(Box::new(PrescribingEvent::Remove("aspirin".into()))));
    prescribe(&mut draft, &file, "氯雷他定", "", "7");
    let flags = check(&mut draft, &file);
    assert!(flags.iter().all(|flag| flag.level == FlagLevel::Inform), "{flags:?}");
    assert_eq!(draft.prescribing.lack(), None);
}

#[test]
fn going_on_with_what_is_taken_is_no_duplicate() {
    let file = file("1958-03-01", taking("氨氯地平", "5mg"));
    let mut draft = draft();
    prescribe(&mut draft, &file, "氨氯地平", "片 5mg", "28");
    assert!(asks(&check(&mut draft, &file), FlagKind::Duplicate).is_some());
    change(&mut draft, 0, |line| line.renews = "m".into());
    assert_eq!(asks(&check(&mut draft, &file), FlagKind::Duplicate), None);
}

#[test]
fn a_child_of_14_kg_is_offered_amoxicillin_by_weight_and_a_slip_of_ten_is_stopped() {
    let file = file("2023-06-01", Record::default());
    let mut draft = Draft { weight: "14".into(), ..draft() };
    prescribe(&mut draft, &file, "阿莫西林", "颗粒 0.125g", "5");
    let line = draft.prescribing.lines[0].clone();
    assert_eq!((line.dose.as_str(), line.unit.as_str(), line.times.as_str()), ("2", "袋", "3"));
    let flags = check(&mut draft, &file);
    assert!(asks(&flags, FlagKind::Dose) <= Some(FlagLevel::Inform), "{flags:?}");
    assert_eq!(draft.prescribing.lack(), None);
    change(&mut draft, 0, |line| line.dose = "20".into());
    assert_eq!(asks(&check(&mut draft, &file), FlagKind::Dose), Some(FlagLevel::Stop));
    assert_eq!(draft.prescribing.lack(), Some(Lack::Answer(1)));
}

#[test]
fn an_allergy_of_the_record_stops_and_so_does_a_condition_decided_today() {
    let record = Record {
        allergies: vec![Allergy { substance: "青霉素".into(), ..Allergy::default() }],
        ..Record::default()
    };
    let file = file("1980-01-01", record);
    let mut draft = draft();
    prescribe(&mut draft, &file, "阿莫西林", "", "7");
    assert_eq!(asks(&check(&mut draft, &file), FlagKind::Allergy), Some(FlagLevel::Stop));
    let mut other = self::draft();
    prescribe(&mut other, &file, "布洛芬", "", "3");
    assert!(asks(&check(&mut other, &file), FlagKind::Contraindication) < Some(FlagLevel::Warn));
    other.asking.own_words = "活动性消化性溃疡".into();
    let flags = check(&mut other, &file);
    assert!(asks(&flags, FlagKind::Contraindication) >= Some(FlagLevel::Warn), "{flags:?}");
}

#[test]
fn the_groups_of_the_norm_are_words_the_medicines_know() {
    let mut file = file("1990-01-01", Record::default());
    file.person.key_groups = vec![KeyGroup::Pregnant, KeyGroup::Hypertension, KeyGroup::Diabetes];
    let mut draft = draft();
    prescribe(&mut draft, &file, "依那普利", "", "28");
    assert_eq!(asks(&check(&mut draft, &file), FlagKind::Pregnancy), Some(FlagLevel::Stop));
    let record = Record {
        conditions: vec![Condition { name: "哮喘".into(), ..Condition::default() }],
        ..Record::default()
    };
    let asthma = self::file("1990-01-01", record);
    let mut draft = self::draft();
    prescribe(&mut draft, &asthma, "普萘洛尔", "", "28");
    let flags = check(&mut draft, &asthma);
    assert!(asks(&flags, FlagKind::Contraindication) >= Some(FlagLevel::Warn), "{flags:?}");
}

#[test]
fn sixty_days_want_an_assessment_and_ninety_are_stopped() {
    let file = file("1958-03-01", Record::default());
    let mut draft = draft();
    prescribe(&mut draft, &file, "氨氯地平", "片 5mg", "28");
    check(&mut draft, &file);
    assert!(!draft.prescribing.is_long());
    change(&mut draft, 0, |line| line.days = "60".into());
    check(&mut draft, &file);
    assert_eq!(draft.prescribing.lack(), Some(Lack::LongReason));
    change(&mut draft, 0, |line| line.days = "90".into());
    check(&mut draft, &file);
    assert_eq!(draft.prescribing.lack(), Some(Lack::Answer(1)));
}

#[test]
fn what_nobody_here_knows_can_be_prescribed_and_is_said_to_be_unchecked() {
    let file = file("1958-03-01", Record::default());
    let mut draft = draft();
    let line = Line {
        id: "x".into(),
        name: "王氏祖传散".into(),
        dose: "1".into(),
        unit: "包".into(),
        times: "3".into(),
        days: "3".into(),
        route: "po".into(),
        ..Line::default()
    };
    draft.update(Event::Prescribing(Box::new(PrescribingEvent::Add(line))));
    let flags = check(&mut draft, &file);
    assert_eq!(asks(&flags, FlagKind::Unknown), Some(FlagLevel::Inform));
    assert_eq!(draft.prescribing.lack(), None);
    assert_eq!(draft.prescribing.prescription().unwrap().warnings[0].kind, "unknown");
}

#[test]
fn every_route_of_the_medicines_has_words() {
    let routes: Vec<String> =
        crate::words::prescription::routes(Language::zh_CN).into_iter().map(|(code, _)| code).collect();
    let all = medicines::Medicines::load().unwrap();
    let mut unsaid: Vec<String> = all
        .all()
        .iter()
        .flat_map(|medicine| &medicine.doses)
        .map(|row| serde_json::to_value(row.route).unwrap().as_str().unwrap().to_owned())
        .filter(|code| !routes.contains(code))
        .collect();
    unsaid.dedup();
    assert_eq!(unsaid, Vec::<String>::new());
}

#[test]
fn what_is_said_of_a_pregnancy_today_stops_what_harms_it() {
    let file = file("1996-03-01", Record::default());
    let mut draft = draft();
    prescribe(&mut draft, &file, "卡托普利", "片 25mg", "7");
    assert!(asks(&check(&mut draft, &file), FlagKind::Pregnancy) < Some(FlagLevel::Warn));
    draft.asking.text = "怀孕三个月，头晕".into();
    assert!(asks(&check(&mut draft, &file), FlagKind::Pregnancy) >= Some(FlagLevel::Warn));
}

#[test]
fn a_filtration_rate_that_is_typed_reaches_the_check_and_is_known_the_next_time() {
    let mut file = file("1958-03-01", Record::default());
    let mut draft = draft();
    prescribe(&mut draft, &file, "二甲双胍", "片 0.5g", "28");
    assert!(asks(&check(&mut draft, &file), FlagKind::Renal) < Some(FlagLevel::Warn));
    // A woman of 68 with a creatinine of 180 µmol/L filters 24 ml/min.
    let typed = Typed { creatinine: Some("180".into()), on: Some("2026-11-20".into()), ..Typed::default() };
    draft.update(Event::Prescribing(Box::new(PrescribingEvent::Body(typed))));
    assert!(asks(&check(&mut draft, &file), FlagKind::Renal) >= Some(FlagLevel::Warn));
    let kept = crate::features::body::on(&body(&file, &draft), draft.prescribing.prescription().unwrap());
    let sampled = "2026-11-20".parse().ok();
    assert_eq!((kept.egfr, kept.creatinine, kept.egfr_on), (Some(24), Some(1_800), sampled));
    let day = draft.started.date();
    file.record.body = draft.prescribing.body.facts(day, Some(&draft.visit), &"d".into());
    let mut again = self::draft();
    prescribe(&mut again, &file, "二甲双胍", "片 0.5g", "28");
    assert!(asks(&check(&mut again, &file), FlagKind::Renal) >= Some(FlagLevel::Warn));
}

#[test]
fn a_figure_of_the_body_that_cannot_be_is_asked_for_again() {
    let file = file("1958-03-01", Record::default());
    let mut draft = draft();
    prescribe(&mut draft, &file, "氨氯地平", "片 5mg", "28");
    check(&mut draft, &file);
    let typed = Typed { weeks: Some("43".into()), ..Typed::default() };
    draft.update(Event::Prescribing(Box::new(PrescribingEvent::Body(typed))));
    assert_eq!(draft.prescribing.lack_on(draft.started.date()), Some(Lack::Body(Figure::Weeks)));
}

#[test]
fn breast_feeding_and_weeks_of_pregnancy_stop_what_harms_the_child() {
    let file = file("1996-03-01", Record::default());
    for (name, form, typed, kind) in [
        ("左氧氟沙星", "", Typed { lactating: Some(true), ..Typed::default() }, FlagKind::Lactation),
        ("卡托普利", "片 25mg", Typed { weeks: Some("20".into()), ..Typed::default() }, FlagKind::Pregnancy),
    ] {
        let mut draft = draft();
        prescribe(&mut draft, &file, name, form, "7");
        assert!(asks(&check(&mut draft, &file), kind) < Some(FlagLevel::Warn), "{name}");
        draft.update(Event::Prescribing(Box::new(PrescribingEvent::Body(typed))));
        assert!(asks(&check(&mut draft, &file), kind) >= Some(FlagLevel::Warn), "{name}");
    }
}

#[test]
fn a_renewed_medicine_with_another_dose_takes_the_place_of_the_old_one() {
    let record = taking("氨氯地平", "5mg");
    let file = file("1958-03-01", record.clone());
    let mut draft = draft();
    prescribe(&mut draft, &file, "氨氯地平", "片 5mg", "28");
    change(&mut draft, 0, |line| {
        line.renews = "m".into();
        (line.dose, line.unit) = ("5".into(), "mg".into());
    });
    let lasting = |draft: &Draft| {
        super::lasting(Language::zh_CN, draft, &record.medications, &domain::base::StaffId::new("d"))
    };
    assert_eq!(lasting(&draft), (vec![], vec![]), "the same goes on");
    let words = |frequency: &str, dose: &str| {
        let mut taken = record.medications.clone();
        (taken[0].frequency, taken[0].dose) = (frequency.to_owned(), dose.to_owned());
        super::lasting(Language::zh_CN, &draft, &taken, &domain::base::StaffId::new("d"))
    };
    let said = record.medications[0].dose.clone();
    assert_eq!(words("一天一次", &said), (vec![], vec![]), "the same in other words");
    assert_eq!(words("qd", &said), (vec![], vec![]));
    assert_eq!(words("一天两次", &said).1.len(), 1, "as often as never before");
    change(&mut draft, 0, |line| line.dose = "10".into());
    let (begun, ended) = lasting(&draft);
    assert_eq!(ended.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["m"]);
    assert_eq!(begun.iter().map(|one| one.dose.as_str()).collect::<Vec<_>>(), ["10mg"]);
}
