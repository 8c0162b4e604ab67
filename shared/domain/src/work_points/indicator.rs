//! Figures measured over a period that earn points by bands: volume alone must not win.

use serde::{Deserialize, Serialize};

use super::PointsRules;
use crate::base::{Period, WorkPoints};
use crate::rules::{Source, VersionHash};

crate::open_enum! {
    /// What is measured.
    pub enum Measure {
        /// Visits at the primary care institution, a number.
        PrimaryCareVisits = "primary_care_visits",
        /// Referrals up that came with one down, in basis points of those up.
        TwoWayReferralRate = "two_way_referral_rate",
        /// Trainees who passed, a number.
        TraineesPassed = "trainees_passed",
        /// Satisfied answers, in basis points of all answers.
        Satisfaction = "satisfaction",
    }
}

/// A step of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// From this value on, in the measure's unit.
    pub from: i64,
    /// The points it earns.
    pub points: WorkPoints,
}

/// A figure that earns by bands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// The id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What is measured.
    pub measure: Measure,
    /// Groups it applies to; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// How many records it must rest on to count.
    #[serde(default)]
    pub at_least: u32,
    /// The steps; the one with the highest `from` that is reached earns.
    pub bands: Vec<Band>,
    /// Where it comes from.
    pub source: Source,
}

impl Indicator {
    /// Returns the step that `value` reaches.
    #[must_use]
    pub fn band(&self, value: i64) -> Option<&Band> {
        self.bands.iter().filter(|band| band.from <= value).max_by_key(|band| band.from)
    }
}

/// A figure measured from the records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// What.
    pub measure: Measure,
    /// Over which days.
    pub period: Period,
    /// The value, in the measure's unit.
    pub value: i64,
    /// How many records it rests on.
    pub of: u32,
}

/// What a measured figure earned, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorLine {
    /// The name of the indicator.
    pub title: String,
    /// The figure.
    pub measured: Measured,
    /// The step it reached.
    pub band: Option<Band>,
    /// Whether it rests on too few records to count.
    pub too_few: bool,
    /// The points.
    pub points: WorkPoints,
    /// The version of the rules.
    pub rules: VersionHash,
    /// Where the indicator comes from.
    pub source: Source,
}

/// Returns what `measured` earns a member of `group`: a line for each indicator of `rules` on that measure.
pub(super) fn earned(
    measured: &Measured,
    rules: (&VersionHash, &PointsRules),
    group: &str,
) -> Vec<IndicatorLine> {
    let (hash, rules) = rules;
    let own = |indicator: &&Indicator| {
        indicator.measure == measured.measure
            && (indicator.groups.is_empty() || indicator.groups.iter().any(|own| own == group))
    };
    let line = |indicator: &Indicator| {
        let too_few = measured.of < indicator.at_least;
        let band = indicator.band(measured.value).filter(|_| !too_few).cloned();
        IndicatorLine {
            title: indicator.title.clone(),
            measured: measured.clone(),
            points: band.as_ref().map_or(WorkPoints::ZERO, |band| band.points),
            band,
            too_few,
            rules: hash.clone(),
            source: indicator.source.clone(),
        }
    };
    rules.indicators.iter().filter(own).map(line).collect()
}
