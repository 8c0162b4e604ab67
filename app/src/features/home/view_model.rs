//! What a resident asks: who is my doctor, was my pressure all right, when next, what do I still get.

use crate::replica::files::ResidentFile;
use documents::Catalog;
use domain::base::Order;
use domain::{
    base::{Date, StaffId, TeamId, Timestamp},
    care::{CareRules, Due},
    contracts::{Contract, ContractState, ItemFulfilment, fulfilment, package::pinned, state},
    measurements::{
        DiabetesRules, Findings, GlucoseFindings, GlucoseReading, HypertensionRules, Pressure, Urgency,
        triage, triage_glucose,
    },
    people::KeyGroup,
    rules::{Pack, Reason},
};
use std::cmp::Reverse;

/// The team in charge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doctor {
    /// The team's name.
    pub team: String,
    /// The team lead's name.
    pub lead: Option<String>,
    /// The number residents call.
    pub phone: Option<String>,
}

/// A pressure and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// When it was measured.
    pub at: Timestamp,
    /// The figures.
    pub pressure: Pressure,
    /// Who measured it; nobody but oneself at home.
    pub by: Option<StaffId>,
    /// How soon somebody must act.
    pub urgency: Urgency,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A glucose and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedGlucose {
    /// When it was measured.
    pub on: Date,
    /// The figure and how it lies to meals.
    pub reading: GlucoseReading,
    /// How soon somebody must act.
    pub urgency: Urgency,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What a contract still gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// The contract.
    pub contract: Contract,
    /// Where it stands.
    pub state: ContractState,
    /// Its items; nothing when this version lacks a package.
    pub items: Option<Vec<ItemFulfilment>>,
}

/// The home page.
#[derive(Clone, Debug, PartialEq)]
pub struct HomePage {
    /// The resident's name.
    pub name: String,
    /// The team in charge.
    pub doctor: Option<Doctor>,
    /// The newest pressure.
    pub last: Option<Judged>,
    /// The newest glucose of a visit.
    pub glucose: Option<JudgedGlucose>,
    /// Whether the resident is treated for pressure.
    pub treated: bool,
    /// What is due, and why.
    pub due: Option<Due>,
    /// The contract in force, else the one to come.
    pub promise: Option<Promise>,
}

/// Returns the home page as of `today`.
#[must_use]
pub fn home_page(file: &ResidentFile, catalog: &Catalog, rules: CareRules<'_>, today: Date) -> HomePage {
    let promise = promise(file, catalog, today);
    let team =
        promise.as_ref().map(|promise| promise.contract.team.clone()).or_else(|| file.person.team.clone());
    let treated = file.person.is_in(&KeyGroup::Hypertension);
    let due = file.record.dues(&file.person, today, rules).into_iter().next().map(|(_, due)| due);
    HomePage {
        name: file.person.name.clone(),
        doctor: team.and_then(|team| doctor(&team, catalog)),
        last: judged(file, rules.hypertension).into_iter().next(),
        glucose: judged_glucose(file, rules.diabetes),
        treated,
        due,
        promise,
    }
}

/// Returns who is in charge; nothing when the catalog does not have the team.
#[must_use]
pub fn doctor(team: &TeamId, catalog: &Catalog) -> Option<Doctor> {
    let team = catalog.teams.get(team)?;
    let lead = team.lead.as_ref().and_then(|lead| catalog.staff.get(lead));
    let phone = team.phone.clone().or_else(|| lead.and_then(|lead| lead.phone.clone()));
    Some(Doctor { team: team.name.clone(), lead: lead.map(|lead| lead.name.clone()), phone })
}

fn promise(file: &ResidentFile, catalog: &Catalog, today: Date) -> Option<Promise> {
    let contracts = file.record.contracts();
    let stands = |contract: &&Contract| {
        let state = state(contract, &contracts, today);
        let runs = contract.term().contains(today) && matches!(state, ContractState::Renewed { .. });
        state.is_in_force() || runs
    };
    let to_come = |contract: &&Contract| state(contract, &contracts, today) == ContractState::Signed;
    let contract = contracts.iter().find(stands).or_else(|| contracts.iter().find(to_come))?;
    let items = pinned(&contract.packages, &catalog.packages).ok();
    let items = items.map(|packages| fulfilment(contract, &packages, &file.record.services(), today).items);
    Some(Promise { contract: contract.clone(), state: state(contract, &contracts, today), items })
}

/// Days for which a pressure speaks of now.
const FRESH: i64 = 3;

impl Judged {
    /// Tells whether it was serious, and so long ago that it must be measured again.
    #[must_use]
    pub fn is_to_repeat(&self, today: Date) -> bool {
        self.urgency >= Urgency::Day && self.at.date().days_until(today) > FRESH
    }

    /// Tells whether life may be in danger now.
    #[must_use]
    pub fn is_emergency(&self, today: Date) -> bool {
        self.urgency >= Urgency::Emergency && !self.is_to_repeat(today)
    }
}

/// Judges a pressure with what was felt.
#[must_use]
pub fn judge(
    file: &ResidentFile,
    pressure: Pressure,
    danger_signs: &[domain::base::SignId],
    pack: &Pack<HypertensionRules>,
    on: Date,
) -> (Urgency, Vec<Reason>) {
    let findings = Findings {
        age: file.person.age(on),
        pressure: Some(pressure),
        danger_signs: danger_signs.to_vec(),
        pregnant_or_lactating: file.record.expects(&file.person, on),
    };
    // Without a rule in force nothing can be said, and an unknown level is never taken lightly.
    triage(&findings, pack, on)
        .map_or((Urgency::default(), Vec::new()), |triage| (triage.urgency, triage.reasons))
}

/// Returns the newest glucose of a visit with what it means; nothing where a rule is missing.
#[must_use]
pub fn judged_glucose(file: &ResidentFile, pack: &Pack<DiabetesRules>) -> Option<JudgedGlucose> {
    let visits = file.record.standing_visits().rev();
    let (on, reading) = visits.into_iter().find_map(|visit| Some((visit.on(), visit.glucose.clone()?)))?;
    let findings = GlucoseFindings {
        glucose: Some(reading.clone()),
        pregnant_or_lactating: file.record.expects(&file.person, on),
        ..GlucoseFindings::default()
    };
    let found = triage_glucose(&findings, pack, on).ok()?;
    Some(JudgedGlucose { on, reading, urgency: found.urgency, reasons: found.reasons })
}

/// Returns all pressures with what they mean, newest first. What else a doctor found is between doctor and resident.
#[must_use]
pub fn judged(file: &ResidentFile, pack: &Pack<HypertensionRules>) -> Vec<Judged> {
    let visits = file.record.standing_visits().filter_map(|visit| {
        let pressure = visit.pressure()?;
        // A visit entered later counts on its own day.
        let at = if visit.is_late_entry() { Timestamp::of(visit.on(), 12, 0) } else { visit.recorded_at };
        let (urgency, reasons) = judge(file, pressure, &visit.danger_signs, pack, visit.on());
        Some(Judged { at, pressure, by: Some(visit.staff.clone()), urgency, reasons })
    });
    let home = file.diary.readings.iter().map(|reading| {
        let (urgency, reasons) =
            judge(file, reading.pressure, &reading.danger_signs, pack, reading.at.date());
        Judged { at: reading.at, pressure: reading.pressure, by: None, urgency, reasons }
    });
    let mut all: Vec<Judged> = visits.chain(home).collect();
    all.order_by_key(|judged| Reverse(judged.at));
    all
}

#[cfg(test)]
mod tests;
