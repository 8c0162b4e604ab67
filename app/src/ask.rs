//! Questions to the server that are no documents: accounts, codes, sessions.

use crate::language::*;
use domain::base::json;
use gloo_net::http::Request;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Why the server did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No answer.
    Offline,
    /// The session has ended.
    Session,
    /// Too many attempts; the seconds to wait.
    Limited(i64),
    /// The server's word for it.
    Word(String),
}

impl Refusal {
    /// Says it to the person; `said` words what only this page knows.
    pub fn words(&self, i18n: Language, said: impl Fn(&str) -> Option<&'static str>) -> String {
        match self {
            Self::Offline => td_string!(i18n, people.offline).to_owned(),
            Self::Session => td_string!(i18n, people.session).to_owned(),
            Self::Limited(seconds) => td_string!(i18n, people.limited, minutes = (seconds + 59) / 60),
            Self::Word(word) => said(word).unwrap_or(td_string!(i18n, people.failed)).to_owned(),
        }
    }
}

/// Asks, and reads the answer; an answer without content is `null`.
///
/// # Errors
/// When there is no network, or the server refuses.
pub async fn ask(method: &str, path: &str, body: &Value) -> Result<Value, Refusal> {
    let request = match method {
        "GET" => Request::get(path),
        "DELETE" => Request::delete(path),
        _ => Request::post(path),
    };
    let request = match body {
        Value::Null => request.build(),
        body => request.header("content-type", "application/json").body(body.to_string()),
    };
    let sent = request.map_err(|_| Refusal::Word(String::new()))?.send().await;
    let answer = sent.map_err(|_| Refusal::Offline)?;
    let content = answer.binary().await.map_err(|_| Refusal::Offline)?;
    let content: Value = json::read(&content).unwrap_or_default();
    match answer.status() {
        200..=299 => Ok(content),
        429 => Err(Refusal::Limited(content.get("seconds").and_then(Value::as_i64).unwrap_or(60))),
        _ => {
            let word = content.get("error").and_then(Value::as_str).unwrap_or_default();
            Err(if word == "session" { Refusal::Session } else { Refusal::Word(word.to_owned()) })
        }
    }
}

/// Asks for a list.
///
/// # Errors
/// As [`ask`], and when the answer is of another form.
pub async fn list<T: DeserializeOwned>(method: &str, path: &str, body: &Value) -> Result<Vec<T>, Refusal> {
    let answer = ask(method, path, body).await?;
    json::from_value(&answer).map_err(|_| Refusal::Word(String::new()))
}

/// Returns a text of an answer, or nothing.
#[must_use]
pub fn text(answer: &Value, name: &str) -> String {
    answer.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
