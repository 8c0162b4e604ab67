//! Visits: recorded once, voided with a reason, never erased.

use crate::visit::{Visit, Voided};
use crate::{Tx, WriteError};

impl Tx<'_, '_> {
    /// Records a visit.
    ///
    /// # Errors
    /// [`WriteError::Exists`] when it is recorded already.
    pub fn record_visit(&mut self, visit: &Visit) -> Result<(), WriteError> {
        self.insert("visits", visit.id.as_str(), visit)
    }

    /// Takes a visit out of the record, with a reason. It stays readable and counts for nothing.
    pub fn void_visit(&mut self, visit: &str, void: &Voided) -> Result<(), WriteError> {
        if void.reason.trim().is_empty() {
            return Err(WriteError::NoReason);
        }
        self.entry("visits", visit)?;
        self.insert("voids", visit, void)
    }
}
