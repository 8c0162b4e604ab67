//! Signing in and out over HTTP.

use crate::clock;
use domain::base::json;
use gloo_net::http::{Request, RequestBuilder};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

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
    /// Which store of the server answered: another one after it was restored.
    #[serde(default)]
    pub epoch: String,
}

/// An answer of the server to who is signed in.
#[derive(Clone, Debug)]
pub struct Met {
    /// Who.
    pub account: Account,
    /// The server's clock, in ms since 1970; this device's where it does not say.
    pub time: i64,
    /// By how many ms this device's clock is before it.
    pub ahead: i64,
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
    /// The password is right, and a code is asked for besides; whether one was typed that is wrong.
    #[error("a code is needed")]
    Code(bool),
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
    code: Option<&'a str>,
}

/// Signs in, with a code where one is asked for; the session lives in a cookie that scripts cannot read.
pub async fn sign_in(account: &str, password: &str, code: &str) -> Result<Met, SignInError> {
    let code = Some(code).filter(|code| !code.is_empty());
    let request = Request::post("/api/session")
        .json(&Credentials { account, password, code })
        .map_err(|_| SignInError::Server)?;
    let answer = request.send().await.map_err(|_| SignInError::Offline)?;
    match answer.status() {
        200..=299 => who().await,
        // Whose password is wrong is told nothing.
        401 if answer.binary().await.is_ok_and(|told| !told.is_empty()) => {
            Err(SignInError::Code(code.is_some()))
        }
        401 | 403 => Err(SignInError::Refused),
        429 => Err(SignInError::Limited),
        _ => Err(SignInError::Server),
    }
}

/// Asks who the session belongs to, and what time it is.
pub async fn who() -> Result<Met, SignInError> {
    let asked = clock::now().0;
    let answer = Request::get("/api/session").send().await.map_err(|_| SignInError::Offline)?;
    let answered = clock::now().0;
    match answer.status() {
        200 => {
            let date = answer.headers().get("date").map(|date| js_sys::Date::parse(&date));
            let account = json::read(&answer.binary().await.map_err(|_| SignInError::Server)?)
                .map_err(|_| SignInError::Server)?;
            // Nobody knows where between question and answer the server looked at its clock; it says whole seconds.
            let here = asked.midpoint(answered);
            let time = date.filter(|date| date.is_finite()).map_or(here, |date| date as i64);
            Ok(Met { account, time, ahead: here - time })
        }
        401 | 403 => Err(SignInError::Refused),
        _ => Err(SignInError::Server),
    }
}

/// Where the server seals keys of devices, and opens them again.
const RECOVERY: &str = "/api/recovery";

/// Has the server seal a key for whoever signs in as this account.
pub async fn seal_key(key: &[u8]) -> Result<Vec<u8>, SignInError> {
    let answer = bytes(Request::put(RECOVERY), key).await?;
    answer.ok_or(SignInError::Server)
}

/// Has the server open a key that it sealed; only for somebody who has just signed in. Nothing when it cannot.
pub async fn open_key(sealed: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, SignInError> {
    Ok(bytes(Request::post(RECOVERY), sealed).await?.map(Zeroizing::new))
}

async fn bytes(request: RequestBuilder, body: &[u8]) -> Result<Option<Vec<u8>>, SignInError> {
    let request = request.body(hex::encode(body)).map_err(|_| SignInError::Server)?;
    let answer = request.send().await.map_err(|_| SignInError::Offline)?;
    match answer.status() {
        200 => {
            let text = Zeroizing::new(answer.binary().await.map_err(|_| SignInError::Offline)?);
            Ok(Some(hex::decode(&*text).map_err(|_| SignInError::Server)?))
        }
        404 => Ok(None),
        401 | 403 => Err(SignInError::Refused),
        _ => Err(SignInError::Server),
    }
}

/// Ends the session; what is on the device stays.
pub async fn sign_out() -> Result<(), SignInError> {
    Request::delete("/api/session").send().await.map(|_| ()).map_err(|_| SignInError::Offline)
}
