//! What is known: conditions, findings, and how often the ones come with the others.
//!
//! The model is generic: curated knowledge and measured tables are both built into one with [`Builder`]. Conditions
//! and findings are then known by their index, in the order in which they were added; ties are broken by it.

mod builder;
mod person;
pub(crate) mod tables;

pub use builder::{Builder, ModelError};
pub use person::{Applies, Person, Prior, Sex};

use tables::Tables;

/// What is known about one finding of one person. Unknown is not absent: it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum State {
    /// Neither asked nor told, or the person cannot say.
    #[default]
    Unknown,
    /// It is there.
    Present,
    /// It was asked or looked for and is not there.
    Absent,
}

/// A condition as the builder takes it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Condition {
    /// The stable id, unique among conditions.
    pub id: String,
    /// Whether it must not be missed: questions that settle it come earlier and doubt about it keeps the interview going.
    pub must_not_miss: bool,
    /// How often it comes, by whom; the first that applies counts, and none means that it cannot be.
    pub priors: Vec<Prior>,
}

/// A finding as the builder takes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The stable id, unique among findings.
    pub id: String,
    /// The effort of finding out, 1 for a question.
    pub cost: f64,
    /// The broader findings this one implies, by index; the first is the one it is counted with.
    pub is_a: Vec<usize>,
    /// How often it comes with conditions for which no probability was given, and with what is not listed: 0 to 1.
    pub background: f64,
    /// Whom it can concern; nobody else is asked.
    pub applies: Applies,
    /// Whether a red flag rests on it; it is then asked earlier.
    pub red_flag: bool,
}

impl Finding {
    /// Returns a finding of cost 1 that concerns everybody.
    #[must_use]
    pub fn new(id: impl Into<String>, background: f64) -> Self {
        Self {
            id: id.into(),
            cost: 1.0,
            is_a: Vec::new(),
            background,
            applies: Applies::default(),
            red_flag: false,
        }
    }
}

/// Findings that tend to come together for a reason that no listed condition explains.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The findings, by index; each may be in one group only.
    pub findings: Vec<usize>,
    /// 0: each counts in full; 1: all that are known count as one.
    pub correlation: f64,
}

/// The model: immutable, made by [`Builder::build`].
#[derive(Debug, Clone)]
pub struct Model {
    conditions: Vec<Condition>,
    findings: Vec<Finding>,
    /// By finding: the index of its group.
    group_of: Vec<Option<usize>>,
    groups: Vec<Group>,
    /// Findings, each after all that are broader.
    broad_first: Vec<usize>,
    /// By finding: all that it implies.
    ancestors: Vec<Vec<usize>>,
    unlisted: f64,
    tables: Tables,
}

impl Model {
    /// Returns the conditions by index.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Returns the findings by index.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns the index of the condition with that id.
    #[must_use]
    pub fn condition(&self, id: &str) -> Option<usize> {
        self.conditions.iter().position(|condition| condition.id == id)
    }

    /// Returns the index of the finding with that id.
    #[must_use]
    pub fn finding(&self, id: &str) -> Option<usize> {
        self.findings.iter().position(|finding| finding.id == id)
    }

    /// Returns P(finding | condition) as it is computed with, or `None` for an index out of range.
    #[must_use]
    pub fn probability(&self, condition: usize, finding: usize) -> Option<f64> {
        self.tables.probability(condition, finding)
    }

    /// Returns the share of people who come with something that is not listed.
    #[must_use]
    pub fn unlisted(&self) -> f64 {
        self.unlisted
    }

    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups
    }

    pub(crate) fn group_of(&self, finding: usize) -> Option<usize> {
        self.group_of.get(finding).copied().flatten()
    }

    pub(crate) fn broad_first(&self) -> &[usize] {
        &self.broad_first
    }

    pub(crate) fn ancestors(&self, finding: usize) -> &[usize] {
        self.ancestors.get(finding).map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn tables(&self) -> &Tables {
        &self.tables
    }
}
