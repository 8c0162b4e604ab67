//! Conditions, allergies and medications.

use domain::base::{Date, EntryId, StaffId};
use serde::Serialize;
use serde_json::Value as Json;

use crate::{Tx, WriteError};

/// A condition the resident lives with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Condition {
    /// The id.
    pub id: EntryId,
    /// Its name.
    pub name: String,
    /// Since.
    pub since: Option<Date>,
    /// Who entered it.
    pub by: StaffId,
}

domain::read_by_field! { Condition { id, name, since, by } }

/// An allergy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Allergy {
    /// The id.
    pub id: EntryId,
    /// To what.
    pub substance: String,
    /// What happened.
    pub reaction: String,
    /// When it was entered.
    pub recorded_on: Option<Date>,
    /// Who entered it.
    pub by: StaffId,
}

domain::read_by_field! { Allergy { id, substance, reaction, recorded_on, by } }

/// A medication.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Medication {
    /// The id.
    pub id: EntryId,
    /// Its name.
    pub name: String,
    /// A dose, with its unit.
    pub dose: String,
    /// How often.
    pub frequency: String,
    /// Since.
    pub from: Option<Date>,
    /// Until.
    pub until: Option<Date>,
    /// Who entered it.
    pub by: StaffId,
}

domain::read_by_field! { Medication { id, name, dose, frequency, from, until, by } }

impl Tx<'_, '_> {
    /// Adds a condition.
    pub fn add_condition(&mut self, condition: &Condition) -> Result<(), WriteError> {
        self.insert("conditions", condition.id.as_str(), condition)
    }

    /// Adds an allergy.
    pub fn add_allergy(&mut self, allergy: &Allergy) -> Result<(), WriteError> {
        self.insert("allergies", allergy.id.as_str(), allergy)
    }

    /// Adds a medication.
    pub fn add_medication(&mut self, medication: &Medication) -> Result<(), WriteError> {
        self.insert("medications", medication.id.as_str(), medication)
    }

    /// Ends a medication.
    pub fn end_medication(&mut self, medication: &str, until: Date) -> Result<(), WriteError> {
        let entry = self.entry("medications", medication)?;
        self.put(&entry, "until", &Json::from(until.to_string()))
    }
}
