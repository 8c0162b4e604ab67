//! Signing in and out.

use super::cookie;
use crate::account::{Account, verify_password};
use crate::app::App;
use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::sync::Arc;

/// What a person types.
#[derive(Deserialize)]
pub struct SignIn {
    account: String,
    password: String,
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
    epoch: &'a str,
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
            epoch: app.store.epoch(),
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
    Ok(session.map(|(account, expires)| (account, token, expires)))
}

/// Starts a session: 204 and a cookie, 401 wrong, 429 too often.
pub async fn sign_in(
    State(app): State<Arc<App>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Json(typed): Json<SignIn>,
) -> Response {
    let address = address.ip();
    if !app.limiter.attempt(&typed.account, address, app.now()) {
        app.metrics.refuse("login_limit");
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    }
    let found = match app.store.account(&typed.account).await {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(%error, "account cannot be read");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let (account, hash) = found.unzip();
    let password = typed.password;
    let fits = tokio::task::spawn_blocking(move || verify_password(&password, hash.as_deref()));
    let (Some(account), true) = (account, fits.await.unwrap_or(false)) else {
        app.metrics.refuse("login");
        return StatusCode::UNAUTHORIZED.into_response();
    };
    app.limiter.succeeded(&typed.account, address);
    let (token, hash) = cookie::new_token();
    let lasts = app.settings.session_ms;
    if let Err(error) = app.store.add_session(hash, &account.name, app.now(), app.now() + lasts).await {
        tracing::error!(%error, "session cannot be kept");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    tracing::info!(who = %account.pseudonym(), "signed in");
    let secure = cookie::is_https(&headers);
    let cookie = cookie::set(&token, lasts / 1000, secure);
    (StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response()
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
