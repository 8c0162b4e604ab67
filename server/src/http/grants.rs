//! Grants between people: given and taken back by those whom the documents are about. Whoever may not is told what
//! somebody is told who asks for nothing that exists.

use super::caller::Caller;
use super::failure::Failure;
use super::login::From;
use crate::account::Account;
use crate::app::App;
use crate::codes::{self, Qr};
use crate::store::{Emergency, Grant, Offer, StoreError, Which};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use sync::{About, DocumentId};

/// How long a grant lasts unless something else is said, and at most, in minutes.
const MINUTES: (u32, u32) = (60, 7 * 24 * 60);
/// How long a code may be redeemed.
const CODE_MS: i64 = 10 * 60_000;
/// The longest purpose, reason, verdict and name, in bytes.
pub(super) const LONGEST: usize = 300;

/// What a resident gives, and to whom; without a reader, to whoever brings the code.
#[derive(Deserialize)]
pub struct Give {
    subject: String,
    #[serde(default)]
    reader: String,
    #[serde(default)]
    purpose: String,
    minutes: Option<u32>,
}

/// A grant as people see it.
#[derive(Serialize)]
pub struct Shown {
    id: String,
    reader: String,
    subject: String,
    purpose: String,
    given_by: String,
    given: i64,
    expires: i64,
    ended: Option<i64>,
    emergency: bool,
    verdict: String,
    judged_by: String,
}

impl std::convert::From<Grant> for Shown {
    fn from(grant: Grant) -> Self {
        let Grant { id, reader, subject, purpose, given_by, given, expires, ended, emergency, .. } = grant;
        let is_one = emergency.is_some();
        let Emergency { verdict, judged_by, .. } = emergency.unwrap_or_default();
        Self {
            id,
            reader,
            subject,
            purpose,
            given_by,
            given,
            expires,
            ended,
            emergency: is_one,
            verdict,
            judged_by,
        }
    }
}

/// What the caller has given away and what they hold, and what time it is here.
#[derive(Serialize)]
pub struct Lists {
    now: i64,
    given: Vec<Shown>,
    held: Vec<Shown>,
    judged: Vec<Shown>,
}

/// A code that gives a grant once.
#[derive(Serialize)]
pub struct Code {
    code: String,
    expires: i64,
    now: i64,
    qr: Option<Qr>,
}

/// A code that somebody was shown.
#[derive(Deserialize)]
pub struct Redeem {
    code: String,
}

/// Whom something is about.
#[derive(Deserialize)]
pub struct Whose {
    subject: String,
}

/// A read as the person sees it whom the document is about.
#[derive(Serialize)]
pub struct Looked {
    at: i64,
    account: String,
    role: String,
    institution: String,
    kind: String,
    grant: String,
    purpose: String,
    emergency: bool,
}

/// Lists what the caller gave, holds, and has to judge.
pub async fn list(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Lists>, Failure> {
    let (account, now) = (&caller.account, app.time.now());
    app.store.end_expired(now).await?;
    let (mut given, mut judged) = (Vec::new(), Vec::new());
    if account.role == "resident" {
        for subject in &account.residents {
            given.extend(app.store.grants(Which::Subject(subject.clone()), false).await?);
        }
    }
    if app.policy.may("judge", account, &of_institution(&account.institution)) {
        judged = app.store.grants(Which::Institution(account.institution.clone()), false).await?;
    }
    let held = app.store.grants(Which::Reader(account.name.clone()), false).await?;
    let shown = |grants: Vec<Grant>| grants.into_iter().map(Shown::from).collect();
    Ok(Json(Lists { now, given: shown(given), held: shown(held), judged: shown(judged) }))
}

/// Gives a grant to a named account. Whether there is such an account is not told.
pub async fn give(
    State(app): State<Arc<App>>,
    caller: Caller,
    from: From,
    Json(asked): Json<Give>,
) -> Result<Json<Shown>, Failure> {
    let (reader, lasts) = (asked.reader.trim().to_owned(), lasts(asked.minutes)?);
    if reader.is_empty() || reader.len() > LONGEST || asked.purpose.len() > LONGEST {
        return Err(Failure::FORM);
    }
    let documents = documents(&app, "give", &caller.account, &asked.subject).await?;
    // Giving is rare, so every one counts.
    let _ = app.limits.attempt(&app, "give", &caller.account.name, from).await?;
    let grant = Grant {
        id: Grant::fresh_id(),
        reader,
        subject: asked.subject,
        purpose: asked.purpose,
        given_by: caller.account.name,
        given: app.time.now(),
        expires: app.time.now() + lasts,
        ended: None,
        emergency: None,
        documents,
    };
    app.store.give(grant.clone()).await?;
    Ok(Json(grant.into()))
}

/// Gives a code; whoever redeems it first gets the grant.
pub async fn code(
    State(app): State<Arc<App>>,
    caller: Caller,
    from: From,
    Json(asked): Json<Give>,
) -> Result<Json<Code>, Failure> {
    let lasts = lasts(asked.minutes)?;
    if asked.purpose.len() > LONGEST {
        return Err(Failure::FORM);
    }
    let documents = documents(&app, "give", &caller.account, &asked.subject).await?;
    let _ = app.limits.attempt(&app, "give", &caller.account.name, from).await?;
    let (code, now) = (codes::short(), app.time.now());
    let offer = Offer {
        code: codes::hash("grant", &code),
        subject: asked.subject,
        purpose: asked.purpose,
        given_by: caller.account.name,
        lasts,
        expires: now + CODE_MS,
        documents,
    };
    app.store.offer(offer, now).await?;
    let qr = codes::qr(&code);
    Ok(Json(Code { code, expires: now + CODE_MS, now, qr }))
}

/// Takes the grant of a code.
pub async fn redeem(
    State(app): State<Arc<App>>,
    caller: Caller,
    from: From,
    Json(typed): Json<Redeem>,
) -> Result<Json<Shown>, Failure> {
    let name = &caller.account.name;
    let counted = app.limits.attempt(&app, "redeem", name, from).await?;
    let code = codes::hash("grant", &typed.code);
    let grant = app.store.redeem(code, name, app.time.now()).await;
    let grant = grant.map_err(|error| match error {
        StoreError::Missing => Failure::CODE,
        error => error.into(),
    })?;
    counted.forgive(&app).await?;
    Ok(Json(grant.into()))
}

/// Ends a grant: by whom the documents are about, by whoever gave it, or by its reader.
pub async fn revoke(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    let account = &caller.account;
    let grant = app.store.grants(Which::Id(id), true).await?.into_iter().next();
    let grant = grant.ok_or(StoreError::Missing)?;
    let about = About { subject: grant.subject.clone(), ..About::default() };
    let own = grant.reader == account.name || grant.given_by == account.name;
    if !own && !app.policy.may("give", account, &about) {
        return Err(StoreError::Missing.into());
    }
    app.store.end_grant(&grant.id, &account.name, app.time.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists who has read what is about a person, for that person.
pub async fn reads(
    State(app): State<Arc<App>>,
    caller: Caller,
    Json(asked): Json<Whose>,
) -> Result<Json<Vec<Looked>>, Failure> {
    documents(&app, "give", &caller.account, &asked.subject).await?;
    let grants = app.store.grants(Which::Subject(asked.subject.clone()), false).await?;
    let rows = app.store.documents_about(&asked.subject).await?;
    let mut looked = Vec::new();
    for read in app.store.reads_about(&asked.subject).await? {
        let grant = grants.iter().find(|grant| grant.id == read.grant);
        let reader = app.store.account(&read.account).await?.map(|(reader, _)| reader);
        let kind = rows.iter().find(|row| row.id == read.document).map(|row| row.about.kind.clone());
        looked.push(Looked {
            at: read.at,
            account: read.account,
            role: reader.as_ref().map(|reader| reader.role.clone()).unwrap_or_default(),
            institution: reader.map(|reader| reader.institution).unwrap_or_default(),
            kind: kind.unwrap_or_default(),
            purpose: grant.map(|grant| grant.purpose.clone()).unwrap_or_default(),
            emergency: grant.is_some_and(|grant| grant.emergency.is_some()),
            grant: read.grant,
        });
    }
    Ok(Json(looked))
}

/// Returns the documents about a subject that `act` allows the account to give or take; without any, nothing is told.
pub(super) async fn documents(
    app: &App,
    act: &str,
    account: &Account,
    subject: &str,
) -> Result<Vec<DocumentId>, Failure> {
    let kinds = app.policy.moving();
    let mut documents = Vec::new();
    for row in app.store.documents_about(subject).await? {
        if kinds.contains(&row.about.kind) && app.policy.may(act, account, &row.about) {
            documents.push(row.id);
        }
    }
    if documents.is_empty() {
        return Err(StoreError::Missing.into());
    }
    Ok(documents)
}

pub(super) fn lasts(minutes: Option<u32>) -> Result<i64, Failure> {
    let minutes = minutes.unwrap_or(MINUTES.0);
    let may_be = (1..=MINUTES.1).contains(&minutes);
    may_be.then_some(i64::from(minutes) * 60_000).ok_or(Failure::FORM)
}

pub(super) fn of_institution(institution: &str) -> About {
    About { institution: institution.to_owned(), ..About::default() }
}
