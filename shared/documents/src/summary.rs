//! The row a list shows for a resident, without opening documents.

use automerge::Automerge;
use domain::base::{ContractId, Date, EntryId, ResidentId, Sex, StaffId, Timestamp, VisitId};
use domain::care::{CareRules, Disease, Due};
use domain::contracts::{Contract, ContractState, Package, fulfilment, package::pinned, state};
use domain::measurements::{Findings, GlucoseReading, Pressure, Urgency, triage};
use domain::people::{KeyGroup, Resident, SearchRow};
use domain::rules::Shelf;
use serde::{Deserialize, Serialize};

use crate::visit::{Prescription, Visit};
use crate::{Diary, Record, deeds, read_diary, read_person, read_record, rewards_of};

/// The version of the summariser: rows of another version are made anew.
pub const SUMMARY_VERSION: u32 = 4;

/// A resident's row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// The subject.
    pub subject: ResidentId,
    /// The name.
    pub name: String,
    /// Its pinyin initials.
    pub initials: String,
    /// The sex.
    pub sex: Sex,
    /// The date of birth.
    pub birth_date: Option<Date>,
    /// The telephone number.
    pub phone: String,
    /// The last four characters of the identity number.
    pub id_tail: String,
    /// The village.
    pub village: String,
    /// Key groups.
    pub key_groups: Vec<KeyGroup>,
    /// What the resident is allergic to.
    pub allergies: Vec<String>,
    /// The last two pressures of visits, newest first.
    pub pressures: Vec<(Date, Pressure)>,
    /// The last glucose of a visit.
    pub glucose: Option<(Date, GlucoseReading)>,
    /// What is due next, and why.
    pub due: Option<Due>,
    /// The disease it is due for.
    pub due_for: Disease,
    /// How urgent the last follow-up was.
    pub urgency: Option<Urgency>,
    /// The last visit: its date and who held it.
    pub last_visit: Option<(Date, StaffId, VisitId)>,
    /// The visits that prescribed in spite of a warning, the oldest first: whose prescription a pharmacist's review is
    /// about.
    pub overridden: Vec<VisitId>,
    /// The contract in force, else the newest.
    pub contract: Option<ContractRow>,
    /// The newest home reading.
    pub home: Option<HomeRow>,
    /// Whether two people wrote something apart that a person must settle.
    pub conflicts: u32,
    /// Requests and disputes of health points that wait for the team.
    pub waiting: u32,
    /// The day on which the resident last did something that health points count.
    pub took_part: Option<Date>,
}

domain::read_by_field! {
    Summary {
        subject, name, initials, sex, birth_date, phone, id_tail, village, key_groups, allergies, pressures,
        glucose, due, due_for, urgency, last_visit, overridden, contract, home, conflicts,
        waiting, took_part
    }
}

/// A contract, in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractRow {
    /// The contract.
    pub id: ContractId,
    /// The packages' names; empty where this device lacks the version.
    pub titles: Vec<String>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Whether it ended early.
    pub terminated: bool,
    /// Times owed over the term.
    pub owed: u32,
    /// Times given.
    pub given: u32,
    /// The next item due by contract.
    pub next_due: Option<Date>,
}

/// A home reading, in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeRow {
    /// The reading.
    pub id: EntryId,
    /// When.
    pub at: Timestamp,
    /// The pressure.
    pub pressure: Pressure,
    /// How urgent.
    pub urgency: Urgency,
}

impl Summary {
    /// Returns what search looks at.
    #[must_use]
    pub fn search_row(&self) -> SearchRow<'_> {
        SearchRow { name: &self.name, initials: &self.initials, phone: &self.phone, id_tail: &self.id_tail }
    }
}

/// The documents of one resident, as far as this device holds them.
#[derive(Debug, Clone, Copy, Default)]
pub struct ResidentDocuments<'a> {
    /// Who they are.
    pub person: Option<&'a Automerge>,
    /// Their record.
    pub record: Option<&'a Automerge>,
    /// Their diary.
    pub diary: Option<&'a Automerge>,
    /// The team's side of their health points.
    pub rewards: Option<&'a Automerge>,
}

/// Makes a resident's row as of `today`. Due dates do not depend on `today`; contract figures do.
#[must_use]
pub fn summarise(
    documents: ResidentDocuments<'_>,
    packages: &Shelf<Package>,
    rules: CareRules<'_>,
    today: Date,
) -> Summary {
    let mut row = Summary::default();
    let mut problems = Vec::new();
    let mut resident = Resident::default();
    let (mut known, mut own) = (Record::default(), Diary::default());
    if let Some(doc) = documents.person {
        let (person, found) = read_person(doc);
        problems.extend(found);
        resident = person;
        add_person(&mut row, &resident);
    }
    if let Some(doc) = documents.record {
        let (record, found) = read_record(doc);
        problems.extend(found);
        add_record(&mut row, &record, &resident, rules, today);
        row.contract = contract_row(&record, packages, today);
        known = record;
    }
    if let Some(doc) = documents.diary {
        let (diary, found) = read_diary(doc);
        problems.extend(found);
        row.home = diary.readings.last().and_then(|reading| {
            let date = reading.at.date();
            let findings = Findings {
                age: resident.age(date),
                pressure: Some(reading.pressure),
                danger_signs: reading.danger_signs.clone(),
                pregnant_or_lactating: known.expects(&resident, date),
            };
            let urgency = triage(&findings, rules.hypertension, date).ok()?.urgency;
            Some(HomeRow { id: reading.id.clone(), at: reading.at, pressure: reading.pressure, urgency })
        });
        own = diary;
    }
    let (rewards, found) = rewards_of(documents.rewards);
    problems.extend(found);
    row.waiting = u32::try_from(own.waiting(&rewards)).unwrap_or(u32::MAX);
    let done = deeds(&known, &own, &rewards).into_iter().filter(|deed| deed.taken_out.is_none());
    row.took_part = done.map(|deed| deed.on).filter(|on| *on <= today).max();
    row.conflicts =
        u32::try_from(problems.iter().filter(|problem| problem.is_conflict()).count()).unwrap_or(u32::MAX);
    row
}

fn add_person(row: &mut Summary, resident: &Resident) {
    row.subject = resident.subject.clone();
    row.name = resident.name.clone();
    row.initials = resident.initials();
    row.sex = resident.sex.clone();
    row.birth_date = resident.birth_date;
    row.phone = resident.phone.clone().unwrap_or_default();
    let number = resident.identity.number();
    row.id_tail = number.char_indices().rev().nth(3).map_or(number, |(at, _)| &number[at..]).to_owned();
    row.village = resident.address.village.clone();
    row.key_groups = resident.key_groups.clone();
}

fn add_record(row: &mut Summary, record: &Record, resident: &Resident, rules: CareRules<'_>, today: Date) {
    row.allergies = record.allergies.iter().map(|allergy| allergy.substance.clone()).collect();
    let measured = |visit: &Visit| Some((visit.on(), visit.pressure()?));
    row.pressures = record.standing_visits().rev().filter_map(measured).take(2).collect();
    let last = record.standing_visits().next_back();
    row.last_visit = last.map(|visit| (visit.on(), visit.staff.clone(), visit.id.clone()));
    let overridden = |visit: &&Visit| visit.prescription.as_ref().is_some_and(Prescription::is_overridden);
    row.overridden = record.visits.iter().filter(overridden).map(|visit| visit.id.clone()).collect();
    let measured = |visit: &Visit| Some((visit.on(), visit.glucose.clone()?));
    row.glucose = record.standing_visits().rev().find_map(measured);
    let weightiest = record.standing_visits().rev().find_map(|visit| visit.follow_ups().weightiest());
    row.urgency = weightiest.map(|found| found.urgency.clone());
    if let Some((disease, due)) = record.dues(resident, today, rules).into_iter().next() {
        (row.due_for, row.due) = (disease, Some(due));
    }
}

fn contract_row(record: &Record, packages: &Shelf<Package>, today: Date) -> Option<ContractRow> {
    let contracts = record.contracts();
    let in_force = |contract: &&Contract| {
        let state = state(contract, &contracts, today);
        state.is_in_force() || matches!(state, ContractState::Renewed { .. })
    };
    let contract = contracts.iter().find(in_force).or_else(|| contracts.last())?;
    let known = pinned(&contract.packages, packages).unwrap_or_default();
    let fulfilment = fulfilment(contract, &known, &record.services(), today);
    Some(ContractRow {
        id: contract.id.clone(),
        titles: known.iter().map(|package| package.title.clone()).collect(),
        from: contract.from,
        until: contract.term().until,
        terminated: contract.terminated.is_some(),
        owed: fulfilment.owed,
        given: fulfilment.given,
        next_due: fulfilment.items.iter().filter_map(|item| item.next_due).min(),
    })
}
