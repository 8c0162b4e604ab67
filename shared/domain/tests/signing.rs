//! Signing, and contracts signed apart.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::base::{Date, Timestamp};
use domain::contracts::{
    Contract, ContractState, Package, Proposal, SigningProblem, Standing, package_templates, sign,
    signing::one_year, standing, state,
};
use domain::people::{KeyGroup, Resident};
use domain::rules::Published;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn template(index: usize) -> Package {
    package_templates().unwrap().rules.packages[index].clone()
}

fn resident() -> Resident {
    Resident {
        subject: "r1".into(),
        birth_date: Some(day("1955-03-02")),
        key_groups: vec![KeyGroup::Hypertension],
        ..Resident::default()
    }
}

struct Signing {
    id: &'static str,
    resident: Resident,
    packages: Vec<Package>,
    from: &'static str,
    until: Date,
    existing: Vec<Contract>,
    at: Timestamp,
}

impl Default for Signing {
    fn default() -> Self {
        Self {
            id: "c1",
            resident: resident(),
            packages: vec![template(1)],
            from: "2026-11-22",
            until: day("2027-11-21"),
            existing: vec![],
            at: Timestamp::of(day("2026-11-22"), 10, 0),
        }
    }
}

fn signed(signing: &Signing) -> Result<Contract, Vec<SigningProblem>> {
    let hash = |package: &Package| Published::freeze(package.clone()).unwrap().hash;
    let proposal = Proposal {
        id: signing.id.into(),
        resident: &signing.resident,
        team: "t1".into(),
        signed_by: "zhang.wei".into(),
        packages: signing.packages.iter().map(|package| (hash(package), package)).collect(),
        from: day(signing.from),
        until: signing.until,
        place: "home".into(),
        renews: None,
    };
    sign(&proposal, &signing.existing, signing.at)
}

#[test]
fn a_contract_pins_the_version_of_its_packages() {
    let contract =
        signed(&Signing { packages: vec![template(0), template(1)], ..Signing::default() }).unwrap();
    let pinned: Vec<&str> = contract.packages.iter().map(|package| package.id.as_str()).collect();
    assert_eq!(pinned, ["basic", "hypertension"]);
    assert_eq!(contract.packages[1].hash, Published::freeze(template(1)).unwrap().hash);
    assert_eq!(contract.signed_at, Some(Signing::default().at));
}

#[test]
fn everything_in_the_way_is_said_at_once() {
    let young = Resident { birth_date: Some(day("1999-01-01")), ..resident() };
    let problems = signed(&Signing {
        resident: young,
        packages: vec![template(1), template(1)],
        from: "2026-11-21",
        until: day("2027-06-30"),
        ..Signing::default()
    });
    let package = || "hypertension".into();
    assert_eq!(
        problems,
        Err(vec![
            SigningProblem::NotEligible { package: package() },
            SigningProblem::Twice { package: package() },
            SigningProblem::NotEligible { package: package() },
            SigningProblem::Backdated,
            SigningProblem::TooShort { until: day("2027-11-20") },
        ])
    );
}

#[test]
fn a_package_is_for_its_group_and_age() {
    let package = template(1);
    let of = |resident: Resident| package.is_for(&resident, day("2026-11-22"));
    assert!(of(resident()));
    assert!(of(Resident { birth_date: Some(day("1991-11-22")), ..resident() }), "35 today");
    assert!(!of(Resident { birth_date: Some(day("1991-11-23")), ..resident() }), "35 tomorrow");
    assert!(!of(Resident { key_groups: vec![], ..resident() }));
    assert!(!of(Resident { birth_date: None, ..resident() }), "an unknown age is not enough");
    assert!(template(0).is_for(&Resident::default(), day("2026-11-22")), "the basic one is for everyone");
}

#[test]
fn a_day_covered_already_cannot_be_signed_again() {
    let first = signed(&Signing::default()).unwrap();
    let again = Signing { id: "c2", existing: vec![first.clone()], ..Signing::default() };
    let overlap = SigningProblem::Overlap { contract: "c1".into(), until: day("2027-11-21") };
    assert_eq!(signed(&again), Err(vec![overlap]));
    let next = Signing { from: "2027-11-22", until: one_year(day("2027-11-22")), ..again };
    assert!(signed(&next).is_ok(), "the day after is free");
}

#[test]
fn no_package_is_no_contract() {
    let problems = signed(&Signing { packages: vec![], ..Signing::default() });
    assert_eq!(problems, Err(vec![SigningProblem::NoPackage]));
}

#[test]
fn of_two_signed_apart_the_earliest_stands_provisionally() {
    let first = signed(&Signing::default()).unwrap();
    let later = Timestamp(Signing::default().at.0 + 60_000);
    let second = signed(&Signing { id: "c0", at: later, ..Signing::default() }).unwrap();
    let both = [second.clone(), first.clone()];
    assert_eq!(standing(&first, &both), Standing::Provisional { over: vec!["c0".into()] });
    assert_eq!(standing(&second, &both), Standing::Flagged { behind: "c1".into() });
    assert_eq!(standing(&first, std::slice::from_ref(&first)), Standing::Stands);
    let twin = Contract { signed_at: first.signed_at, ..second };
    let both = [twin.clone(), first.clone()];
    assert_eq!(standing(&twin, &both), Standing::Provisional { over: vec!["c1".into()] }, "ties by id");
}

#[test]
fn a_draft_flags_nobody_and_a_renewal_takes_over_at_the_end() {
    let first = signed(&Signing::default()).unwrap();
    let draft = Contract { id: "c2".into(), signed_at: None, ..first.clone() };
    let all = [first.clone(), draft.clone()];
    assert_eq!(standing(&first, &all), Standing::Stands);
    assert_eq!(state(&draft, &all, day("2026-12-01")), ContractState::Draft);
    let renewal = Contract {
        id: "c3".into(),
        from: day("2027-11-22"),
        until: day("2028-11-21"),
        renews: Some("c1".into()),
        ..first.clone()
    };
    let all = [first.clone(), renewal.clone()];
    assert_eq!(state(&first, &all, day("2027-06-01")), ContractState::Active);
    assert_eq!(state(&first, &all, day("2027-11-01")), ContractState::Renewed { by: "c3".into() });
    assert_eq!(state(&renewal, &all, day("2027-11-01")), ContractState::Signed);
    assert_eq!(state(&renewal, &all, day("2027-11-22")), ContractState::Active);
}
