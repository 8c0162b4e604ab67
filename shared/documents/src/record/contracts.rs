//! Contracts in the record.

use domain::base::Signature;
use domain::contracts::{Contract, Termination};
use serde::{Deserialize, Serialize};

use crate::{Tx, WriteError};

/// A contract with what was signed on the glass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedContract {
    /// The contract.
    #[serde(flatten)]
    pub contract: Contract,
    /// The signatures of both.
    #[serde(default)]
    pub signatures: Vec<Signature>,
}

impl Tx<'_, '_> {
    /// Writes a contract that both signed.
    ///
    /// # Errors
    /// [`WriteError::Exists`] when it is written already.
    pub fn sign_contract(&mut self, contract: &Contract, signatures: &[Signature]) -> Result<(), WriteError> {
        let contract = Contract { terminated: None, ..contract.clone() };
        let id = contract.id.clone();
        self.insert("contracts", id.as_str(), &SignedContract { contract, signatures: signatures.to_vec() })
    }

    /// Ends a contract early, with a reason.
    pub fn terminate_contract(&mut self, contract: &str, end: &Termination) -> Result<(), WriteError> {
        if end.reason.trim().is_empty() {
            return Err(WriteError::NoReason);
        }
        self.entry("contracts", contract)?;
        self.insert("terminations", contract, end)
    }
}
