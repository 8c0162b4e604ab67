//! The figures of the last run of a bench, which the next one shows beside its own.
//!
//! `e2e/bench/rows.mjs` reads and writes the same file as `bench app`.

use crate::paths;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fs;
use std::path::PathBuf;

/// One figure; what the browser's part adds to it, such as a budget, is kept as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    what: String,
    value: f64,
    unit: String,
    #[serde(flatten)]
    more: Map<String, Value>,
}

impl Row {
    /// Makes a row.
    pub fn new(what: &str, value: f64, unit: &str) -> Self {
        Self { what: what.to_owned(), value, unit: unit.to_owned(), more: Map::new() }
    }

    /// Makes a row in KB of 1,000 bytes, to one decimal.
    pub fn kilobytes(what: &str, bytes: u64) -> Self {
        let value = (kilobytes(bytes) * 10.0).round() / 10.0;
        Self::new(what, value, "KB")
    }
}

/// Converts bytes to KB of 1,000.
pub fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}

/// All figures, each the last that was measured.
#[derive(Debug, Default)]
pub struct Record(Vec<Row>);

impl Record {
    /// Reads the figures of a bench; there are none before its first run.
    pub fn read(bench: &str) -> Result<Self> {
        let path = path(bench);
        match fs::read(&path) {
            Ok(text) => {
                let rows = serde_json::from_slice(&text);
                Ok(Self(rows.with_context(|| format!("could not read {}", path.display()))?))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("could not read {}", path.display())),
        }
    }

    /// Returns the figure of this name.
    pub fn value(&self, what: &str) -> Option<f64> {
        self.0.iter().find(|row| row.what == what).map(|row| row.value)
    }

    /// Puts new figures in the place of those of the same name.
    pub fn keep(&mut self, rows: Vec<Row>) {
        self.0.retain(|old| rows.iter().all(|new| new.what != old.what));
        self.0.extend(rows);
    }

    /// Writes the figures of a bench.
    pub fn write(&self, bench: &str) -> Result<()> {
        let path = path(bench);
        fs::write(&path, serde_json::to_vec(&self.0)?)
            .with_context(|| format!("could not write {}", path.display()))
    }
}

fn path(bench: &str) -> PathBuf {
    paths::target().join(format!("{bench}.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_figure_replaces_the_old_and_leaves_the_others() {
        let text = r#"[{"what":"a","value":1.5,"unit":"s","budget":3},{"what":"b","value":2,"unit":"KB"}]"#;
        let mut record = Record(serde_json::from_str(text).unwrap());
        record.keep(vec![Row::kilobytes("b", 7_654)]);
        assert_eq!(record.value("b"), Some(7.7));
        let kept = serde_json::to_value(&record.0).unwrap();
        assert_eq!(kept[0]["budget"], 3);
        assert_eq!(kept.as_array().unwrap().len(), 2);
    }
}
