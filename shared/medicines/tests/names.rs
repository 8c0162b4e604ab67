//! Medicines, conditions and allergies are recognised as people write them.

#![allow(clippy::expect_used)]

use medicines::{Age, Kind, Level, Line, Medicines, Patient};
use proptest::prelude::*;

fn load() -> Medicines {
    Medicines::load().expect("the built-in pack is of this version")
}

#[test]
fn salts_forms_strengths_and_brands_lead_to_the_generic_name() {
    let medicines = load();
    for (written, id) in [
        ("苯磺酸氨氯地平片", "amlodipine"),
        ("马来酸依那普利片 10mg", "enalapril"),
        ("盐酸二甲双胍缓释片", "metformin"),
        ("注射用头孢曲松钠", "ceftriaxone"),
        ("阿托伐他汀钙片(立普妥)", "atorvastatin"),
        ("左甲状腺素钠片", "levothyroxine"),
        ("布洛芬混悬液", "ibuprofen"),
        ("阿莫西林胶囊0.25g", "amoxicillin"),
        ("阿莫西林克拉维酸钾分散片", "amoxicillin_clavulanate"),
        ("富马酸比索洛尔片", "bisoprolol"),
        ("酒石酸美托洛尔片", "metoprolol"),
        ("硝苯地平控释片", "nifedipine"),
        ("硝苯地平片", "nifedipine_ir"),
        ("复方甘草片", "licorice_compound"),
        ("维C银翘片", "vc_yinqiao"),
        ("C08CA01", "amlodipine"),
        ("Amlodipine besylate tablets", "amlodipine"),
        ("acetaminophen", "paracetamol"),
        ("Clopidogrel bisulfate", "clopidogrel"),
        ("左氧氟沙星氯化钠注射液", "levofloxacin"),
        ("扑尔敏", "chlorphenamine"),
        ("硫酸沙丁胺醇吸入气雾剂", "salbutamol"),
    ] {
        let found = medicines.named(written).map(|medicine| medicine.id.as_str());
        assert_eq!(found, Some(id), "{written}");
    }
}

#[test]
fn pinyin_initials_and_parts_of_a_name_find_a_medicine() {
    let medicines = load();
    assert!(medicines.lookup("aldp").iter().any(|medicine| medicine.id == "amlodipine"));
    assert!(medicines.lookup("氯地平").iter().any(|medicine| medicine.id == "amlodipine"));
    assert_eq!(medicines.lookup("二甲双胍").first().map(|medicine| medicine.id.as_str()), Some("metformin"));
    assert!(medicines.lookup("").is_empty());
}

#[test]
fn an_unknown_medicine_cannot_be_checked_and_says_so() {
    let line = Line { medicine: "某某灵".into(), ..Line::default() };
    let findings = load().check(&Patient { age: Age::years(40.0), ..Patient::default() }, &[line]);
    assert_eq!(
        findings.iter().map(|one| (one.kind, one.level)).collect::<Vec<_>>(),
        [(Kind::Unknown, Level::Inform)]
    );
}

#[test]
fn an_atc_code_without_a_row_still_has_its_class() {
    let lines = ["C09AA13", "C09AA02"].map(|code| Line { medicine: code.into(), ..Line::default() });
    let findings = load().check(&Patient { age: Age::years(40.0), ..Patient::default() }, &lines);
    assert!(findings.iter().any(|one| one.kind == Kind::Duplicate && one.level == Level::Warn));
}

#[test]
fn a_denied_condition_is_none_and_a_relatives_neither() {
    let medicines = load();
    let line = Line { medicine: "普萘洛尔".into(), ..Line::default() };
    let stops = |condition: &str| {
        let patient =
            Patient { age: Age::years(40.0), conditions: vec![condition.into()], ..Patient::default() };
        medicines.check(&patient, std::slice::from_ref(&line)).iter().any(|one| one.level == Level::Stop)
    };
    assert!(stops("支气管哮喘"));
    assert!(stops("asthma since childhood"));
    assert!(!stops("否认哮喘"));
    assert!(!stops("哮喘家族史"));
}

#[test]
fn what_is_already_taken_is_reported_only_with_what_is_new() {
    let medicines = load();
    let patient = Patient { age: Age::years(70.0), ..Patient::default() };
    let taken = |medicine: &str| Line { medicine: medicine.into(), taken: true, ..Line::default() };
    let new = Line { medicine: "甲硝唑".into(), ..Line::default() };
    assert!(medicines.check(&patient, &[taken("华法林"), taken("阿司匹林")]).is_empty());
    let findings = medicines.check(&patient, &[taken("华法林"), new]);
    assert!(findings.iter().any(|one| one.kind == Kind::Interaction && one.lines == [0, 1]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_give_an_answer_and_the_same_one_twice(
        names in proptest::collection::vec(".{0,12}", 0..4),
        conditions in proptest::collection::vec(".{0,12}", 0..3),
        dose in proptest::option::of(-1.0e6..1.0e6_f64),
        unit in "(mg|片|ml|.{0,3})",
        age in 0.0..120.0_f64,
    ) {
        let medicines = load();
        let lines: Vec<Line> = names
            .iter()
            .chain([&"氨氯地平".to_owned()])
            .map(|name| Line { medicine: name.clone(), dose, unit: unit.clone(), times_per_day: dose, ..Line::default() })
            .collect();
        let patient = Patient { age: Age::years(age), conditions: conditions.clone(), allergies: conditions, ..Patient::default() };
        let findings = medicines.check(&patient, &lines);
        prop_assert_eq!(&findings, &medicines.check(&patient, &lines));
        prop_assert!(findings.windows(2).all(|pair| pair[0].level >= pair[1].level));
    }
}
