//! Keys of devices whose owners forget their PIN: sealed for whoever asks, opened for whoever has just signed in.
//!
//! The server keeps none of them: the sealed key lies on the device, what opens it here. Who has only one of the two has nothing.

use super::failure::Failure;
use super::{caller::Caller, session};
use crate::app::App;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use std::sync::Arc;

/// How long after signing in a key is opened, in milliseconds: a session alone, on a stolen device, opens nothing.
const JUST: i64 = 5 * 60_000;
/// The bytes of a key.
const KEY: usize = 32;

/// Says whose key it is: it is opened for nobody else.
fn place(caller: &Caller) -> String {
    format!("recovery/{}", caller.account.name)
}

/// Seals a key, 64 hex digits, for the caller's account; answers in hex.
pub async fn seal(State(app): State<Arc<App>>, caller: Caller, key: String) -> Result<String, Failure> {
    let key = hex::decode(key).ok().filter(|key| key.len() == KEY).ok_or(Failure::FORM)?;
    app.seal.seal(&place(&caller), &key).map(hex::encode).ok_or(Failure::SERVER)
}

/// Opens a key that was sealed for the caller's account: 403 unless they have just signed in, 404 what was not sealed here.
pub async fn open(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    sealed: String,
) -> Result<String, Failure> {
    let current = session::current(&app, &headers).await;
    let (_, _, expires) =
        current.map_err(|status| Failure::Refused(status, "store"))?.ok_or(Failure::NOBODY)?;
    if expires - app.settings.session_ms < app.now() - JUST {
        return Err(Failure::Refused(StatusCode::FORBIDDEN, "stale"));
    }
    let sealed = hex::decode(sealed).map_err(|_| Failure::FORM)?;
    let key = app.seal.open(&place(&caller), &sealed);
    key.map(hex::encode).ok_or(Failure::Refused(StatusCode::NOT_FOUND, "key"))
}
