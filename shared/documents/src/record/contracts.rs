//! Contracts in the record.

use domain::base::{Signature, json};
use domain::contracts::{Contract, Termination};
use serde::{Deserialize, Deserializer, Serialize, de::Error};

use crate::{Tx, WriteError};

/// A contract with what was signed on the glass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignedContract {
    /// The contract.
    #[serde(flatten)]
    pub contract: Contract,
    /// The signatures of both.
    pub signatures: Vec<Signature>,
}

impl<'de> Deserialize<'de> for SignedContract {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Signed {
            #[serde(default)]
            signatures: Vec<Signature>,
        }
        let written = serde_json::Value::deserialize(deserializer)?;
        let contract = json::from_value(&written).map_err(D::Error::custom)?;
        let Signed { signatures } = json::from_value(&written).map_err(D::Error::custom)?;
        Ok(Self { contract, signatures })
    }
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
