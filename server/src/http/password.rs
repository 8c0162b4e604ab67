//! Changing one's password, and choosing a new one with a code from the administrator.

use super::caller::{Caller, event};
use super::failure::Failure;
use super::login::From;
use crate::account::hash_password;
use crate::app::App;
use crate::codes;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use std::sync::Arc;

/// The fewest characters of a password that a person chooses.
const LEAST: usize = 8;
/// The most bytes of one.
const MOST: usize = 1_024;

/// What a person types to change their password.
#[derive(Deserialize)]
pub struct Change {
    old: String,
    new: String,
}

/// What a person types who has forgotten it.
#[derive(Deserialize)]
pub struct Reset {
    account: String,
    code: String,
    password: String,
}

/// Hashes a new password, unless it is too easy to guess or too long.
pub async fn fresh(password: String, account: &str) -> Result<String, Failure> {
    if password.chars().count() < LEAST || password.len() > MOST || password == account {
        return Err(Failure::Refused(StatusCode::UNPROCESSABLE_ENTITY, "weak"));
    }
    let hash = tokio::task::spawn_blocking(move || hash_password(&password)).await;
    hash.ok().and_then(Result::ok).ok_or(Failure::SERVER)
}

/// Replaces the caller's password and ends their other sessions.
pub async fn change(
    State(app): State<Arc<App>>,
    caller: Caller,
    from: From,
    Json(typed): Json<Change>,
) -> Result<StatusCode, Failure> {
    let hash = fresh(typed.new, &caller.account.name).await?;
    caller.prove(&app, from, typed.old).await?;
    app.store.set_password(&caller.account.name, hash, Some(caller.token)).await?;
    app.store.audit(caller.event(&app, "password", "changed")).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Chooses a new password with a one-time code; every session of the account ends. A second factor stays.
pub async fn reset(
    State(app): State<Arc<App>>,
    from: From,
    Json(typed): Json<Reset>,
) -> Result<StatusCode, Failure> {
    let hash = fresh(typed.password, &typed.account).await?;
    let counted = app.limits.attempt(&app, "reset", &typed.account, from).await?;
    let code = codes::hash("password", &typed.code);
    let event = event(&app, &typed.account, "password", "reset");
    app.store.reset_password(code, &typed.account, hash, event).await.map_err(unknown)?;
    counted.forgive(&app).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Nothing of that name means that the code is none.
pub fn unknown(error: crate::store::StoreError) -> Failure {
    match error {
        crate::store::StoreError::Missing => Failure::CODE,
        other => other.into(),
    }
}
