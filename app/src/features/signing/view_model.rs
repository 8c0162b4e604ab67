//! What can be agreed, what stands in the way, and what is written in the end.

use super::draft::{Draft, Signed, Start, Step};
use crate::ui::stroke_path;
use documents::Catalog;
use domain::{
    base::{
        ContractId, Date, Fen, ItemId, PackageId, Signature, Signer, StaffId, TeamId, Timestamp, VisitId,
    },
    contracts::{Contract, Package, Proposal, SigningProblem, sign, signing::one_year, state},
    people::Resident,
    rules::{Shelf, VersionHash},
    work_points::{Circumstance, Claim, PointsRules, claim_id, in_force},
};
use std::collections::BTreeMap;

/// The kind of work a signed contract is.
const WORK: &str = "contract";

/// Who is at the table, and what is known of them.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// Whom it concerns.
    pub resident: &'a Resident,
    /// The resident's contracts.
    pub contracts: &'a [Contract],
    /// The county's catalog.
    pub catalog: &'a Catalog,
    /// Who signs for the team.
    pub staff: &'a StaffId,
    /// The team.
    pub team: &'a TeamId,
}

/// Why a step cannot be left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The identity was not checked.
    NotConfirmed,
    /// The first day is no date.
    NoDate,
    /// Who acts for the resident has no name.
    NoGuardian,
    /// The resident's side has not signed.
    NoResidentSignature,
    /// The doctor has not signed.
    NoStaffSignature,
    /// The rules of signing.
    Problem(SigningProblem),
}

/// Returns what is offered for a contract that begins on `from`: of each package the newest version in force then.
#[must_use]
pub fn offers(catalog: &Catalog, from: Date) -> Vec<(&VersionHash, &Package)> {
    let mut newest: BTreeMap<&PackageId, (&VersionHash, &Package)> = BTreeMap::new();
    for (hash, package) in catalog.packages.iter().filter(|(_, package)| package.from <= from) {
        let known = newest.get(&package.id);
        // Of two from the same day every device takes the same: the greater hash.
        if known.is_none_or(|(other, held)| (held.from, *other) < (package.from, hash)) {
            newest.insert(&package.id, (hash, package));
        }
    }
    newest.into_values().collect()
}

/// Returns the contract that runs on `today`, or is to begin: a new one follows it.
#[must_use]
pub fn current(contracts: &[Contract], today: Date) -> Option<&Contract> {
    let runs = |contract: &&Contract| contract.signed_at.is_some() && contract.term().until >= today;
    let lasting =
        |contract: &&Contract| state(contract, contracts, today) != domain::contracts::ContractState::Draft;
    contracts.iter().filter(runs).filter(lasting).max_by_key(|contract| contract.term().until)
}

impl Table<'_> {
    /// Returns the first day, where it is known.
    #[must_use]
    pub fn from(&self, draft: &Draft, today: Date) -> Option<Date> {
        draft.from(today, current(self.contracts, today).map(|contract| contract.term().until))
    }

    /// Returns the packages chosen that are still offered, in the order of the offer.
    #[must_use]
    pub fn chosen(&self, draft: &Draft, today: Date) -> Vec<(&VersionHash, &Package)> {
        let from = self.from(draft, today).unwrap_or(today);
        offers(self.catalog, from)
            .into_iter()
            .filter(|(_, package)| draft.packages.contains(&package.id))
            .collect()
    }

    /// Returns the contract as it would be signed at `now`, or everything that stands in the way.
    ///
    /// # Errors
    /// Every stop at once, in the order of the steps.
    pub fn agree(&self, draft: &Draft, now: Timestamp) -> Result<Contract, Vec<Stop>> {
        let today = now.date();
        let mut stops = Vec::new();
        if !draft.confirmed {
            stops.push(Stop::NotConfirmed);
        }
        let Some(from) = self.from(draft, today) else {
            stops.push(Stop::NoDate);
            return Err(stops);
        };
        let renewed = current(self.contracts, today).filter(|_| draft.start == Start::AfterCurrent);
        let packages = self.chosen(draft, today).into_iter().map(|(hash, package)| (hash.clone(), package));
        let proposal = Proposal {
            id: draft.contract.clone(),
            resident: self.resident,
            team: self.team.clone(),
            signed_by: self.staff.clone(),
            packages: packages.collect(),
            from,
            until: one_year(from.add_months(12 * (i32::from(draft.years) - 1))),
            place: draft.place.clone(),
            renews: renewed.map(|contract| contract.id.clone()),
        };
        match sign(&proposal, self.contracts, now) {
            Ok(contract) if stops.is_empty() => Ok(contract),
            Ok(_) => Err(stops),
            Err(problems) => {
                stops.extend(problems.into_iter().map(Stop::Problem));
                Err(stops)
            }
        }
    }

    /// Returns what keeps one from leaving `step` forwards.
    #[must_use]
    pub fn stops(&self, draft: &Draft, step: Step, now: Timestamp) -> Vec<Stop> {
        let agreed = || self.agree(draft, now).err().unwrap_or_default();
        match step {
            Step::Identity => agreed().into_iter().filter(|stop| *stop == Stop::NotConfirmed).collect(),
            Step::Packages => agreed().into_iter().filter(of_packages).collect(),
            Step::Term => agreed()
                .into_iter()
                .filter(|stop| !of_packages(stop) && *stop != Stop::NotConfirmed)
                .collect(),
            Step::Check => agreed(),
            Step::Resident => {
                let nameless = draft.signer == Signer::Guardian && draft.guardian.trim().is_empty();
                let unsigned = !draft.resident.is_given();
                let stops =
                    [nameless.then_some(Stop::NoGuardian), unsigned.then_some(Stop::NoResidentSignature)];
                stops.into_iter().flatten().collect()
            }
            Step::Staff => {
                let mut stops = agreed();
                stops.extend(self.stops(draft, Step::Resident, now));
                stops.extend((!draft.staff.is_given()).then_some(Stop::NoStaffSignature));
                stops
            }
        }
    }
}

fn of_packages(stop: &Stop) -> bool {
    use SigningProblem::{NoPackage, NotEligible, NotInForce, Twice};
    matches!(stop, Stop::Problem(NoPackage | Twice { .. } | NotEligible { .. } | NotInForce { .. }))
}

/// Returns both signatures; one given on paper has no strokes.
#[must_use]
pub fn signatures(draft: &Draft, resident: &Resident, staff_name: &str) -> Vec<Signature> {
    let signature = |signer: Signer, name: &str, signed: &Signed| Signature {
        signer,
        name: name.trim().to_owned(),
        path: signed.strokes.iter().map(|stroke| stroke_path(stroke)).collect(),
        at: signed.at,
    };
    let name = if draft.signer == Signer::Guardian { &draft.guardian } else { &resident.name };
    vec![
        signature(draft.signer.clone(), name, &draft.resident),
        signature(Signer::Staff, staff_name, &draft.staff),
    ]
}

/// Returns the claim of work points a signed contract writes; nothing when the rules in force do not reward it.
#[must_use]
pub fn claim(
    contract: &Contract,
    catalog: &Catalog,
    rules: &Shelf<PointsRules>,
    now: Timestamp,
) -> Option<Claim> {
    let on = now.date();
    let item = ItemId::new(WORK);
    let (version, rules) = in_force(rules, on)?;
    rules.item(&item)?;
    let institution =
        catalog.teams.get(&contract.team).map(|team| team.institution.clone()).unwrap_or_default();
    let remote = catalog.institutions.get(&institution).is_some_and(|institution| institution.remote);
    let shortage = catalog.staff.get(&contract.signed_by).is_some_and(|staff| staff.shortage);
    let circumstances = [remote.then_some(Circumstance::Remote), shortage.then_some(Circumstance::Shortage)];
    Some(Claim {
        id: claim_id(&VisitId::new(contract.id.as_str()), &item),
        staff: contract.signed_by.clone(),
        item,
        on,
        quantity: 1,
        institution,
        circumstances: circumstances.into_iter().flatten().collect(),
        rules: version.clone(),
        visit: None,
        resident: Some(contract.resident.clone()),
        note: String::new(),
        recorded_at: now,
        withdrawn: None,
    })
}

/// Returns what the packages cost together in a year.
#[must_use]
pub fn price<'a>(packages: impl IntoIterator<Item = &'a Package>) -> Fen {
    packages.into_iter().map(|package| package.price).sum()
}

/// Returns the id of a new contract from randomness.
#[must_use]
pub fn contract_id(random: [u8; 10]) -> ContractId {
    ContractId::new(format!("c-{}", hex::encode(random)))
}

#[cfg(test)]
mod tests;
