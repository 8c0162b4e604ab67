//! A version of the rules of health points.

use serde::{Deserialize, Serialize};

use super::DeedKind;
use crate::base::{Date, HealthPoints, ItemId};
use crate::rules::{RuleRef, Shelf, Source, VersionHash};

/// Something that earns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct HealthItem {
    /// The id.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// What in the records earns it.
    pub deed: DeedKind,
    /// Which of these, such as the places of a follow-up; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<String>,
    /// So many different days of a calendar month make it once; zero means that each deed does.
    #[serde(skip_serializing_if = "is_zero")]
    pub days: u32,
    /// Points each time.
    pub points: HealthPoints,
    /// At most so much a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap_day: Option<HealthPoints>,
    /// At most so much a calendar month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap_month: Option<HealthPoints>,
    /// At most so much a calendar year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap_year: Option<HealthPoints>,
    /// The evidence, in words.
    pub evidence: String,
    /// Where it comes from.
    pub source: Source,
}

crate::read_by_field! {
    HealthItem {
        id, title, deed, of, days, points, cap_day, cap_month, cap_year, evidence, source
    } needing {
        id, title, deed, points, source
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(days: &u32) -> bool {
    *days == 0
}

/// Something that points are given for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Reward {
    /// The id.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// What it costs.
    pub price: HealthPoints,
    /// Where it comes from.
    pub source: Source,
}

crate::read_by_field! { Reward { id, title, price, source } needing all }

/// A version of the rules, published by freezing it under its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthRules {
    /// The id, the same over its versions.
    pub id: String,
    /// Its name.
    pub title: String,
    /// In force for what is done from this day.
    pub from: Date,
    /// What earns.
    pub items: Vec<HealthItem>,
    /// What points are given for.
    pub rewards: Vec<Reward>,
    /// Where it comes from.
    pub source: Source,
}

impl HealthRules {
    /// Returns the reward of `id`.
    #[must_use]
    pub fn reward(&self, id: &ItemId) -> Option<&Reward> {
        self.rewards.iter().find(|reward| reward.id == *id)
    }

    /// Returns how an entry cites an item or reward of this version.
    #[must_use]
    pub fn cite(&self, id: &ItemId, source: &Source, version: &VersionHash) -> RuleRef {
        RuleRef {
            rule: format!("health_points.{id}"),
            version: version.clone(),
            from: self.from,
            source: source.clone(),
        }
    }
}

/// Returns the published version in force on `date`; of two from the same day the greater hash.
#[must_use]
pub fn in_force(versions: &Shelf<HealthRules>, date: Date) -> Option<(&VersionHash, &HealthRules)> {
    versions.iter().filter(|(_, rules)| rules.from <= date).max_by_key(|(hash, rules)| (rules.from, *hash))
}
