//! The person document: who a resident is.

use automerge::Automerge;
use domain::base::TeamId;
use domain::people::{Address, Identity, KeyGroup, Resident};
use serde_json::Value as Json;

use crate::read::Reader;
use crate::{Kind, Problem, Tx, WriteError};

/// Reads who the resident is.
#[must_use]
pub fn read_person(doc: &Automerge) -> (Resident, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Person);
    let fields = reader.fields("person");
    let groups = reader.fields("key_groups");
    let mut resident: Resident = reader.decode(fields, &["person"]).unwrap_or_default();
    resident.key_groups = groups
        .iter()
        .filter(|(_, member)| **member == Json::Bool(true))
        .map(|(name, _)| KeyGroup::from(name.as_str()))
        .collect();
    (resident, reader.problems)
}

impl Tx<'_, '_> {
    /// Writes who the resident is. Registered apart with the same card, both meet here.
    pub fn create_person(&mut self, resident: &Resident) -> Result<(), WriteError> {
        let Json::Object(mut fields) = serde_json::to_value(resident)? else { return Ok(()) };
        fields.remove("key_groups");
        if resident.identity == Identity::Unknown {
            fields.remove("identity");
        }
        let person = self.map("person")?;
        self.put_fields(&person, &Json::Object(fields))?;
        for group in &resident.key_groups {
            self.set_key_group(group, true)?;
        }
        Ok(())
    }

    /// Changes telephone number and address.
    pub fn update_contact(&mut self, phone: Option<&str>, address: &Address) -> Result<(), WriteError> {
        let person = self.map("person")?;
        self.put(&person, "phone", &phone.map_or(Json::Null, Json::from))?;
        self.put(&person, "address", &serde_json::to_value(address)?)
    }

    /// Puts the resident into a key group or takes them out.
    pub fn set_key_group(&mut self, group: &KeyGroup, member: bool) -> Result<(), WriteError> {
        let groups = self.map("key_groups")?;
        self.put(&groups, group.as_str(), &Json::Bool(member))
    }

    /// Names the team in charge.
    pub fn set_team(&mut self, team: &TeamId) -> Result<(), WriteError> {
        let person = self.map("person")?;
        self.put(&person, "team", &Json::from(team.as_str()))
    }
}
