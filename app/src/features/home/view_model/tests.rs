use super::*;
use documents::{Diary, Reading, Record, SignedContract, Visit};
use domain::people::Resident;
use domain::{
    base::{ContractId, EntryId, ResidentId, SignId, VisitId},
    contracts::{PackageRef, SigningPlace, package_templates},
    measurements::hypertension_rules,
    people::{Staff, Team},
    rules::Published,
};

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

fn file() -> ResidentFile {
    let person = Resident {
        subject: ResidentId::new("s"),
        name: "王秀兰".into(),
        birth_date: Some("1955-03-01".parse().unwrap()),
        key_groups: vec![KeyGroup::Hypertension],
        team: Some(TeamId::new("t1")),
        ..Resident::default()
    };
    ResidentFile { person, record: Record::default(), diary: Diary::default(), problems: Vec::new() }
}

fn catalog() -> Catalog {
    let lead =
        Staff {
            id: StaffId::new("li"), name: "李红".into(), phone: Some("0812".into()), ..Staff::default()
        };
    let team = |id: &str, phone: Option<&str>| Team {
        id: TeamId::new(id),
        name: format!("团队{id}"),
        lead: Some(lead.id.clone()),
        phone: phone.map(str::to_owned),
        ..Team::default()
    };
    let packages = package_templates().unwrap().rules.packages.iter();
    Catalog {
        teams: [team("t1", None), team("t2", Some("0813"))]
            .into_iter()
            .map(|team| (team.id.clone(), team))
            .collect(),
        staff: [(lead.id.clone(), lead.clone())].into(),
        packages: packages.map(|package| Published::freeze(package.clone()).unwrap()).collect(),
        ..Catalog::default()
    }
}

fn reading(day: &str, hour: u8, sbp: u16, dbp: u16) -> Reading {
    Reading {
        id: EntryId::new(format!("{day}-{hour}")),
        at: Timestamp::of(day.parse().unwrap(), hour, 0),
        pressure: Pressure { sbp, dbp },
        pulse: None,
        danger_signs: Vec::new(),
        note: String::new(),
        by: "resident1".into(),
    }
}

fn contract(from: &str) -> SignedContract {
    let catalog = catalog();
    let (hash, package) =
        catalog.packages.iter().find(|(_, package)| package.id.as_str() == "hypertension").unwrap();
    let from: Date = from.parse().unwrap();
    let contract = Contract {
        id: ContractId::new("c1"),
        resident: ResidentId::new("s"),
        team: TeamId::new("t2"),
        signed_by: StaffId::new("li"),
        signed_at: Some(Timestamp::of(from, 9, 0)),
        from,
        until: domain::contracts::signing::one_year(from),
        packages: vec![PackageRef { id: package.id.clone(), hash: hash.clone() }],
        place: SigningPlace::Home,
        renews: None,
        terminated: None,
    };
    SignedContract { contract, signatures: Vec::new() }
}

fn page(file: &ResidentFile) -> HomePage {
    home_page(file, &catalog(), CareRules::shipped().unwrap(), today())
}

#[test]
fn a_new_resident_sees_doctor_and_first_follow_up_and_nothing_made_up() {
    let page = page(&file());
    let doctor = page.doctor.unwrap();
    assert_eq!(
        (doctor.team.as_str(), doctor.lead.as_deref(), doctor.phone.as_deref()),
        ("团队t1", Some("李红"), Some("0812"))
    );
    assert_eq!((page.last, page.promise), (None, None));
    assert_eq!(page.due.unwrap().date, today());
}

#[test]
fn the_contract_s_team_is_the_doctor_and_says_what_is_left() {
    let mut file = file();
    file.record.contracts.push(contract("2026-10-01"));
    let page = page(&file);
    assert_eq!(page.doctor.unwrap().phone.as_deref(), Some("0813"));
    let promise = page.promise.unwrap();
    assert_eq!(promise.state, ContractState::Active);
    let left: Vec<u32> = promise.items.unwrap().iter().map(|item| item.left).collect();
    assert_eq!(left, [4, 1, 0]);
}

#[test]
fn a_contract_to_come_is_shown_and_a_lapsed_one_is_not() {
    let mut file = file();
    file.record.contracts.push(contract("2026-12-01"));
    assert_eq!(page(&file).promise.unwrap().state, ContractState::Signed);
    file.record.contracts = vec![contract("2025-10-01")];
    assert_eq!(page(&file).promise, None);
}

#[test]
fn a_package_this_version_lacks_is_said_not_guessed() {
    let mut file = file();
    let mut signed = contract("2026-10-01");
    signed.contract.packages[0].hash = domain::rules::VersionHash("00".into());
    file.record.contracts.push(signed);
    assert_eq!(page(&file).promise.unwrap().items, None);
}

#[test]
fn the_newest_pressure_is_judged_by_the_age_of_the_person() {
    let mut file = file();
    file.diary.readings = vec![reading("2026-11-20", 8, 152, 84), reading("2026-11-22", 8, 146, 84)];
    let last = page(&file).last.unwrap();
    assert_eq!((last.pressure.sbp, last.urgency), (146, Urgency::SelfCare));
    file.person.birth_date = Some("1980-03-01".parse().unwrap());
    assert_eq!(page(&file).last.unwrap().urgency, Urgency::Appointment);
}

#[test]
fn a_visit_counts_on_its_day_and_a_voided_one_not_at_all() {
    let mut file = file();
    file.diary.readings = vec![reading("2026-11-20", 8, 136, 84)];
    let visit = Visit {
        id: VisitId::new("v1"),
        date: Some("2026-11-19".parse().unwrap()),
        recorded_at: Timestamp::of(today(), 9, 0),
        pressures: vec![Pressure { sbp: 160, dbp: 90 }],
        ..Visit::default()
    };
    file.record.visits = vec![visit.clone()];
    assert_eq!(page(&file).last.unwrap().pressure.sbp, 136);
    let late = Visit { date: None, ..visit };
    file.record.visits = vec![late.clone()];
    assert_eq!(page(&file).last.unwrap().pressure.sbp, 160);
    let void = documents::Voided { reason: "填错".into(), by: StaffId::new("li"), at: Timestamp(0) };
    file.record.visits = vec![Visit { voided: Some(void), ..late }];
    assert_eq!(page(&file).last.unwrap().pressure.sbp, 136);
}

#[test]
fn a_danger_sign_is_never_taken_lightly() {
    let pack = hypertension_rules().unwrap();
    let pressure = Pressure { sbp: 182, dbp: 112 };
    assert_eq!(judge(&file(), pressure, &[], pack, today()).0, Urgency::Emergency);
    let signs = [SignId::new("severe_headache")];
    assert_eq!(judge(&file(), pressure, &signs, pack, today()).0, Urgency::Ambulance);
    let unknown = [SignId::new("from_a_newer_version")];
    assert!(judge(&file(), Pressure { sbp: 130, dbp: 80 }, &unknown, pack, today()).0 >= Urgency::Emergency);
}

#[test]
fn a_danger_of_last_week_asks_for_another_reading() {
    let mut file = file();
    file.diary.readings = vec![reading("2026-11-15", 8, 186, 112)];
    let last = page(&file).last.unwrap();
    assert!(last.is_to_repeat(today()) && !last.is_emergency(today()));
    file.diary.readings = vec![reading("2026-11-21", 8, 186, 112)];
    assert!(page(&file).last.unwrap().is_emergency(today()));
}
