//! The rules document: the county's points rules and its key.

use std::collections::BTreeMap;

use automerge::Automerge;
use domain::rules::{Published, Shelf, VersionHash};
use domain::work_points::PointsRules;

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
    pub drafts: BTreeMap<String, PointsRules>,
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
    for (id, text) in reader.fields("drafts") {
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

    /// Saves a draft of points rules.
    pub fn save_draft_rules(&mut self, id: &str, rules: &PointsRules) -> Result<(), WriteError> {
        let drafts = self.map("drafts")?;
        self.put(&drafts, id, &domain::base::json::write(rules)?.into())
    }
}
