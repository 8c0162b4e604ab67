//! The rules document: the county's points rules and its key.

use std::collections::BTreeMap;

use automerge::Automerge;
use domain::base::{StaffId, Timestamp};
use domain::rules::{Published, Shelf, VersionHash};
use domain::work_points::PointsRules;
use serde::{Deserialize, Serialize};

use crate::catalog::published;
use crate::read::Reader;
use crate::{CountyKey, Kind, Problem, ProblemKind, Tx, WriteError};

/// The county's own rules.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CountyRules {
    /// The key ids are derived with.
    pub county_key: Option<CountyKey>,
    /// Published points rules by hash.
    pub points: Shelf<PointsRules>,
    /// Drafts by id.
    pub drafts: BTreeMap<String, RulesDraft>,
}

/// A draft of points rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RulesDraft {
    /// What it says.
    pub rules: PointsRules,
    /// Who changed it last.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
    /// Whether that person holds it ready for another one to publish.
    #[serde(default)]
    pub proposed: bool,
}

impl RulesDraft {
    /// Tells whether `staff` may publish it: somebody else must have proposed it.
    #[must_use]
    pub fn may_be_published_by(&self, staff: &StaffId) -> bool {
        self.proposed && self.by != *staff
    }
}

/// Reads the county's rules.
#[must_use]
pub fn read_rules(doc: &Automerge) -> (CountyRules, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Rules);
    let county = reader.fields("county");
    let text = county.get("key").and_then(serde_json::Value::as_str);
    let county_key = text.and_then(|text| hex::decode(text).ok()?.try_into().ok());
    if text.is_some() && county_key.is_none() {
        reader.problem(&["county", "key"], ProblemKind::FieldUnreadable);
    }
    let points = published(&mut reader, "points");
    let mut drafts = BTreeMap::new();
    for (id, text) in reader.fields("drafts").into_iter().filter(|(_, text)| !text.is_null()) {
        match domain::base::json::read(text.as_str().unwrap_or_default().as_bytes()) {
            Ok(draft) => {
                drafts.insert(id, draft);
            }
            Err(_) => reader.problem(&["drafts", &id], ProblemKind::EntryUnreadable),
        }
    }
    (CountyRules { county_key, points, drafts }, reader.problems)
}

impl Tx<'_, '_> {
    /// Sets the county key, once: another key would give every document another id.
    ///
    /// # Errors
    /// [`WriteError::Exists`] when there is one.
    pub fn set_county_key(&mut self, key: &CountyKey) -> Result<(), WriteError> {
        if self.has("county", "key")? {
            return Err(WriteError::Exists);
        }
        let county = self.map("county")?;
        self.put(&county, "key", &hex::encode(key).into())
    }

    /// Publishes points rules: frozen under their hash, which is returned. The same again changes nothing.
    pub fn publish_points_rules(&mut self, rules: &PointsRules) -> Result<VersionHash, WriteError> {
        let entry = Published::freeze(rules.clone())?;
        let points = self.map("points")?;
        self.put(&points, &entry.hash.0, &entry.text.into())?;
        Ok(entry.hash)
    }

    /// Saves a draft of points rules in place of the one under that id.
    pub fn save_draft_rules(&mut self, id: &str, draft: &RulesDraft) -> Result<(), WriteError> {
        let drafts = self.map("drafts")?;
        self.put(&drafts, id, &domain::base::json::write(draft)?.into())
    }

    /// Takes a draft away.
    pub fn discard_draft_rules(&mut self, id: &str) -> Result<(), WriteError> {
        let drafts = self.map("drafts")?;
        self.put(&drafts, id, &serde_json::Value::Null)
    }
}
