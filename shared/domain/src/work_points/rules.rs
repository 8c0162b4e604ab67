//! A version of the points rules.

use serde::{Deserialize, Serialize};

use super::Indicator;
use crate::base::{CoefficientId, Date, InstitutionId, ItemId, WorkPoints};
use crate::rules::Source;

crate::open_enum! {
    /// How several coefficients of one claim combine.
    pub enum Combine {
        /// They multiply.
        Multiply = "multiply",
        /// The highest counts alone.
        Highest = "highest",
    }
}

crate::open_enum! {
    /// How a score is rounded to hundredths of a point.
    pub enum Rounding {
        /// Half away from zero.
        HalfUp = "half_up",
        /// Down.
        Down = "down",
        /// Up.
        Up = "up",
    }
}

crate::open_enum! {
    /// What makes a coefficient apply.
    pub enum Circumstance {
        /// The place of work is remote.
        Remote = "remote",
        /// The specialty is short.
        Shortage = "shortage",
        /// Always: a coefficient of the items it names.
        Always = "always",
    }
}

/// A kind of work that earns points.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Item {
    /// The id.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// What is counted: session, case, hour, project, pass, visit.
    pub unit: String,
    /// Points a unit, in hundredths.
    pub points: WorkPoints,
    /// Groups it applies to; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// At most so much a claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap_claim: Option<WorkPoints>,
    /// At most so much a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap_day: Option<WorkPoints>,
    /// At most so much a calendar month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap_month: Option<WorkPoints>,
    /// At most so much a calendar year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap_year: Option<WorkPoints>,
    /// Whether a manager must rule before it counts.
    pub needs_ruling: bool,
    /// The evidence to keep.
    pub evidence: String,
    /// Where it comes from.
    pub source: Source,
}

crate::read_by_field! {
    Item {
        id, title, unit, points, groups, cap_claim, cap_day, cap_month, cap_year, needs_ruling, evidence,
        source
    } needing {
        id, title, unit, points, needs_ruling, source
    }
}

/// A coefficient.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Coefficient {
    /// The id.
    pub id: CoefficientId,
    /// Its name.
    pub title: String,
    /// When it applies.
    pub when: Circumstance,
    /// The items it is for; empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemId>,
    /// The factor in basis points: 13000 is 1.3.
    pub factor: u32,
    /// Where it comes from.
    pub source: Source,
}

crate::read_by_field! {
    Coefficient {
        id, title, when, items, factor, source
    } needing {
        id, title, when, factor, source
    }
}

/// The points to reach in a year.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Threshold {
    /// For those who work at these institutions; empty means everyone else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub institutions: Vec<InstitutionId>,
    /// The same institutions by the beginning of their name, for a template that knows no ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Points.
    pub points: WorkPoints,
    /// Where it comes from.
    pub source: Source,
}

crate::read_by_field! { Threshold { institutions, names, points, source } needing { points, source } }

crate::open_enum! {
    /// What points decide.
    pub enum Stake {
        /// A share of the pool.
        Pay = "pay",
        /// Standing for promotion.
        Promotion = "promotion",
        /// Standing for an award.
        Award = "award",
    }
}

/// What a year's points lead to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Consequence {
    /// What it decides.
    pub stake: Stake,
    /// Its name.
    pub title: String,
    /// The points of a year from which it holds.
    pub points: WorkPoints,
    /// Where it comes from.
    pub source: Source,
}

crate::read_by_field! { Consequence { stake, title, points, source } needing all }

/// A version of the points rules, published by freezing it under its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsRules {
    /// The id, the same over its versions.
    pub id: String,
    /// Its name.
    pub title: String,
    /// In force for work from this day.
    pub from: Date,
    /// Kinds of work.
    pub items: Vec<Item>,
    /// Coefficients.
    pub coefficients: Vec<Coefficient>,
    /// How coefficients combine.
    pub combine: Combine,
    /// How scores are rounded.
    pub rounding: Rounding,
    /// Figures measured over a period that earn by bands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
    /// Points to reach.
    pub thresholds: Vec<Threshold>,
    /// What a year's points lead to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consequences: Vec<Consequence>,
    /// Where it comes from.
    pub source: Source,
}

impl PointsRules {
    /// Returns the item of `id`.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// Returns the threshold for work at `institution` (by id or name), else the general one.
    #[must_use]
    pub fn threshold(&self, institution: &InstitutionId, name: &str) -> Option<&Threshold> {
        let own = |threshold: &&Threshold| {
            threshold.institutions.contains(institution)
                || threshold.names.iter().any(|own| name.starts_with(own))
        };
        let general =
            |threshold: &&Threshold| threshold.institutions.is_empty() && threshold.names.is_empty();
        self.thresholds.iter().find(own).or_else(|| self.thresholds.iter().find(general))
    }
}
