use super::super::draft::Event;
use super::*;
use domain::{
    base::{InstitutionId, ResidentId},
    contracts::{package_templates, signing},
    people::{Institution, KeyGroup, Staff, Team},
    rules::Published,
    work_points::points_templates,
};

fn now() -> Timestamp {
    Timestamp::of("2026-11-22".parse().unwrap(), 9, 0)
}

fn resident() -> Resident {
    Resident {
        subject: ResidentId::new("s"),
        name: "王秀兰".into(),
        birth_date: Some("1955-03-01".parse().unwrap()),
        key_groups: vec![KeyGroup::Hypertension],
        ..Resident::default()
    }
}

fn catalog() -> Catalog {
    let packages = package_templates().unwrap().rules.packages.iter();
    let institution =
        Institution { id: InstitutionId::new("mayihe"), remote: true, ..Institution::default() };
    let team = Team { id: TeamId::new("t1"), institution: institution.id.clone(), ..Team::default() };
    let staff = Staff { id: StaffId::new("li"), shortage: true, ..Staff::default() };
    Catalog {
        institutions: [(institution.id.clone(), institution)].into(),
        teams: [(team.id.clone(), team)].into(),
        staff: [(staff.id.clone(), staff)].into(),
        packages: packages.map(|package| Published::freeze(package.clone()).unwrap()).collect(),
        ..Catalog::default()
    }
}

fn draft() -> Draft {
    let mut draft = Draft::new(ContractId::new("c1"), "s".into(), now(), false);
    draft.update(Event::Confirm);
    draft.update(Event::Toggle(PackageId::new("hypertension")));
    draft
}

fn with<T>(resident: &Resident, contracts: &[Contract], look: impl FnOnce(&Table<'_>) -> T) -> T {
    let (catalog, staff, team) = (catalog(), StaffId::new("li"), TeamId::new("t1"));
    look(&Table { resident, contracts, catalog: &catalog, staff: &staff, team: &team })
}

#[test]
fn a_contract_runs_a_year_from_today_unless_said_otherwise() {
    let contract = with(&resident(), &[], |table| table.agree(&draft(), now()).unwrap());
    assert_eq!(
        (contract.from.to_string(), contract.until.to_string()),
        ("2026-11-22".into(), "2027-11-21".into())
    );
    let mut longer = draft();
    longer.update(Event::Years(3));
    let contract = with(&resident(), &[], |table| table.agree(&longer, now()).unwrap());
    assert_eq!(contract.until.to_string(), "2029-11-21");
}

#[test]
fn each_step_stops_only_at_its_own_question() {
    let mut empty = Draft::new(ContractId::new("c1"), "s".into(), now(), false);
    with(&resident(), &[], |table| {
        assert_eq!(table.stops(&empty, Step::Identity, now()), [Stop::NotConfirmed]);
        assert_eq!(table.stops(&empty, Step::Packages, now()), [Stop::Problem(SigningProblem::NoPackage)]);
        assert_eq!(table.stops(&empty, Step::Term, now()), []);
        empty.update(Event::Start(Start::On));
        assert_eq!(table.stops(&empty, Step::Term, now()), [Stop::NoDate]);
        assert_eq!(table.stops(&empty, Step::Resident, now()), [Stop::NoResidentSignature]);
        assert_eq!(
            table.stops(&draft(), Step::Staff, now()),
            [Stop::NoResidentSignature, Stop::NoStaffSignature]
        );
    });
}

#[test]
fn who_acts_for_a_resident_gives_a_name() {
    let mut draft = draft();
    draft.update(Event::Signer(Signer::Guardian));
    draft.update(Event::ResidentOnPaper(true, now()));
    with(&resident(), &[], |table| {
        assert_eq!(table.stops(&draft, Step::Resident, now()), [Stop::NoGuardian]);
        draft.update(Event::Guardian("王小明".into()));
        assert_eq!(table.stops(&draft, Step::Resident, now()), []);
    });
    let signatures = signatures(&draft, &resident(), "李医生");
    assert_eq!((signatures[0].signer.clone(), signatures[0].name.as_str()), (Signer::Guardian, "王小明"));
    assert!(!signatures[0].is_drawn());
}

#[test]
fn a_package_for_others_stands_in_the_way() {
    let healthy = Resident { key_groups: Vec::new(), ..resident() };
    let stops = with(&healthy, &[], |table| table.stops(&draft(), Step::Packages, now()));
    assert_eq!(
        stops,
        [Stop::Problem(SigningProblem::NotEligible { package: PackageId::new("hypertension") })]
    );
}

#[test]
fn a_renewal_follows_the_contract_that_runs() {
    let mut first = with(&resident(), &[], |table| table.agree(&draft(), now()).unwrap());
    first.id = ContractId::new("c0");
    let mut again = Draft { start: Start::AfterCurrent, ..draft() };
    with(&resident(), std::slice::from_ref(&first), |table| {
        let second = table.agree(&again, now()).unwrap();
        assert_eq!(second.from, first.until.add_days(1));
        assert_eq!(second.renews, Some(first.id.clone()));
        again.update(Event::Start(Start::Today));
        let overlap = SigningProblem::Overlap { contract: first.id.clone(), until: first.until };
        assert_eq!(table.stops(&again, Step::Term, now()), [Stop::Problem(overlap)]);
    });
}

#[test]
fn a_version_published_ahead_is_offered_from_its_first_day() {
    let mut catalog = catalog();
    let basic = package_templates().unwrap().rules.packages[0].clone();
    let next =
        Published::freeze(Package { from: "2027-01-01".parse().unwrap(), price: Fen(15_000), ..basic })
            .unwrap();
    catalog.packages.insert(next.hash, next.content);
    let price_on = |date: &str| {
        let offered = offers(&catalog, date.parse().unwrap());
        offered.iter().find(|(_, package)| package.id.as_str() == "basic").map(|(_, package)| package.price)
    };
    assert_eq!(price_on("2026-11-22"), Some(Fen(12_000)));
    assert_eq!(price_on("2027-01-01"), Some(Fen(15_000)));
}

#[test]
fn a_contract_claims_once_with_the_circumstances_of_the_day() {
    let rules = points_templates().unwrap().rules.rules.iter();
    let rules: Shelf<PointsRules> = rules.map(|rules| Published::freeze(rules.clone()).unwrap()).collect();
    let contract = with(&resident(), &[], |table| table.agree(&draft(), now()).unwrap());
    let claimed = claim(&contract, &catalog(), &rules, now()).unwrap();
    assert_eq!(claimed.id.as_str(), "c1.contract");
    assert_eq!(claimed.circumstances, [Circumstance::Remote, Circumstance::Shortage]);
    assert_eq!(claim(&contract, &catalog(), &Shelf::default(), now()), None);
}

#[test]
fn a_drawn_signature_is_path_data() {
    let mut draft = draft();
    draft.update(Event::ResidentDrew(vec![vec![(1, 2), (30, 40)], vec![(5, 6)]], Timestamp(7)));
    let signatures = signatures(&draft, &resident(), "李医生");
    assert_eq!(signatures[0].path, "M1 2L30 40M5 6L6 6");
    assert!(signatures[0].is_drawn());
}

#[test]
fn the_price_of_several_packages_is_their_sum() {
    let packages = &package_templates().unwrap().rules.packages;
    assert_eq!(price(packages[..2].iter()), Fen(32_000));
    assert_eq!(signing::one_year("2026-11-22".parse().unwrap()).to_string(), "2027-11-21");
}
