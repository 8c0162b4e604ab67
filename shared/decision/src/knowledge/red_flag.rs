//! Rules before and apart from any probability.

use super::{Ages, Level, SexOnly, Whom};
use serde::{Deserialize, Serialize};

/// A rule. It fires when every finding of `all` is present, one of `any` and one of `and_any` if they are given, none of
/// `none`, one of `history` if given, and the person is one it concerns. Unknown counts as neither.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedFlag {
    /// The stable id.
    pub id: String,
    /// What people are shown.
    pub name: String,
    /// Findings that must all be present.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<String>,
    /// One of them must be present.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// And one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub and_any: Vec<String>,
    /// None of them may be present.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<String>,
    /// One of these must be in the history.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<String>,
    /// Only these ages; an unknown age does not exclude.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<Ages>,
    /// Only this sex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<SexOnly>,
    /// Only the pregnant, or only those who are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pregnant: Option<bool>,
    /// Only from this week of pregnancy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_week: Option<u32>,
    /// Only up to this week of pregnancy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_week: Option<u32>,
    /// The level it asks for at least.
    pub level: Level,
    /// Why, in plain words.
    pub reason: String,
    /// The conditions it points at.
    #[serde(default)]
    pub suspects: Vec<String>,
    /// What it rests on.
    pub source: String,
}

impl RedFlag {
    /// Returns whom it concerns, whatever the week of pregnancy.
    #[must_use]
    pub fn whom(&self) -> Whom {
        Whom { ages: self.ages, sex: self.sex, pregnant: self.pregnant }
    }

    /// Returns every finding the rule names.
    pub fn findings(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.all, &self.any, &self.and_any, &self.none, &self.history];
        lists.into_iter().flatten().map(String::as_str)
    }
}
