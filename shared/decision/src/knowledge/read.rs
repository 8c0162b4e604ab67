//! Reads the TOML that people write.

use super::{Condition, Figures, Finding, Knowledge, RedFlag, Source};
use crate::language::Words;
use serde::Deserialize;

/// A file that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is not what it should be.
    #[error("{path}: {message}")]
    Wrong {
        /// The file.
        path: String,
        /// What is wrong, with the line.
        message: String,
    },
    /// It is missing.
    #[error("{0} is missing")]
    Missing(&'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    source: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Findings {
    #[serde(default)]
    finding: Vec<Finding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RedFlags {
    red_flag: Vec<RedFlag>,
}

/// Reads files, each a path below `data/` with `/` and its text; files of other folders are left alone.
///
/// # Errors
/// [`ReadError`] names the file and what is wrong in it.
pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Knowledge, ReadError> {
    let (mut sources, mut findings) = (Vec::new(), Vec::new());
    let (mut conditions, mut red_flags) = (Vec::new(), Vec::new());
    let (mut figures, mut words): (Option<Figures>, Option<Words>) = (None, None);
    for (path, text) in files {
        if !path.ends_with(".toml") {
            continue;
        }
        match path.split_once('/').map_or(path, |(folder, _)| folder) {
            "sources.toml" => sources.extend(parse::<Sources>(path, text)?.source),
            "findings" => findings.extend(parse::<Findings>(path, text)?.finding),
            "conditions" => conditions.push(parse::<Condition>(path, text)?),
            "red_flags" => red_flags.extend(parse::<RedFlags>(path, text)?.red_flag),
            "figures.toml" => figures = Some(parse(path, text)?),
            "words.toml" => words = Some(parse(path, text)?),
            _ => {}
        }
    }
    let figures = figures.ok_or(ReadError::Missing("figures.toml"))?;
    let words = words.ok_or(ReadError::Missing("words.toml"))?;
    let mut knowledge = Knowledge { sources, findings, conditions, red_flags, figures, words };
    knowledge.sort();
    Ok(knowledge)
}

fn parse<T: serde::de::DeserializeOwned>(path: &str, text: &str) -> Result<T, ReadError> {
    toml::from_str(text)
        .map_err(|error| ReadError::Wrong { path: path.to_owned(), message: error.to_string() })
}
