//! What the worker says of itself (`app/worker/worker.js`), and what a screen makes of it.

use domain::base::{Date, json};
use serde::Deserialize;

/// How decision support stands on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It has not been started, or is being opened; who asks waits.
    Waiting,
    /// It answers.
    Ready {
        /// Conditions, findings, red flags.
        knowledge: Version,
        /// Medicines and what is to be heeded about them.
        medicines: Version,
        /// What came of the last look for newer ones.
        news: News,
    },
    /// It cannot answer.
    Missing {
        /// Whether what was here is damaged, and could not be fetched again; otherwise it is not here yet.
        damaged: bool,
    },
}

/// What came of a look for newer knowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// Nobody has looked yet.
    #[default]
    Unasked,
    /// There is nothing newer that this app can read.
    None,
    /// It is here, and will be used from the next start.
    Here,
    /// The server could not be reached.
    Unreachable,
}

/// Which facts, and of when.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Version {
    /// Hexadecimal SHA-256 of their file.
    pub version: String,
    /// The day they were last changed, where it is known.
    pub date: Option<Date>,
}

impl Version {
    /// Returns as much of the version as people compare.
    #[must_use]
    pub fn short(&self) -> &str {
        self.version.get(..8).unwrap_or(&self.version)
    }
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Told {
    knowledge: Option<Version>,
    medicines: Option<Version>,
    news: News,
    damaged: bool,
    died: bool,
}

/// Reads what the worker says of itself; nothing when it has died.
pub(super) fn heard(text: &str) -> Option<State> {
    let told: Told = json::read(text.as_bytes()).unwrap_or_default();
    match told {
        Told { died: true, .. } => None,
        Told { knowledge: Some(knowledge), medicines: Some(medicines), news, .. } => {
            Some(State::Ready { knowledge, medicines, news })
        }
        Told { damaged, .. } => Some(State::Missing { damaged }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_that_answers_says_with_which_facts() {
        let told = r#"{"knowledge":{"file":"/k-1.bin","version":"0123456789ab","date":"2026-11-22"},
            "medicines":{"file":"/m-1.json","version":"ff","date":null},"news":"here"}"#;
        let Some(State::Ready { knowledge, medicines, news }) = heard(told) else { panic!("{told}") };
        assert_eq!(knowledge.short(), "01234567");
        assert_eq!(knowledge.date, Date::new(2026, 11, 22).ok());
        assert_eq!((medicines.short(), medicines.date, news), ("ff", None, News::Here));
    }

    #[test]
    fn what_is_missing_is_told_from_what_is_damaged_and_from_death() {
        assert_eq!(heard(r#"{"damaged":false}"#), Some(State::Missing { damaged: false }));
        assert_eq!(heard(r#"{"damaged":true}"#), Some(State::Missing { damaged: true }));
        assert_eq!(heard(r#"{"died":true}"#), None);
    }
}
