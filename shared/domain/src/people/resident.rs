//! The resident.

use serde::{Deserialize, Serialize};

use crate::base::{Date, IdNumber, IdNumberError, ResidentId, Sex, TeamId};

crate::open_enum! {
    /// A key group of public health.
    pub enum KeyGroup {
        /// Sixty-five and over.
        Over65 = "over_65",
        /// Child up to six years.
        Child = "child_0_6",
        /// Pregnant or newly delivered.
        Pregnant = "pregnant",
        /// Hypertension.
        Hypertension = "hypertension",
        /// Diabetes.
        Diabetes = "diabetes",
        /// Tuberculosis.
        Tuberculosis = "tuberculosis",
        /// Severe mental illness.
        MentalIllness = "severe_mental_illness",
        /// Disabled.
        Disabled = "disabled",
        /// Poor.
        Poor = "poor",
    }
}

/// What identifies a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "WrittenIdentity")]
pub enum Identity {
    /// An identity card.
    Card {
        /// Its checked number.
        number: IdNumber,
    },
    /// A number given until there is a card (newborns, some elders).
    Provisional {
        /// The number.
        number: String,
    },
    /// An identity of a newer version.
    Unknown,
}

/// An identity as it is written.
#[derive(Deserialize)]
struct WrittenIdentity {
    kind: String,
    #[serde(default)]
    number: String,
}

impl TryFrom<WrittenIdentity> for Identity {
    type Error = IdNumberError;

    fn try_from(written: WrittenIdentity) -> Result<Self, Self::Error> {
        Ok(match written.kind.as_str() {
            "card" => Self::Card { number: IdNumber::try_from(written.number)? },
            "provisional" => Self::Provisional { number: written.number },
            _ => Self::Unknown,
        })
    }
}

impl Default for Identity {
    fn default() -> Self {
        Self::Provisional { number: String::new() }
    }
}

impl Identity {
    /// Returns the card's or provisional number.
    #[must_use]
    pub fn number(&self) -> &str {
        match self {
            Self::Card { number } => number.as_str(),
            Self::Provisional { number } => number,
            Self::Unknown => "",
        }
    }
}

/// Where a resident lives.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Address {
    /// The village or neighbourhood.
    pub village: String,
    /// The rest.
    pub detail: String,
}

crate::read_by_field! { Address { village, detail } }

/// A resident of the county.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Resident {
    /// The opaque subject.
    pub subject: ResidentId,
    /// The name.
    pub name: String,
    /// The sex.
    pub sex: Sex,
    /// The date of birth.
    pub birth_date: Option<Date>,
    /// What identifies the person.
    pub identity: Identity,
    /// The telephone number.
    pub phone: Option<String>,
    /// The address.
    pub address: Address,
    /// Key groups.
    pub key_groups: Vec<KeyGroup>,
    /// The team in charge.
    pub team: Option<TeamId>,
}

crate::read_by_field! {
    Resident {
        subject, name, sex, birth_date, identity, phone, address, key_groups, team
    } needing {
        subject, name
    }
}

impl Resident {
    /// Returns the age in completed years on `date`, where the date of birth is known.
    #[must_use]
    pub fn age(&self, date: Date) -> Option<u16> {
        self.birth_date.map(|birth| date.age_of(birth))
    }

    /// Tells whether the resident belongs to `group`.
    #[must_use]
    pub fn is_in(&self, group: &KeyGroup) -> bool {
        self.key_groups.contains(group)
    }
}
