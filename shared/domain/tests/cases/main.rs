//! Golden cases: TOML that a nurse or a clerk can read, in `data/cases`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod body;
mod care;
mod contracts;
mod diabetes;
mod health_points;
mod identity;
mod points;
mod points_month;
mod points_rules;

use domain::base::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
struct Case<I, E> {
    name: String,
    as_of: Date,
    input: I,
    expected: E,
}

#[derive(Deserialize)]
struct Cases<I, E> {
    cases: Vec<Case<I, E>>,
}

/// Runs `check` on every case and names those that fail, all at once.
#[track_caller]
fn check_all<I: DeserializeOwned, E: DeserializeOwned>(
    text: &str,
    check: impl Fn(Date, I, E) + std::panic::RefUnwindSafe,
) {
    let cases: Cases<I, E> = toml::from_str(text).unwrap();
    assert!(!cases.cases.is_empty());
    let mut failed = Vec::new();
    for case in cases.cases {
        let Case { name, as_of, input, expected } = case;
        let run = std::panic::AssertUnwindSafe(|| check(as_of, input, expected));
        if std::panic::catch_unwind(run).is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "failed: {failed:#?}");
}

/// Compares where the case says something.
#[track_caller]
fn same<T: PartialEq + std::fmt::Debug>(actual: T, expected: Option<T>, what: &str) {
    if let Some(expected) = expected {
        assert_eq!(actual, expected, "{what}");
    }
}

/// Returns the code of a serialised reason or other tagged enum.
fn tag(value: &impl serde::Serialize, key: &str) -> String {
    serde_json::to_value(value).unwrap()[key].as_str().unwrap().to_owned()
}
