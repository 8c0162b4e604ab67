//! The files of the DDXPlus release: conditions, evidences, and how often the ones come with the others.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, path::Path};

/// A condition of the release.
pub struct Condition {
    pub name: String,
    /// Other spellings, the French name among them.
    pub aliases: Vec<String>,
    /// 1 is the worst, 5 the mildest.
    pub severity: u8,
    /// How many of the training patients had it.
    pub count: f64,
}

/// What a question is answered with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Binary,
    Categorical,
    Multi,
}

/// An evidence: a symptom or something of the history that is asked in one question.
pub struct Item {
    pub name: String,
    /// The evidence without which this one is not asked, by index.
    pub parent: Option<usize>,
    pub kind: Kind,
    pub antecedent: bool,
    /// The possible values in their order; numbers are written out.
    pub values: Vec<String>,
    /// Whether the values are a scale, on which neighbours are alike.
    pub scale: bool,
}

/// The release.
pub struct Release {
    pub conditions: Vec<Condition>,
    pub items: Vec<Item>,
    /// By evidence and condition: P(evidence | condition, and what it depends on is there).
    pub probabilities: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct ConditionRow {
    #[serde(default, rename = "cond-name-fr")]
    french: Option<String>,
    #[serde(default, rename = "cond-name-eng")]
    english: Option<String>,
    severity: u8,
}

#[derive(Deserialize)]
struct ItemRow {
    code_question: String,
    #[serde(default)]
    is_antecedent: bool,
    data_type: String,
    #[serde(default, rename = "possible-values")]
    values: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Table {
    conditions: Vec<String>,
    probabilities: BTreeMap<String, BTreeMap<String, f64>>,
    #[serde(default)]
    condition_counts: BTreeMap<String, f64>,
}

impl Release {
    /// Reads the three files of `dir`.
    pub fn read(dir: &Path) -> Result<Self> {
        let rows: BTreeMap<String, ConditionRow> = json(&dir.join("release_conditions.json"))?;
        let item_rows: BTreeMap<String, ItemRow> = json(&dir.join("release_evidences.json"))?;
        let table: Table = json(&table_path(dir)?)?;
        let mut conditions = Vec::new();
        for name in &table.conditions {
            let row = rows.get(name).with_context(|| format!("{name} is not among the conditions"))?;
            let aliases = [&row.french, &row.english].into_iter().flatten().cloned().collect();
            let count = table.condition_counts.get(name).copied().unwrap_or(1.0);
            conditions.push(Condition { name: name.clone(), aliases, severity: row.severity, count });
        }
        ensure!(!conditions.is_empty(), "the table of probabilities has no condition");
        let index: BTreeMap<&String, usize> =
            item_rows.keys().enumerate().map(|(index, name)| (name, index)).collect();
        let items: Vec<Item> = item_rows
            .iter()
            .map(|(name, row)| Item {
                name: name.clone(),
                parent: index.get(&row.code_question).copied().filter(|_| row.code_question != *name),
                kind: match row.data_type.as_str() {
                    "M" => Kind::Multi,
                    "C" => Kind::Categorical,
                    _ => Kind::Binary,
                },
                antecedent: row.is_antecedent,
                values: row.values.iter().map(text).collect(),
                scale: row.values.len() > 2 && row.values.iter().all(serde_json::Value::is_number),
            })
            .collect();
        let probabilities = items
            .iter()
            .map(|item| {
                let of = |condition: &Condition| {
                    let row = table.probabilities.get(&condition.name);
                    row.and_then(|row| row.get(&item.name)).copied().unwrap_or(0.0)
                };
                conditions.iter().map(of).collect()
            })
            .collect();
        Ok(Self { conditions, items, probabilities })
    }

    /// Returns the condition of that name in any of its spellings.
    pub fn condition(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        let same =
            |other: &String| other.eq_ignore_ascii_case(name) || other.to_lowercase() == name.to_lowercase();
        self.conditions
            .iter()
            .position(|condition| same(&condition.name))
            .or_else(|| self.conditions.iter().position(|condition| condition.aliases.iter().any(same)))
    }
}

/// Writes a value as patients have it: `V_11` or `7`.
fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("could not parse {}", path.display()))
}

fn table_path(dir: &Path) -> Result<std::path::PathBuf> {
    let known = dir.join("symptom_condition_probs_trainset_derived.json");
    if known.exists() {
        return Ok(known);
    }
    let mut others: Vec<_> = fs::read_dir(dir)
        .with_context(|| format!("could not read {}", dir.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains("probs")))
        .collect();
    others.sort();
    others.into_iter().next().with_context(|| format!("{} has no table of probabilities", dir.display()))
}
