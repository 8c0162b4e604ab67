//! What was found of a body: kidneys, liver, pregnancy, breast-feeding; each as of a day.

use domain::base::Order;
use domain::measurements::BodyFact;

use crate::read::Reader;
use crate::visit::{Prescription, Visit, Voided};
use crate::{Tx, WriteError};

/// Reads the facts that stand, by day: neither taken out nor found at a visit that was.
pub(super) fn read(reader: &mut Reader<'_>, voids: &[(String, Voided)]) -> Vec<BodyFact> {
    let facts = if reader.has("body") { reader.entries("body") } else { Vec::new() };
    let is_void = |id: &str| voids.iter().any(|(voided, _)| voided == id);
    let mut facts: Vec<BodyFact> = facts.into_iter().map(|(_, fact)| fact).collect();
    facts.retain(|fact: &BodyFact| {
        !is_void(fact.id.as_str()) && !fact.visit.as_ref().is_some_and(|visit| is_void(visit.as_str()))
    });
    facts.order_by(|a, b| (a.on, a.recorded_at, &a.id).cmp(&(b.on, b.recorded_at, &b.id)));
    facts
}

/// Returns what a prescription of before these facts was checked with, as such a fact.
pub(super) fn of_prescription(visit: &Visit) -> Option<BodyFact> {
    let Prescription { pregnant_weeks, lactating, egfr, child_pugh, dated: false, .. } =
        visit.prescription.as_ref()?
    else {
        return None;
    };
    let fact = BodyFact {
        on: Some(visit.on()),
        recorded_at: visit.recorded_at,
        egfr: *egfr,
        child_pugh: Some(child_pugh.as_str()).filter(|class| !class.is_empty()).map(Into::into),
        weeks: *pregnant_weeks,
        // "No" was what nobody had touched.
        breast_feeding: lactating.then_some(true),
        visit: Some(visit.id.clone()),
        by: visit.staff.clone(),
        ..BodyFact::default()
    };
    fact.says_something().then_some(fact)
}

impl Tx<'_, '_> {
    /// Adds what was found of a body. The document needs [`crate::make_room`] for `body` first.
    ///
    /// # Errors
    /// [`WriteError::Exists`] when it is there already.
    pub fn add_body_fact(&mut self, fact: &BodyFact) -> Result<(), WriteError> {
        self.insert("body", fact.id.as_str(), fact)
    }

    /// Takes a fact out of what is known, with a reason. It stays in the document.
    ///
    /// # Errors
    /// [`WriteError::NoReason`] without one; [`WriteError::NoSuchEntry`] for one that is not there.
    pub fn void_body_fact(&mut self, fact: &str, void: &Voided) -> Result<(), WriteError> {
        if void.reason.trim().is_empty() {
            return Err(WriteError::NoReason);
        }
        self.entry("body", fact)?;
        self.insert("voids", fact, void)
    }
}
