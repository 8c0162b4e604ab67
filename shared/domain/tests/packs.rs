//! Released packs are never edited: a correction is a new value with a later date.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::base::{Date, Fen, Glucose, SignId, json};
use domain::contracts::package_templates;
use domain::health_points::health_templates;
use domain::measurements::{body_rules, diabetes_rules, hypertension_rules};
use domain::rules::{Pack, Published, Reason, ReasonCode, RuleError, Shelf, SourceKind, VersionHash};
use domain::work_points::points_templates;

/// Packs as released, by the file's content hash. Until the first release they may change with this list.
const RELEASED: [(&str, &str); 6] = [
    ("body", "6e140d92abb4e6ebf9e6cf242ab51ef59dac328c71875079c8455207fb07df5f"),
    ("diabetes", "fdc83c134614ff3246fb6a0dcdba93c56c705464eae493e74a268e28c34b6fd1"),
    ("health_points", "f0ebbe715cc1c558db03a4a28d1dacb170842ac70a9c6aac9d936c78cc0155db"),
    ("hypertension", "002eb8c485748477d1caf23ef50b316dc2c62a10326f8421a39ffcba03c86050"),
    ("packages", "618574ce10c4f1f9b1e355c2c362eab7cd280dfa4b86af36b1857e0572d3ac3a"),
    ("points", "4d1a9ef0fad64f401024b4b911797097f9932279505bffc5e4669d4efe02e4a7"),
];

#[test]
fn packs_are_those_released() {
    let shipped = [
        ("body", &body_rules().unwrap().version),
        ("diabetes", &diabetes_rules().unwrap().version),
        ("health_points", &health_templates().unwrap().version),
        ("hypertension", &hypertension_rules().unwrap().version),
        ("packages", &package_templates().unwrap().version),
        ("points", &points_templates().unwrap().version),
    ];
    for ((name, version), (released, hash)) in shipped.into_iter().zip(RELEASED) {
        assert_eq!((name, version.0.as_str()), (released, hash));
    }
}

#[test]
fn a_rule_without_a_value_in_force_names_table_and_date() {
    let date: Date = "2017-02-27".parse().unwrap();
    let error = hypertension_rules().unwrap().target(Some(60), date).unwrap_err();
    assert_eq!(error, RuleError::NotInForce { table: "hypertension.target".into(), date });
    assert_eq!(error.to_string(), "no value of hypertension.target is in force on 2017-02-27");
}

#[test]
fn every_figure_that_is_no_example_names_its_document() {
    let packs = [
        (serde_json::to_value(&body_rules().unwrap().rules).unwrap(), 4),
        (serde_json::to_value(&hypertension_rules().unwrap().rules).unwrap(), 11),
        (serde_json::to_value(&diabetes_rules().unwrap().rules).unwrap(), 11),
    ];
    for (pack, figures) in packs {
        let mut sources = 0;
        for table in pack.as_object().unwrap().values() {
            for value in table["values"].as_array().unwrap() {
                let source = &value["source"];
                assert!(!source["document"].as_str().unwrap().is_empty());
                assert!(source["kind"] == "example" || source["article"].is_string());
                sources += 1;
            }
        }
        assert_eq!(sources, figures);
    }
}

#[test]
fn a_sign_that_two_packs_share_has_the_same_words_in_both() {
    let date = "2026-11-22".parse().unwrap();
    let pressure = hypertension_rules().unwrap();
    let shared = diabetes_rules().unwrap().danger_signs(date).unwrap().iter();
    let shared: Vec<_> = shared.filter_map(|sign| Some((&sign.label, pressure.label(&sign.id)?))).collect();
    assert_eq!(shared.len(), 4);
    assert!(shared.iter().all(|(ours, theirs)| ours == theirs));
}

#[test]
fn every_sign_an_ambulance_is_called_for_is_asked_for() {
    let pack = hypertension_rules().unwrap();
    let rules = &pack.rules.ambulance.values[0].value;
    for sign in rules.always.iter().chain(&rules.with_critical_pressure).chain(&rules.with_raised_pressure) {
        assert!(pack.label(sign).is_some(), "{sign}");
    }
    let pack = diabetes_rules().unwrap();
    for sign in &pack.rules.ambulance.values[0].value {
        assert!(pack.label(sign).is_some(), "{sign}");
    }
}

#[test]
fn template_shares_sum_to_the_price_and_examples_say_so() {
    let packages = &package_templates().unwrap().rules.packages;
    assert!(packages.iter().all(|package| package.split_is_whole()));
    assert!(packages.iter().all(|package| package.source.kind == SourceKind::Example));
    assert_eq!(packages[0].price, Fen(12_000));
    assert_eq!(packages[1].price, Fen(20_000));
    assert_eq!(packages[2].price, Fen(24_000));
    let ids: Vec<_> = packages.iter().map(|package| package.id.as_str()).collect();
    assert_eq!(ids, ["basic", "hypertension", "diabetes", "maternal"]);
}

#[test]
fn a_published_entry_has_the_same_hash_whatever_the_order_of_its_fields() {
    let package = package_templates().unwrap().rules.packages[1].clone();
    let entry = Published::freeze(package.clone()).unwrap();
    let again: domain::contracts::Package = serde_json::from_str(&entry.text).unwrap();
    assert_eq!(Published::freeze(again).unwrap(), entry);
    assert_eq!(Published::open(&entry.hash, &entry.text).unwrap(), entry);
    let dearer = entry.text.replace("20000", "10000");
    let opened = Published::<domain::contracts::Package>::open(&entry.hash, &dearer);
    assert_eq!(opened, Err(RuleError::Tampered(entry.hash.clone())));
}

#[test]
fn a_device_without_the_version_says_so_and_takes_no_other() {
    let package = package_templates().unwrap().rules.packages[1].clone();
    let shelf: Shelf<_> = [Published::freeze(package).unwrap()].into_iter().collect();
    let unknown = VersionHash::of(b"newer");
    assert_eq!(shelf.get(&unknown), Err(RuleError::UnknownVersion(unknown)));
}

#[test]
fn a_pack_that_cannot_be_read_is_named() {
    let error = Pack::<domain::measurements::HypertensionRules>::parse("mine", "x = ").unwrap_err();
    assert!(matches!(error, RuleError::Malformed { name, .. } if name == "mine"));
}

#[test]
fn every_reason_survives_its_text() {
    let (sbp, dbp, date, sign) = (152, 96, Date::new(2026, 11, 22).unwrap(), SignId::new("coma"));
    let (limit_sbp, limit_dbp) = (180, 110);
    let (glucose, target, limit) = (Glucose(830), Glucose(700), Glucose(1670));
    let codes = [
        ReasonCode::BelowTarget { sbp, dbp, target_sbp: 140, target_dbp: 90 },
        ReasonCode::AboveTarget { sbp, dbp, target_sbp: 140, target_dbp: 90 },
        ReasonCode::AboveTargetAgain { previous: date },
        ReasonCode::Critical { sbp, dbp, limit_sbp, limit_dbp },
        ReasonCode::VeryLow { sbp, dbp, limit_sbp, limit_dbp },
        ReasonCode::DangerSign { sign: sign.clone() },
        ReasonCode::DangerSignWithCriticalPressure { sign },
        ReasonCode::PregnantOrLactating,
        ReasonCode::GlucoseBelowTarget { glucose, target },
        ReasonCode::GlucoseAboveTarget { glucose, target },
        ReasonCode::GlucoseHigh { glucose, limit },
        ReasonCode::GlucoseLow { glucose, limit },
        ReasonCode::GlucoseNotFasting { glucose, target },
        ReasonCode::GlucoseRaisedInPregnancy { glucose, limit },
        ReasonCode::AdverseReaction,
        ReasonCode::AdverseReactionHardToControl,
        ReasonCode::Complication,
        ReasonCode::RoutineFollowUp { times_a_year: 4, days: 90 },
        ReasonCode::RecheckAfterAdjustment { days: 14 },
        ReasonCode::CheckReferral { days: 14 },
        ReasonCode::AgreedDate,
        ReasonCode::NeverSeen,
        ReasonCode::PackageItemDue { from: date, until: date },
    ];
    let table = &hypertension_rules().unwrap().rules.target;
    let rule = table.cite(table.in_force(date).unwrap(), &VersionHash::default());
    for code in codes {
        let reason = Reason { code, rule: rule.clone() };
        let text = json::write(&reason).unwrap();
        assert_eq!(json::read::<Reason>(text.as_bytes()).unwrap(), reason);
        let newer = text.replace("\"code\":\"", "\"code\":\"newer_");
        assert_eq!(json::read::<Reason>(newer.as_bytes()).unwrap().code, ReasonCode::Unknown);
    }
}

#[test]
fn every_figure_of_health_points_says_that_it_is_an_example() {
    let versions = &health_templates().unwrap().rules.rules;
    assert!(versions.windows(2).all(|pair| pair[0].from < pair[1].from));
    for rules in versions {
        let items = rules.items.iter().map(|item| &item.source);
        let sources: Vec<_> = items.chain(rules.rewards.iter().map(|reward| &reward.source)).collect();
        assert_eq!(sources.len(), 11);
        assert!(sources.iter().all(|source| source.kind == SourceKind::Example));
        assert!(rules.rewards.iter().all(|reward| reward.price.0 > 0), "nothing is free");
    }
}
