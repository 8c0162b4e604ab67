//! Service packages as a county publishes them.

use serde::{Deserialize, Serialize};

use crate::base::{Date, Fen, ItemId, PackageId};
use crate::people::{KeyGroup, Resident};
use crate::rules::{RuleError, Shelf, Source};

use super::PackageRef;

crate::open_enum! {
    /// Who pays a share of the fee.
    pub enum Payer {
        /// The medical insurance fund.
        Insurance = "insurance",
        /// The resident.
        Resident = "resident",
        /// The public-health fund.
        PublicHealth = "public_health",
    }
}

crate::open_enum! {
    /// How the times of an item lie in the contract's year. Windows count from the contract's first day,
    /// so that a contract of a year owes exactly what it promises, whenever it was signed.
    pub enum Cadence {
        /// Once in each quarter of the contract's year.
        Quarterly = "quarterly",
        /// Once in each month of the contract's year.
        Monthly = "monthly",
        /// So many times at any time in the contract's year.
        Yearly = "yearly",
        /// As often as needed; nothing is owed.
        AsNeeded = "as_needed",
    }
}

crate::open_enum! {
    /// What kind of service uses an item.
    pub enum ServiceKind {
        /// A follow-up face to face.
        FollowUp = "follow_up",
        /// A health examination.
        Examination = "examination",
        /// Advice, by any way.
        Advice = "advice",
        /// A follow-up face to face with a fasting glucose; one without it does not use the item up.
        GlucoseFollowUp = "glucose_follow_up",
        /// A visit in pregnancy.
        Antenatal = "antenatal",
        /// A visit after the birth.
        Postnatal = "postnatal",
    }
}

/// A share of the fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Who pays.
    pub payer: Payer,
    /// How much.
    pub amount: Fen,
}

/// Whom a package is for; empty means everyone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Population {
    /// Any of these key groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_groups: Vec<KeyGroup>,
    /// From this age in years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_age: Option<u16>,
}

/// An item: a service and how often it is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageItem {
    /// The id within the package.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// The kind of service that uses it.
    pub service: ServiceKind,
    /// How its times lie in the year.
    pub cadence: Cadence,
    /// Times a year; zero when as needed.
    pub times_a_year: u16,
    /// Where it comes from.
    pub source: Source,
}

/// A service package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// The id, the same over its versions.
    pub id: PackageId,
    /// Its name.
    pub title: String,
    /// In force for contracts signed from this day.
    pub from: Date,
    /// The fee of a year.
    pub price: Fen,
    /// Who pays it; the shares sum to the price. Empty when the county has not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub split: Vec<Share>,
    /// Whom it is for.
    #[serde(default)]
    pub population: Population,
    /// Its items.
    pub items: Vec<PackageItem>,
    /// Where it comes from.
    pub source: Source,
}

impl Package {
    /// Tells whether the package is for `resident` on `date`.
    #[must_use]
    pub fn is_for(&self, resident: &Resident, date: Date) -> bool {
        let groups = &self.population.key_groups;
        let in_group = groups.is_empty() || groups.iter().any(|group| resident.is_in(group));
        let old_enough = self.population.from_age.is_none_or(|from| resident.age(date) >= Some(from));
        in_group && old_enough
    }

    /// Returns the item of `id`.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&PackageItem> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// Tells whether the shares sum to the price.
    #[must_use]
    pub fn split_is_whole(&self) -> bool {
        self.split.is_empty() || self.split.iter().map(|share| share.amount).sum::<Fen>() == self.price
    }
}

/// Returns the packages a contract pins.
///
/// # Errors
/// [`RuleError::UnknownVersion`] when this device lacks one.
pub fn pinned<'a>(refs: &[PackageRef], shelf: &'a Shelf<Package>) -> Result<Vec<&'a Package>, RuleError> {
    refs.iter().map(|package| shelf.get(&package.hash)).collect()
}
