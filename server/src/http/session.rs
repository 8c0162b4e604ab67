//! Signing in and out.

use super::failure::Failure;
use super::login::From;
use super::sessions::device;
use super::{cookie, factor};
use crate::account::{Account, verify_password};
use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;

/// What a person types.
#[derive(Deserialize)]
pub struct SignIn {
    account: String,
    password: String,
    code: Option<String>,
}

/// What the app learns about who is signed in.
#[derive(Serialize)]
struct Shown<'a> {
    account: &'a str,
    author: String,
    role: &'a str,
    institution: &'a str,
    team: &'a str,
    residents: &'a [String],
    epoch: String,
}

/// Tells who is signed in, or 401.
pub async fn show(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    match current(&app, &headers).await {
        Ok(Some((account, _, _))) => Json(Shown {
            account: &account.name,
            author: hex::encode(account.author()),
            role: &account.role,
            institution: &account.institution,
            team: &account.team,
            residents: &account.residents,
            epoch: app.epoch(),
        })
        .into_response(),
        Ok(None) => StatusCode::UNAUTHORIZED.into_response(),
        Err(status) => status.into_response(),
    }
}

/// Returns the account of a request, its session, and when that expires.
pub async fn current(app: &App, headers: &HeaderMap) -> Result<Option<(Account, [u8; 32], i64)>, StatusCode> {
    let Some(token) = cookie::token(headers) else {
        return Ok(None);
    };
    let session = app.store.session(token, app.now()).await;
    let session = session.map_err(|error| {
        tracing::error!(%error, "session cannot be read");
        StatusCode::SERVICE_UNAVAILABLE
    })?;
    if session.is_some()
        && let Err(error) = app.store.seen(token, app.now()).await
    {
        tracing::warn!(%error, "when a session was seen cannot be kept");
    }
    Ok(session.map(|(account, expires)| (account, token, expires)))
}

/// Starts a session: 204 and a cookie, 401 wrong, 401 and `{"need":"code"}` where a second factor is asked for, 429 too often.
pub async fn sign_in(
    State(app): State<Arc<App>>,
    from: From,
    headers: HeaderMap,
    Json(typed): Json<SignIn>,
) -> Result<Response, Failure> {
    let counted = app.limits.attempt(&app, "account", &typed.account, from).await?;
    let (account, hash) = app.store.account(&typed.account).await?.unzip();
    let password = typed.password;
    let fits = tokio::task::spawn_blocking(move || verify_password(&password, hash.as_deref()));
    let (Some(account), true) = (account, fits.await.unwrap_or(false)) else {
        app.metrics.refuse("login");
        return Ok(StatusCode::UNAUTHORIZED.into_response());
    };
    counted.forgive(&app).await?;
    if factor::is_on(&app, &account).await? {
        let need = |wrong: bool| {
            let body = Json(json!({ "need": "code", "wrong": wrong }));
            Ok((StatusCode::UNAUTHORIZED, body).into_response())
        };
        let Some(code) = typed.code else {
            return need(false);
        };
        match factor::check(&app, &account, from, &code).await {
            Err(Failure::Refused(..)) => return need(true),
            checked => checked?,
        }
    }
    start(&app, &headers, &account).await
}

/// Starts a session for an account that has shown who it is.
pub async fn start(app: &App, headers: &HeaderMap, account: &Account) -> Result<Response, Failure> {
    let (token, hash) = cookie::new_token();
    let lasts = app.settings.session_ms;
    let device = device(headers);
    app.store.add_session(hash, &account.name, &device, app.now(), app.now() + lasts).await?;
    tracing::info!(who = %account.pseudonym(), "signed in");
    let cookie = cookie::set(&token, lasts / 1000, cookie::is_https(headers));
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}

/// Ends the session and its sockets.
pub async fn sign_out(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    if let Some(token) = cookie::token(&headers)
        && let Err(error) = app.store.end_session(token).await
    {
        tracing::error!(%error, "session cannot be ended");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let cookie = cookie::set("", 0, cookie::is_https(&headers));
    (StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response()
}
