//! Consultations as the files have them.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};

/// What was said of a symptom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    Yes,
    No,
    NotSure,
}

/// A consultation.
#[derive(Clone, PartialEq)]
pub struct Record {
    /// What the parents wrote at first.
    pub told: BTreeMap<String, Answer>,
    /// What they answer when asked; what is not here they are not sure of.
    pub answers: BTreeMap<String, Answer>,
    /// The condition.
    pub label: String,
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    exp_sxs: BTreeMap<String, Value>,
    #[serde(default)]
    imp_sxs: BTreeMap<String, Value>,
    label: Value,
}

/// Reads consultations: one JSON list, or one object a line.
pub fn read(path: &Path) -> Result<Vec<Record>> {
    let text = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    let records = parse(&text).with_context(|| format!("could not parse {}", path.display()))?;
    ensure!(!records.is_empty(), "{} has no consultation", path.display());
    Ok(records)
}

fn parse(text: &str) -> Result<Vec<Record>> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let rows: Vec<Row> = if text.starts_with('[') {
        serde_json::from_str(text)?
    } else {
        // One object after another, on lines of their own or not.
        serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>()?
    };
    Ok(rows.into_iter().map(Record::from).collect())
}

impl From<Row> for Record {
    fn from(row: Row) -> Self {
        let answers = |given: BTreeMap<String, Value>| {
            given.into_iter().map(|(symptom, value)| (symptom.trim().to_owned(), answer(&value))).collect()
        };
        Self {
            told: answers(row.exp_sxs),
            answers: answers(row.imp_sxs),
            label: plain(&row.label).trim().to_owned(),
        }
    }
}

/// Reads 1, 0, 2 as text, number or truth value.
fn answer(value: &Value) -> Answer {
    match plain(value).trim() {
        "1" | "1.0" | "true" | "True" => Answer::Yes,
        "0" | "0.0" | "false" | "False" => Answer::No,
        _ => Answer::NotSure,
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str =
        r#"{"pid": "1", "exp_sxs": {"咳嗽": "1"}, "imp_sxs": {"发热": "0", "痰": 2}, "label": "肺炎"}"#;

    #[test]
    fn a_list_and_lines_read_alike() {
        let list = parse(&format!("[{ONE}, {ONE}]")).unwrap();
        let lines = parse(&format!("{ONE}\n\n{ONE}\n")).unwrap();
        assert!(list == lines);
        assert_eq!(list.len(), 2);
        assert_eq!(list[0].answers["发热"], Answer::No);
        assert_eq!(list[0].answers["痰"], Answer::NotSure);
        assert_eq!(list[0].told["咳嗽"], Answer::Yes);
    }
}
