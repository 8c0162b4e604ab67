//! Laws that hold for every input.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::base::{Date, Fen, IdNumber, SignId, Timestamp, id_number::check_character};
use domain::care::{AdverseReaction, Control, FollowUpInput, PreviousFollowUp, follow_up};
use domain::contracts::{
    Contract, PackageRef, Service, Standing, WindowState, fulfilment, package_templates, signing, standing,
};
use domain::measurements::{Findings, Pressure, hypertension_rules, triage};
use domain::rules::Published;
use proptest::prelude::*;

/// Days since every table has a value in force: 26 January 2022.
fn date() -> impl Strategy<Value = Date> {
    (19_018_i64..25_000).prop_map(Date::from_days_from_epoch)
}

fn pressure() -> impl Strategy<Value = Pressure> {
    (70_u16..=300, 40_u16..=180).prop_filter_map("possible", |(s, d)| Pressure::new(s, d).ok())
}

fn signs() -> impl Strategy<Value = Vec<SignId>> {
    let known: Vec<SignId> = hypertension_rules().unwrap().rules.danger_signs.values[0]
        .value
        .iter()
        .map(|sign| sign.id.clone())
        .chain(["unheard_of".into()])
        .collect();
    prop::collection::vec(prop::sample::select(known), 0..4)
}

fn findings() -> impl Strategy<Value = Findings> {
    (prop::option::of(30_u16..100), prop::option::of(pressure()), signs(), any::<bool>()).prop_map(
        |(age, pressure, danger_signs, pregnant_or_lactating)| Findings {
            age,
            pressure,
            danger_signs,
            pregnant_or_lactating,
        },
    )
}

proptest! {
    #[test]
    fn the_parts_of_an_amount_sum_to_the_whole(
        amount in -1_000_000_i64..1_000_000, weights in prop::collection::vec(0_u32..10_000, 1..8),
    ) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let parts = Fen(amount).split(&weights);
        prop_assert_eq!(parts.iter().copied().sum::<Fen>(), Fen(amount));
        for (part, weight) in parts.iter().zip(&weights) {
            let exact = i128::from(amount) * i128::from(*weight);
            let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            prop_assert!((i128::from(part.0) * total - exact).abs() < total, "off by less than a fen");
        }
    }

    #[test]
    fn a_date_survives_days_and_text(days in -719_162_i64..2_932_896) {
        let date = Date::from_days_from_epoch(days);
        prop_assert_eq!(date.days_from_epoch(), days);
        prop_assert_eq!(date.to_string().parse(), Ok(date));
        prop_assert_eq!(date.add_days(1).days_from_epoch(), (days + 1).min(2_932_896));
    }

    #[test]
    fn a_month_later_is_the_same_day_or_the_last(date in date(), months in -60_i32..60) {
        let later = date.add_months(months);
        prop_assert!(later.day() <= date.day());
        if later.day() < date.day() {
            prop_assert_eq!(later.add_days(1).day(), 1);
        }
    }

    #[test]
    fn a_moment_lies_on_its_shanghai_date(date in date(), hour in 0_u8..24, minute in 0_u8..60) {
        let moment = Timestamp::of(date, hour, minute);
        prop_assert_eq!((moment.date(), moment.hour_minute()), (date, (hour, minute)));
    }

    #[test]
    fn one_wrong_character_of_an_identity_number_is_found(
        digits in "19[5-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", at in 0_usize..17, to in 0_u8..10,
    ) {
        let digits = format!("510421{digits}");
        let number = format!("{digits}{}", check_character(&digits).unwrap());
        let today = "2026-11-22".parse().unwrap();
        prop_assert!(IdNumber::parse(&number, today).is_ok());
        let mut wrong = number.clone().into_bytes();
        prop_assume!(wrong[at] != b'0' + to);
        wrong[at] = b'0' + to;
        prop_assert!(IdNumber::parse(std::str::from_utf8(&wrong).unwrap(), today).is_err());
    }

    #[test]
    fn a_further_danger_sign_never_lowers_urgency(found in findings(), more in signs(), on in date()) {
        let pack = hypertension_rules().unwrap();
        let before = triage(&found, pack, on).unwrap();
        let mut with = found;
        with.danger_signs.extend(more);
        with.pregnant_or_lactating |= !with.danger_signs.is_empty();
        prop_assert!(triage(&with, pack, on).unwrap().urgency >= before.urgency);
    }

    #[test]
    fn a_higher_pressure_at_or_above_normal_never_lowers_urgency(
        found in findings(), sbp in 90_u16..250, dbp in 60_u16..150, more in (0_u16..50, 0_u16..30), on in date(),
    ) {
        let low = Pressure { sbp, dbp };
        let high = Pressure { sbp: sbp + more.0, dbp: dbp + more.1 };
        let pack = hypertension_rules().unwrap();
        let at = |pressure| triage(&Findings { pressure: Some(pressure), ..found.clone() }, pack, on).unwrap().urgency;
        prop_assert!(at(high) >= at(low));
    }

    #[test]
    fn the_next_follow_up_lies_after_this_one_and_has_its_reason(
        found in findings(), on in date(), complication: bool, reaction in 0_usize..3, before in 0_usize..4,
    ) {
        prop_assume!(found.pressure.is_some());
        let input = FollowUpInput {
            findings: found,
            adverse_reaction: AdverseReaction::KNOWN[reaction].clone(),
            complication,
            previous: Control::KNOWN.get(before).map(|control| PreviousFollowUp {
                date: on.add_days(-14),
                control: control.clone(),
            }),
        };
        let pack = hypertension_rules().unwrap();
        let result = follow_up(&input, pack, on).unwrap();
        prop_assert!(result.next_due > on && result.next_due <= on.add_days(90));
        prop_assert!(!result.reasons.is_empty());
        prop_assert!(result.reasons.iter().all(|reason| reason.rule.version == pack.version));
        let stored = serde_json::to_string(&result).unwrap();
        prop_assert_eq!(serde_json::from_str::<domain::care::FollowUp>(&stored).unwrap(), result);
    }
}

fn contract(id: usize, from: Date, days: i64, signed: i64) -> Contract {
    let package = &package_templates().unwrap().rules.packages[1];
    Contract {
        id: format!("c{id}").into(),
        resident: "r".into(),
        team: format!("t{id}").into(),
        signed_by: "s".into(),
        signed_at: Some(Timestamp(signed)),
        from,
        until: from.add_days(days),
        packages: vec![PackageRef {
            id: package.id.clone(),
            hash: Published::freeze(package.clone()).unwrap().hash,
        }],
        place: "home".into(),
        renews: None,
        terminated: None,
    }
}

proptest! {
    #[test]
    fn what_is_owed_is_given_left_or_missed(
        from in date(), visits in prop::collection::vec((-10_i64..400, 0_i64..30), 0..12), at in -10_i64..420,
    ) {
        let contract = Contract { until: signing::one_year(from), ..contract(0, from, 0, 0) };
        let package = &package_templates().unwrap().rules.packages[1];
        let services: Vec<Service> = visits.iter().enumerate().map(|(n, (on, late))| Service {
            visit: format!("v{n}").into(),
            contract: "c0".into(),
            package: package.id.clone(),
            item: "follow_up".into(),
            on: from.add_days(*on),
            recorded_on: from.add_days(on + late),
            by: "s".into(),
            voided: false,
        }).collect();
        let result = fulfilment(&contract, &[package], &services, from.add_days(at));
        let mut reversed = services.clone();
        reversed.reverse();
        prop_assert_eq!(&fulfilment(&contract, &[package], &reversed, from.add_days(at)), &result);
        for item in &result.items {
            prop_assert_eq!(item.owed, item.given + item.left + item.missed);
            for (window, next) in item.windows.iter().zip(item.windows.iter().skip(1)) {
                prop_assert_eq!(window.period.until.add_days(1), next.period.from, "windows leave no day out");
            }
            let open = item.windows.iter().filter(|window| window.state == WindowState::Open).count();
            prop_assert!(open <= 1);
        }
        let counted: u32 = result.items.iter().map(|item| item.given + item.extra).sum();
        prop_assert_eq!(counted as usize + result.unmatched.len(), services.len());
    }

    #[test]
    fn of_contracts_signed_apart_no_two_that_overlap_stand(
        parts in prop::collection::vec((date(), 300_i64..800, 0_i64..5), 1..6),
    ) {
        let all: Vec<Contract> = parts.iter().enumerate()
            .map(|(id, (from, days, signed))| contract(id, *from, *days, *signed)).collect();
        let standing: Vec<&Contract> = all.iter()
            .filter(|one| !matches!(standing(one, &all), Standing::Flagged { .. })).collect();
        prop_assert!(!standing.is_empty());
        for (index, one) in standing.iter().enumerate() {
            for other in standing.iter().skip(index + 1) {
                prop_assert!(!one.term().overlaps(&other.term()));
            }
        }
    }
}
