//! What classes and levels are computed with.

use super::{FrequencyClass, Level, Onset, PriorClass};
use crate::inference::Calibration;
use crate::question::StopRule;
use serde::{Deserialize, Serialize};

/// P(finding | condition) by class.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frequencies {
    pub always: f64,
    pub very_often: f64,
    pub often: f64,
    pub sometimes: f64,
    pub rarely: f64,
    pub never: f64,
}

/// Prior weights by class.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriorWeights {
    pub very_common: f64,
    pub common: f64,
    pub uncommon: f64,
    pub rare: f64,
    pub very_rare: f64,
}

/// How often findings come with conditions that do not list them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Background {
    /// The share of how often the finding comes in all.
    pub share: f64,
    /// The least.
    pub lowest: f64,
    /// The least of exposures, which people do not have by chance.
    pub lowest_exposure: f64,
    /// The most.
    pub highest: f64,
    /// The share of a broader finding, where no condition tells.
    pub narrower: f64,
    /// The weight of a condition that lists nothing of what the person complains of, 0 to 1.
    pub uncomplained: f64,
}

/// The weight of each onset, 0 to 1, for one length of illness.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnsetWeights {
    pub sudden: f64,
    pub acute: f64,
    pub subacute: f64,
    pub chronic: f64,
}

/// How the length of the illness fits the onsets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnsetFit {
    /// Less than a day.
    pub hours: OnsetWeights,
    /// Up to ten days.
    pub days: OnsetWeights,
    /// Up to eight weeks.
    pub weeks: OnsetWeights,
    /// Longer.
    pub months: OnsetWeights,
}

/// What is likely enough to be shown as not to be missed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MustNotMiss {
    /// From this probability on.
    pub from: f64,
}

/// When a text was hardly understood.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HardlyUnderstood {
    /// The text has at least so many characters.
    pub characters: usize,
    /// And fewer findings that are present than this.
    pub findings: usize,
}

/// How likely conditions of a level must be together for it to be asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are the levels")]
pub struct LevelThresholds {
    pub ambulance: f64,
    pub emergency: f64,
    pub day: f64,
    pub appointment: f64,
    /// Below this the likeliest condition does not say that it can wait.
    pub sure: f64,
    /// Conditions less likely than this share of the likeliest do not count.
    pub considered: f64,
    pub must_not_miss: MustNotMiss,
    pub hardly_understood: HardlyUnderstood,
    pub alone: Alone,
}

/// What one symptom alone may ask for by likelihood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alone {
    /// At most this level.
    pub most: Level,
    /// Findings that say how it began and are none of their own, by id.
    pub beside: Vec<String>,
}

/// The figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// P(finding | condition) by class.
    pub frequency: Frequencies,
    /// Prior weights by class.
    pub prior: PriorWeights,
    /// Findings that are not listed.
    pub background: Background,
    /// The share of people who come with something not listed.
    pub unlisted: f64,
    /// How scores become probabilities.
    pub calibration: Calibration,
    /// When to stop asking.
    pub stop: StopRule,
    /// How the length of the illness counts.
    pub onset: OnsetFit,
    /// How conditions make a level.
    pub levels: LevelThresholds,
}

impl Figures {
    /// Returns P(finding | condition) for a class.
    #[must_use]
    pub fn frequency(&self, class: FrequencyClass) -> f64 {
        let of = &self.frequency;
        match class {
            FrequencyClass::Always => of.always,
            FrequencyClass::VeryOften => of.very_often,
            FrequencyClass::Often => of.often,
            FrequencyClass::Sometimes => of.sometimes,
            FrequencyClass::Rarely => of.rarely,
            FrequencyClass::Never => of.never,
        }
    }

    /// Returns the weight of a class of priors.
    #[must_use]
    pub fn prior(&self, class: PriorClass) -> f64 {
        let of = &self.prior;
        match class {
            PriorClass::VeryCommon => of.very_common,
            PriorClass::Common => of.common,
            PriorClass::Uncommon => of.uncommon,
            PriorClass::Rare => of.rare,
            PriorClass::VeryRare => of.very_rare,
            PriorClass::Never => 0.0,
        }
    }

    /// Returns how an illness of that many hours fits an onset: a weight from 0 to 1.
    #[must_use]
    pub fn onset(&self, onset: Onset, hours: f64) -> f64 {
        let of = match hours {
            hours if hours < 24.0 => &self.onset.hours,
            hours if hours <= 10.0 * 24.0 => &self.onset.days,
            hours if hours <= 8.0 * 7.0 * 24.0 => &self.onset.weeks,
            _ => &self.onset.months,
        };
        match onset {
            Onset::Sudden => of.sudden,
            Onset::Acute => of.acute,
            Onset::Subacute => of.subacute,
            Onset::Chronic => of.chronic,
        }
    }

    /// Returns how likely conditions of at least that level must be together for it to be asked for.
    #[must_use]
    pub fn threshold(&self, level: Level) -> f64 {
        match level {
            Level::Ambulance => self.levels.ambulance,
            Level::Emergency => self.levels.emergency,
            Level::Day => self.levels.day,
            Level::Appointment => self.levels.appointment,
            Level::SelfCare => 0.0,
        }
    }
}
