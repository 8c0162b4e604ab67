//! Records that must be seen at once: taken without being asked, seen by the person and judged by a manager.

use super::caller::Caller;
use super::failure::Failure;
use super::grants::{LONGEST, Shown, documents, lasts, of_institution};
use super::login::From;
use crate::account::Account;
use crate::app::App;
use crate::store::{Emergency, Grant, StoreError, Which};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use std::sync::Arc;

/// Why somebody's record must be seen at once.
#[derive(Deserialize)]
pub struct Declare {
    subject: String,
    reason: String,
    minutes: Option<u32>,
}

/// What a manager thinks of an emergency.
#[derive(Deserialize)]
pub struct Judge {
    id: String,
    verdict: String,
}

/// Lets somebody who treats a person read at once; that person and the reader's managers see it.
pub async fn declare(
    State(app): State<Arc<App>>,
    caller: Caller,
    from: From,
    Json(asked): Json<Declare>,
) -> Result<Json<Shown>, Failure> {
    let (reason, lasts) = (asked.reason.trim().to_owned(), lasts(asked.minutes)?);
    if reason.is_empty() || reason.len() > LONGEST {
        return Err(Failure::FORM);
    }
    // Counted before anything is told, and never forgiven.
    let _ = app.limits.attempt(&app, "emergency", &caller.account.name, from).await?;
    let documents = documents(&app, "emergency", &caller.account, &asked.subject).await?;
    let Account { name, institution, .. } = caller.account;
    let grant = Grant {
        id: Grant::fresh_id(),
        reader: name.clone(),
        subject: asked.subject,
        purpose: reason,
        given_by: name,
        given: app.time.now(),
        expires: app.time.now() + lasts,
        ended: None,
        emergency: Some(Emergency { institution, ..Emergency::default() }),
        documents,
    };
    app.store.give(grant.clone()).await?;
    tracing::warn!(grant = grant.id, "emergency access");
    Ok(Json(grant.into()))
}

/// Keeps what a manager of the reader's institution thinks of an emergency.
pub async fn judge(
    State(app): State<Arc<App>>,
    caller: Caller,
    Json(said): Json<Judge>,
) -> Result<StatusCode, Failure> {
    if said.verdict.is_empty() || said.verdict.len() > LONGEST {
        return Err(Failure::FORM);
    }
    let grant = app.store.grants(Which::Id(said.id), false).await?.into_iter().next();
    let grant = grant.ok_or(StoreError::Missing)?;
    let institution = grant.emergency.map(|emergency| emergency.institution).ok_or(StoreError::Missing)?;
    let own = grant.reader == caller.account.name;
    if own || !app.policy.may("judge", &caller.account, &of_institution(&institution)) {
        return Err(StoreError::Missing.into());
    }
    app.store.judge(&grant.id, &said.verdict, &caller.account.name, app.time.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
