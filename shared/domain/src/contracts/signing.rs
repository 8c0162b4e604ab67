//! Signing a contract.

use serde::{Deserialize, Serialize};

use super::{Contract, Package, PackageRef, SigningPlace};
use crate::base::{ContractId, Date, PackageId, StaffId, TeamId, Timestamp};
use crate::people::Resident;
use crate::rules::VersionHash;

/// A contract as doctor and resident are about to sign it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal<'a> {
    /// The id of the new contract.
    pub id: ContractId,
    /// The resident.
    pub resident: &'a Resident,
    /// The team.
    pub team: TeamId,
    /// Who signs for the team.
    pub signed_by: StaffId,
    /// The packages chosen, with the hash of their published version.
    pub packages: Vec<(VersionHash, &'a Package)>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Where it is signed.
    pub place: SigningPlace,
    /// The contract it renews.
    pub renews: Option<ContractId>,
}

/// What stands in the way of signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum SigningProblem {
    /// No package was chosen.
    #[error("no package chosen")]
    NoPackage,
    /// A package was chosen twice.
    #[error("package {package} chosen twice")]
    Twice {
        /// The package.
        package: PackageId,
    },
    /// The resident is not among those the package is for.
    #[error("package {package} is not for this resident")]
    NotEligible {
        /// The package.
        package: PackageId,
    },
    /// The package is not in force yet.
    #[error("package {package} is in force from {from}")]
    NotInForce {
        /// The package.
        package: PackageId,
        /// Its first day.
        from: Date,
    },
    /// Another contract covers some of the days.
    #[error("contract {contract} runs until {until}")]
    Overlap {
        /// The other contract.
        contract: ContractId,
        /// Its last day.
        until: Date,
    },
    /// The term is shorter than a year.
    #[error("a contract runs for a year at least")]
    TooShort {
        /// The earliest last day.
        until: Date,
    },
    /// The first day lies before the day of signing.
    #[error("a contract cannot begin before it is signed")]
    Backdated,
}

/// Returns the last day of a contract of one year that begins on `from`.
#[must_use]
pub fn one_year(from: Date) -> Date {
    from.add_months(12).add_days(-1)
}

/// Returns the signed contract, or everything that stands in the way.
///
/// # Errors
/// Every problem at once, so that the screen can list them.
pub fn sign(
    proposal: &Proposal<'_>,
    existing: &[Contract],
    now: Timestamp,
) -> Result<Contract, Vec<SigningProblem>> {
    let today = now.date();
    let mut problems = Vec::new();
    if proposal.packages.is_empty() {
        problems.push(SigningProblem::NoPackage);
    }
    for (index, (_, package)) in proposal.packages.iter().enumerate() {
        if proposal.packages.iter().take(index).any(|(_, earlier)| earlier.id == package.id) {
            problems.push(SigningProblem::Twice { package: package.id.clone() });
        }
        if !package.is_for(proposal.resident, proposal.from) {
            problems.push(SigningProblem::NotEligible { package: package.id.clone() });
        }
        if package.from > proposal.from {
            problems.push(SigningProblem::NotInForce { package: package.id.clone(), from: package.from });
        }
    }
    if proposal.from < today {
        problems.push(SigningProblem::Backdated);
    }
    if proposal.until < one_year(proposal.from) {
        problems.push(SigningProblem::TooShort { until: one_year(proposal.from) });
    }
    let contract = Contract {
        id: proposal.id.clone(),
        resident: proposal.resident.subject.clone(),
        team: proposal.team.clone(),
        signed_by: proposal.signed_by.clone(),
        signed_at: Some(now),
        from: proposal.from,
        until: proposal.until,
        packages: proposal
            .packages
            .iter()
            .map(|(hash, package)| PackageRef { id: package.id.clone(), hash: hash.clone() })
            .collect(),
        place: proposal.place.clone(),
        renews: proposal.renews.clone(),
        terminated: None,
    };
    for other in existing.iter().filter(|other| other.signed_at.is_some() && other.id != contract.id) {
        if other.term().overlaps(&contract.term()) {
            problems.push(SigningProblem::Overlap { contract: other.id.clone(), until: other.term().until });
        }
    }
    if problems.is_empty() { Ok(contract) } else { Err(problems) }
}
