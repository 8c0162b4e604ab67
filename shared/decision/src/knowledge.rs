//! What is known, as people write it: sources, findings, conditions, red flags, and the words that figures stand behind.
//!
//! [`Knowledge`] is read from the TOML under `data/`, checked, and packed into one compact file that
//! the app loads; its version is the hash of that file.

mod ages;
mod check;
mod condition;
mod figures;
mod finding;
mod model;
mod pack;
mod read;
mod red_flag;
mod source;
mod vital;
mod whom;

pub use ages::{Ages, AgesError};
pub use check::{Problem, check};
pub use condition::{
    Advice, Category, Condition, Contraindication, Examinations, FrequencyClass, Level, ListedFinding, Onset,
    PriorClass, PriorRow, Season,
};
pub use figures::{Figures, LevelThresholds, OnsetFit};
pub use finding::{Explained, Finding, Kind, SexOnly, Usual};
pub use model::{KnowledgeModel, compile};
pub use pack::{PackError, pack, unpack, version};
pub use read::{ReadError, read};
pub use red_flag::RedFlag;
pub use source::Source;
pub use vital::{Comparison, Measure, VitalRule, VitalRuleError, Vitals};
pub use whom::Whom;

use crate::language::Words;
use serde::{Deserialize, Serialize};

/// All that decision support knows. Lists are sorted by id, so that the same data give the same indices everywhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Knowledge {
    /// What facts rest on.
    pub sources: Vec<Source>,
    /// The vocabulary.
    pub findings: Vec<Finding>,
    /// What a village may meet.
    pub conditions: Vec<Condition>,
    /// Rules before and apart from any probability.
    pub red_flags: Vec<RedFlag>,
    /// What the classes and levels stand for.
    pub figures: Figures,
    /// How people say things.
    pub words: Words,
}

impl Knowledge {
    /// Returns the finding with that id.
    #[must_use]
    pub fn finding(&self, id: &str) -> Option<&Finding> {
        self.findings.get(self.place(id)?)
    }

    /// Returns the index of the finding with that id.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.findings.binary_search_by(|finding| finding.id.as_str().cmp(id)).ok()
    }

    /// Returns the condition with that id.
    #[must_use]
    pub fn condition(&self, id: &str) -> Option<&Condition> {
        let place = self.conditions.binary_search_by(|condition| condition.id.as_str().cmp(id)).ok()?;
        self.conditions.get(place)
    }

    /// Sorts every list by id.
    pub fn sort(&mut self) {
        self.sources.sort_by(|a, b| a.id.cmp(&b.id));
        self.findings.sort_by(|a, b| a.id.cmp(&b.id));
        self.conditions.sort_by(|a, b| a.id.cmp(&b.id));
        self.red_flags.sort_by(|a, b| a.id.cmp(&b.id));
    }
}
