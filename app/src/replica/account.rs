//! Signing in and out over HTTP.

use domain::base::json;
use gloo_net::http::Request;
use serde::{Deserialize, Serialize};

/// Who is signed in, as the server says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The account's name.
    pub account: String,
    /// The author of this account's changes, in hex.
    pub author: String,
    /// The role, a word of the server's policy.
    pub role: String,
    /// The institution, if the account belongs to one.
    #[serde(default, deserialize_with = "text_or_null")]
    pub institution: String,
    /// The team, if the account belongs to one.
    #[serde(default, deserialize_with = "text_or_null")]
    pub team: String,
    /// Subjects this account is bound to, as resident.
    #[serde(default)]
    pub residents: Vec<String>,
}

fn text_or_null<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.unwrap_or_default())
}

/// Why signing in did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Name or password is wrong, or the session has ended.
    #[error("not signed in")]
    Refused,
    /// Too many attempts.
    #[error("too many attempts")]
    Limited,
    /// No answer.
    #[error("no network")]
    Offline,
    /// The server answered something else.
    #[error("the server failed")]
    Server,
}

#[derive(Serialize)]
struct Credentials<'a> {
    account: &'a str,
    password: &'a str,
}

/// Signs in; the session lives in a cookie that scripts cannot read.
pub async fn sign_in(account: &str, password: &str) -> Result<Account, SignInError> {
    let request = Request::post("/api/session")
        .json(&Credentials { account, password })
        .map_err(|_| SignInError::Server)?;
    match request.send().await.map_err(|_| SignInError::Offline)?.status() {
        200..=299 => who().await,
        401 | 403 => Err(SignInError::Refused),
        429 => Err(SignInError::Limited),
        _ => Err(SignInError::Server),
    }
}

/// Asks who the session belongs to.
pub async fn who() -> Result<Account, SignInError> {
    let answer = Request::get("/api/session").send().await.map_err(|_| SignInError::Offline)?;
    match answer.status() {
        200 => json::read(&answer.binary().await.map_err(|_| SignInError::Server)?)
            .map_err(|_| SignInError::Server),
        401 | 403 => Err(SignInError::Refused),
        _ => Err(SignInError::Server),
    }
}

/// Ends the session; what is on the device stays.
pub async fn sign_out() -> Result<(), SignInError> {
    Request::delete("/api/session").send().await.map(|_| ()).map_err(|_| SignInError::Offline)
}
