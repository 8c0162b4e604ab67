//! Amounts in every unit people write.

#![allow(clippy::expect_used)]

use medicines::{Age, Finding, Kind, Level, Line, Medicines, Patient};

fn line(medicine: &str, dose: f64, unit: &str, times: f64, route: &str) -> Line {
    Line {
        medicine: medicine.into(),
        dose: Some(dose),
        unit: unit.into(),
        times_per_day: Some(times),
        days: Some(3.0),
        route: route.into(),
        taken: false,
    }
}

fn doses(patient: &Patient, lines: &[Line]) -> Vec<Finding> {
    let medicines = Medicines::load().expect("the built-in pack is of this version");
    medicines.check(patient, lines).into_iter().filter(|finding| finding.kind == Kind::Dose).collect()
}

fn adult() -> Patient {
    Patient { age: Age::years(45.0), ..Patient::default() }
}

fn child(years: f64, weight: Option<f64>) -> Patient {
    Patient { age: Age::years(years), weight_kg: weight, ..Patient::default() }
}

fn worst(findings: &[Finding]) -> Option<Level> {
    findings.iter().map(|finding| finding.level).max()
}

#[test]
fn the_same_dose_passes_in_every_unit() {
    for (medicine, dose, unit, route) in [
        ("阿莫西林胶囊", 500.0, "mg", "口服"),
        ("阿莫西林胶囊", 0.5, "g", "口服"),
        ("阿莫西林胶囊0.25g", 2.0, "粒", "口服"),
        ("左甲状腺素钠片", 50.0, "μg", "口服"),
        ("左甲状腺素钠片", 0.05, "mg", "口服"),
        ("硫酸庆大霉素注射液", 8.0, "万U", "肌注"),
        ("硫酸庆大霉素注射液", 80.0, "mg", "肌注"),
        ("硫酸庆大霉素注射液", 1.0, "支", "肌注"),
        ("胰岛素", 12.0, "IU", "皮下注射"),
        ("沙丁胺醇气雾剂", 2.0, "揿", "吸入"),
    ] {
        let findings = doses(&adult(), &[line(medicine, dose, unit, 2.0, route)]);
        assert_eq!(findings, [], "{medicine} {dose}{unit}");
    }
}

#[test]
fn milligrams_for_micrograms_are_stopped_and_named_a_slip() {
    let findings = doses(&adult(), &[line("左甲状腺素", 50.0, "mg", 1.0, "口服")]);
    assert_eq!(worst(&findings), Some(Level::Stop));
    assert!(findings.iter().any(|finding| finding.why.contains("1000")), "{findings:?}");
}

#[test]
fn ten_millilitres_for_one_are_stopped_by_weight() {
    let findings = doses(&child(5.0, Some(18.0)), &[line("布洛芬混悬液", 50.0, "ml", 3.0, "口服")]);
    assert_eq!(worst(&findings), Some(Level::Stop));
    assert!(findings.iter().any(|finding| finding.why.contains("10")), "{findings:?}");
}

#[test]
fn an_unknown_weight_is_said_and_the_heaviest_child_is_the_measure() {
    let usual = doses(&child(5.0, None), &[line("布洛芬混悬液", 5.0, "ml", 3.0, "口服")]);
    assert_eq!(worst(&usual), Some(Level::Inform));
    let tenfold = doses(&child(5.0, None), &[line("布洛芬混悬液", 50.0, "ml", 3.0, "口服")]);
    assert_eq!(worst(&tenfold), Some(Level::Stop));
}

#[test]
fn what_is_too_much_for_an_adult_is_too_much_for_a_child_without_a_row() {
    let findings = doses(&child(15.0, Some(50.0)), &[line("缬沙坦", 800.0, "mg", 1.0, "口服")]);
    assert_eq!(worst(&findings), Some(Level::Stop));
}

#[test]
fn a_substance_hidden_in_several_products_is_added_up() {
    let lines = [
        line("对乙酰氨基酚", 1.0, "g", 3.0, "口服"),
        line("氨酚伪麻美芬片", 2.0, "片", 3.0, "口服"),
        line("维C银翘片", 2.0, "片", 3.0, "口服"),
    ];
    let findings = doses(&adult(), &lines);
    assert!(
        findings.iter().any(|finding| finding.lines == [0, 1, 2] && finding.level == Level::Stop),
        "{findings:?}"
    );
}

#[test]
fn too_little_only_informs() {
    assert_eq!(worst(&doses(&adult(), &[line("阿莫西林", 50.0, "mg", 3.0, "口服")])), Some(Level::Inform));
}

#[test]
fn poisoning_allows_what_an_ache_does_not() {
    let atropine = [line("阿托品", 10.0, "mg", 12.0, "静注")];
    let poisoned = Patient { conditions: vec!["急性有机磷农药中毒".into()], ..adult() };
    assert_eq!(worst(&doses(&adult(), &atropine)), Some(Level::Stop));
    assert_eq!(worst(&doses(&poisoned, &atropine)), None);
}

#[test]
fn the_screen_gets_the_dose_of_the_childs_weight() {
    let medicines = Medicines::load().expect("the built-in pack is of this version");
    let doses = medicines.usual_dose("ibuprofen", &child(5.0, Some(18.0)));
    let by_mouth = doses.first().expect("a row for children");
    assert_eq!((by_mouth.single, by_mouth.unit.as_str()), ((90.0, 180.0), "mg"));
    assert_eq!(by_mouth.weight_kg, Some(18.0));
}
