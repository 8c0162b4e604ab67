//! The second factor: begun, confirmed by a first code, asked for at sign-in, given up.

use super::caller::{Caller, event};
use super::failure::Failure;
use super::login::From;
use crate::account::Account;
use crate::app::App;
use crate::codes::{self, Qr};
use crate::second;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rand::Rng;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A password, to begin.
#[derive(Deserialize)]
pub struct Begin {
    password: String,
}

/// A code, to confirm.
#[derive(Deserialize)]
pub struct Confirm {
    code: String,
}

/// Both, to give the factor up.
#[derive(Deserialize)]
pub struct GiveUp {
    password: String,
    code: String,
}

/// Whether there is a factor.
#[derive(Serialize)]
pub struct Shown {
    on: bool,
}

/// What the person takes into their app.
#[derive(Serialize)]
pub struct Begun {
    secret: String,
    qr: Option<Qr>,
}

/// What the person keeps on paper, shown this once.
#[derive(Serialize)]
pub struct Confirmed {
    recovery: Vec<String>,
}

/// Tells whether the caller has a second factor.
pub async fn show(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Shown>, Failure> {
    let factor = app.store.factor(&caller.account.name).await?;
    Ok(Json(Shown { on: factor.is_some_and(|factor| factor.confirmed) }))
}

/// Makes a secret that is not asked for yet.
pub async fn begin(
    State(app): State<Arc<App>>,
    caller: Caller,
    from: From,
    Json(typed): Json<Begin>,
) -> Result<Json<Begun>, Failure> {
    caller.prove(&app, from, typed.password).await?;
    let name = &caller.account.name;
    let secret: [u8; second::SECRET] = rand::rng().random();
    let sealed = app.seal.seal(name, &secret).ok_or(Failure::SERVER)?;
    app.store.begin_factor(name, sealed).await?;
    let (text, address) = second::shown(&secret, name).ok_or(Failure::SERVER)?;
    Ok(Json(Begun { secret: text, qr: codes::qr(&address) }))
}

/// Asks for the factor from now on; answers with the recovery codes.
pub async fn confirm(
    State(app): State<Arc<App>>,
    caller: Caller,
    from: From,
    Json(typed): Json<Confirm>,
) -> Result<Json<Confirmed>, Failure> {
    let name = &caller.account.name;
    let counted = app.limits.attempt(&app, "factor", name, from).await?;
    let secret = secret(&app, name, false).await?.ok_or(Failure::FORM)?;
    let step = second::step(&secret, &typed.code, app.now()).ok_or(Failure::CODE)?;
    let recovery: Vec<String> = (0..second::RECOVERY).map(|_| codes::lasting()).collect();
    let hashes = recovery.iter().map(|code| codes::hash(name, code)).collect();
    let event = caller.event(&app, "second-factor", "on");
    app.store.confirm_factor(name, step, hashes, event).await?;
    counted.forgive(&app).await?;
    Ok(Json(Confirmed { recovery }))
}

/// Forgets the factor.
pub async fn give_up(
    State(app): State<Arc<App>>,
    caller: Caller,
    from: From,
    Json(typed): Json<GiveUp>,
) -> Result<StatusCode, Failure> {
    caller.prove(&app, from, typed.password).await?;
    check(&app, &caller.account, from, &typed.code).await?;
    let event = caller.event(&app, "second-factor", "off");
    app.store.drop_factor(&caller.account.name, event).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells whether an account is asked for a code.
pub async fn is_on(app: &App, account: &Account) -> Result<bool, Failure> {
    Ok(app.store.factor(&account.name).await?.is_some_and(|factor| factor.confirmed))
}

/// Uses a code up, of the app or of the paper.
pub async fn check(app: &App, account: &Account, from: From, code: &str) -> Result<(), Failure> {
    let name = &account.name;
    let counted = app.limits.attempt(app, "factor", name, from).await?;
    let secret = secret(app, name, true).await?.unwrap_or_default();
    let fits = match second::step(&secret, code, app.now()) {
        Some(step) => app.store.use_step(name, step).await?,
        None => {
            let event = event(app, name, "second-factor", "recovery code");
            app.store.use_recovery(name, codes::hash(name, code), event).await?
        }
    };
    if !fits {
        app.metrics.refuse("second_factor");
        return Err(Failure::CODE);
    }
    counted.forgive(app).await
}

async fn secret(app: &App, account: &str, confirmed: bool) -> Result<Option<Vec<u8>>, Failure> {
    let Some(factor) = app.store.factor(account).await?.filter(|factor| factor.confirmed == confirmed) else {
        return Ok(None);
    };
    let secret = app.seal.open(account, &factor.secret);
    if secret.is_none() {
        tracing::error!("a second factor does not open: the key file is not the one it was sealed with");
    }
    Ok(secret)
}
