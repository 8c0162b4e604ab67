//! Visits: recorded once, planned anew, voided with a reason, never erased.

use crate::visit::{Plan, Visit, Voided};
use crate::{Tx, WriteError};

impl Tx<'_, '_> {
    /// Records a visit.
    ///
    /// # Errors
    /// [`WriteError::Exists`] when it is recorded already.
    pub fn record_visit(&mut self, visit: &Visit) -> Result<(), WriteError> {
        self.insert("visits", visit.id.as_str(), visit)
    }

    /// Changes what was agreed in a visit: another date, another word for whoever comes next.
    ///
    /// # Errors
    /// [`WriteError::Voided`] when the visit counts for nothing any more.
    pub fn replan_visit(&mut self, visit: &str, plan: &Plan) -> Result<(), WriteError> {
        let entry = self.entry("visits", visit)?;
        if self.has("voids", visit)? {
            return Err(WriteError::Voided);
        }
        self.put(&entry, "plan", &serde_json::to_value(plan)?)
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
