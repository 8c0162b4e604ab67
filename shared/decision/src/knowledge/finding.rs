//! The vocabulary.

use super::{Ages, FrequencyClass, VitalRule, Whom};
use crate::model::{Person, Sex};
use serde::{Deserialize, Serialize};

/// What sort of thing a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What the person feels.
    Symptom,
    /// What is seen or found on examination.
    Sign,
    /// What was before.
    History,
    /// What the person met with.
    Exposure,
    /// A measured figure beyond a threshold.
    Vital,
    /// The result of a test.
    Test,
}

/// The only sex that something concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SexOnly {
    /// Women and girls.
    Female,
    /// Men and boys.
    Male,
}

impl From<SexOnly> for Sex {
    fn from(sex: SexOnly) -> Self {
        match sex {
            SexOnly::Female => Self::Female,
            SexOnly::Male => Self::Male,
        }
    }
}

/// How often people have something whatever they come with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Usual {
    /// How often.
    pub frequency: FrequencyClass,
    /// What says so.
    pub source: String,
}

/// What explains a finding: a pressure of 148 in somebody known to have hypertension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explained {
    /// The finding of the record that explains it.
    pub by: String,
    /// Unless this is present too, which is more than it explains.
    pub unless: String,
}

/// Something that can be present or absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The stable id.
    pub id: String,
    /// The standard term.
    pub name: String,
    /// What sort it is.
    pub kind: Kind,
    /// Terms that mean the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
    /// What people say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lay: Vec<String>,
    /// The question in plain words.
    pub question: String,
    /// Broader findings this one implies; the first is the one it is counted with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is_a: Vec<String>,
    /// 1 to ask, 2 to look or measure in a farmhouse, 3 an examination.
    pub cost: u8,
    /// The only sex it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<SexOnly>,
    /// The ages it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<Ages>,
    /// How often people have it whatever they come with, where that is often enough to mislead: high blood pressure among
    /// the old. Otherwise it comes by chance as the figures say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual: Option<Usual>,
    /// What explains it in those who are known to have it, so that it says nothing about what they come with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained: Option<Explained>,
    /// The threshold of a vital sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vital: Option<VitalRule>,
}

impl Finding {
    /// Returns whom it can concern.
    #[must_use]
    pub fn whom(&self) -> Whom {
        Whom { ages: self.ages, sex: self.sex, pregnant: None }
    }

    /// Tells whether it can concern a person of that age and sex; what is not known excludes nothing.
    #[must_use]
    pub fn concerns(&self, age_months: Option<u32>, sex: Option<Sex>) -> bool {
        self.whom().holds(&Person { age_months, sex, ..Person::default() })
    }

    /// Tells whether it is something people come with, and not what was before or what a device shows.
    #[must_use]
    pub fn is_complaint(&self) -> bool {
        matches!(self.kind, Kind::Symptom | Kind::Sign | Kind::Exposure | Kind::Test)
    }

    /// Returns all words for it: the term, its synonyms, what people say.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.synonyms).chain(&self.lay).map(String::as_str)
    }
}
