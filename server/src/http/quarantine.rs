//! Deciding on changes of somebody who may not make them (any more).

use super::caller::Caller;
use super::failure::Failure;
use crate::account::{Account, author_of};
use crate::app::App;
use crate::policy::PLAIN;
use crate::store::{Held, Row, StoreError, Wanted, Write};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use sync::About;
use sync::relay::admit;

/// How often a decision is tried anew when others write to the document at the same time.
const TRIES: usize = 5;

/// Something that was handed in, as people see it.
#[derive(Serialize)]
pub struct Shown {
    id: i64,
    account: String,
    role: String,
    at: i64,
    document: String,
    kind: String,
    subject: String,
    changes: i64,
    state: String,
    decided_by: String,
    /// Whether the caller may decide on it.
    yours: bool,
    /// Whether the document exists here.
    known: bool,
}

/// What was decided.
#[derive(Deserialize)]
pub struct Decision {
    accept: bool,
}

/// Lists what the caller may decide on, and what they handed in themself.
pub async fn list(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Vec<Shown>>, Failure> {
    let mut shown = Vec::new();
    for held in app.store.submissions(Wanted::Waiting).await? {
        let row = app.store.row(held.document).await?;
        if may_decide(&app, &caller.account, &held, row.as_ref()) {
            shown.push(show(&app, held, row, true).await?);
        }
    }
    for held in app.store.submissions(Wanted::Of(caller.account.name.clone())).await? {
        shown.push(show(&app, held, None, false).await?);
    }
    Ok(Json(shown))
}

/// Returns the changes as they were handed in: an automerge sync message.
pub async fn data(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<i64>,
) -> Result<Vec<u8>, Failure> {
    let (held, _) = decidable(&app, &caller.account, id).await?;
    Ok(held.data)
}

/// Takes the changes into the document, or not.
pub async fn decide(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<i64>,
    Json(decision): Json<Decision>,
) -> Result<StatusCode, Failure> {
    let (held, row) = decidable(&app, &caller.account, id).await?;
    if decision.accept {
        let row = row.ok_or(Failure::Refused(StatusCode::CONFLICT, "no_document"))?;
        take(&app, &held, row).await?;
    }
    let state = if decision.accept { "accepted" } else { "rejected" };
    app.store.decide(id, state, &caller.account.name, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Commits the changes in the name of whoever made them.
async fn take(app: &App, held: &Held, row: Row) -> Result<(), Failure> {
    const APPLY: Failure = Failure::Refused(StatusCode::CONFLICT, "does_not_apply");
    let author = author_of(&held.account);
    for _ in 0..TRIES {
        let mut slot = app.documents.lock(&*app.store, held.document).await?;
        let replica = slot.replica.as_ref().ok_or(APPLY)?;
        let kind = &row.about.kind;
        let commit = admit(replica, &held.data, &author, app.policy.frozen(kind), kind == PLAIN);
        let Some(commit) = commit.map_err(|_| APPLY)? else {
            return Ok(());
        };
        let write = Write {
            origin: app.hub.number(),
            account: held.account.clone(),
            device: format!("submission-{}", held.id),
            at: app.now(),
            about: replica.about.clone(),
            creator: replica.creator.clone(),
            base: Some(replica.place),
            commit,
        };
        if slot.commit(&*app.store, write).await?.is_ok() {
            return Ok(());
        }
    }
    Err(APPLY)
}

/// Whoever may write the document now, or manages where it belongs, or where the account belonged when there is none.
fn may_decide(app: &App, account: &Account, held: &Held, row: Option<&Row>) -> bool {
    if account.name == held.account {
        return false;
    }
    match row {
        Some(row) => {
            app.policy.rights(account, &row.about, &row.creator).write
                || app.policy.may("decide", account, &row.about)
        }
        None => {
            let about = About { institution: held.institution.clone(), ..About::default() };
            app.policy.may("decide", account, &about)
        }
    }
}

async fn decidable(app: &App, account: &Account, id: i64) -> Result<(Held, Option<Row>), Failure> {
    let held = app.store.submissions(Wanted::Id(id)).await?.into_iter().next();
    let held = held.filter(|held| held.state == "waiting").ok_or(StoreError::Missing)?;
    let row = app.store.row(held.document).await?;
    if !may_decide(app, account, &held, row.as_ref()) {
        return Err(StoreError::Missing.into());
    }
    Ok((held, row))
}

async fn show(app: &App, held: Held, row: Option<Row>, yours: bool) -> Result<Shown, Failure> {
    let account = app.store.account(&held.account).await?;
    let known = row.is_some();
    // What the device said of it may be another thing.
    let (kind, subject) = row.map_or(held.about, |row| (row.about.kind, row.about.subject));
    Ok(Shown {
        id: held.id,
        role: account.map(|(account, _)| account.role).unwrap_or_default(),
        account: held.account,
        at: held.at,
        document: hex::encode(held.document.bytes()),
        kind,
        subject,
        changes: held.changes,
        state: held.state,
        decided_by: held.decided_by,
        yours,
        known,
    })
}
