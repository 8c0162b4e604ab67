//! The state of a contract, and which of two signed apart stands.

use crate::base::Order;
use serde::{Deserialize, Serialize};

use super::Contract;
use crate::base::{ContractId, Date};

/// From so many days before its end a contract is expiring.
pub const EXPIRING_DAYS: i64 = 30;

/// Where a contract stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ContractState {
    /// Not signed by both.
    Draft,
    /// Signed, not yet begun.
    Signed,
    /// In force.
    Active,
    /// In force, with 30 days or less to run.
    Expiring {
        /// Days after today until its last day.
        days_left: u32,
    },
    /// Another contract continues it.
    Renewed {
        /// The continuing contract.
        by: ContractId,
    },
    /// Ended early.
    Terminated {
        /// Why.
        reason: String,
    },
    /// Run out.
    Expired,
}

impl ContractState {
    /// Tells whether services can be given under it today.
    #[must_use]
    pub fn is_in_force(&self) -> bool {
        matches!(self, Self::Active | Self::Expiring { .. })
    }
}

/// Returns the state of `contract` on `today`; `all` are the resident's contracts.
#[must_use]
pub fn state(contract: &Contract, all: &[Contract], today: Date) -> ContractState {
    if contract.signed_at.is_none() {
        return ContractState::Draft;
    }
    if let Some(end) = contract.terminated.as_ref().filter(|end| end.on < today) {
        return ContractState::Terminated { reason: end.reason.clone() };
    }
    let renewal = all.iter().find(|other| {
        other.renews.as_ref() == Some(&contract.id) && other.signed_at.is_some() && other.terminated.is_none()
    });
    if today < contract.from {
        return ContractState::Signed;
    }
    let days = today.days_until(contract.term().until);
    match (renewal, days) {
        (Some(by), ..=EXPIRING_DAYS) => ContractState::Renewed { by: by.id.clone() },
        (_, ..0) => ContractState::Expired,
        (_, 0..=EXPIRING_DAYS) => {
            ContractState::Expiring { days_left: u32::try_from(days).unwrap_or_default() }
        }
        _ => ContractState::Active,
    }
}

/// How a contract stands to others of the same resident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// No other signed contract covers its days.
    Stands,
    /// It stands provisionally: it was signed before the others.
    Provisional {
        /// The contracts signed later for some of the same days.
        over: Vec<ContractId>,
    },
    /// An earlier signature covers some of its days; managers decide.
    Flagged {
        /// The contract that stands provisionally.
        behind: ContractId,
    },
}

/// Returns how `contract` stands among `all` contracts of the resident. The earliest signature stands;
/// of two at the same moment the smaller id does, so that every device says the same.
#[must_use]
pub fn standing(contract: &Contract, all: &[Contract]) -> Standing {
    let order = |c: &Contract| (c.signed_at, c.id.clone());
    let mut signed: Vec<&Contract> = all.iter().filter(|c| c.signed_at.is_some()).collect();
    signed.order_by_key(|c| order(c));
    // What stands is decided from the earliest on: a flagged contract flags no other.
    let mut standing: Vec<&Contract> = Vec::new();
    for candidate in signed {
        let ahead = standing.iter().find(|other| other.term().overlaps(&candidate.term()));
        match ahead {
            Some(other) if candidate.id == contract.id => {
                return Standing::Flagged { behind: other.id.clone() };
            }
            Some(_) => {}
            None => standing.push(candidate),
        }
    }
    let over: Vec<ContractId> = all
        .iter()
        .filter(|other| other.signed_at.is_some() && order(other) > order(contract))
        .filter(|other| other.term().overlaps(&contract.term()))
        .map(|other| other.id.clone())
        .collect();
    if over.is_empty() { Standing::Stands } else { Standing::Provisional { over } }
}
