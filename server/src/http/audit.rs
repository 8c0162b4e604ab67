//! The auditors' view of what was done: who, what, when, never the content of a document.

use super::caller::Caller;
use super::failure::Failure;
use crate::account::author_of;
use crate::app::App;
use crate::store::audit::Search;
use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// How many entries one answer has.
const PAGE: u32 = 100;

/// Which entries are asked for.
#[derive(Deserialize)]
pub struct Asked {
    before: Option<u64>,
    act: Option<String>,
    #[serde(default)]
    refused: bool,
}

/// An entry as it is shown.
#[derive(Serialize)]
pub struct Shown {
    sequence: u64,
    at: i64,
    account: String,
    device: String,
    act: String,
    document: String,
    changes: usize,
    refusal: String,
    note: String,
}

/// Returns entries, the newest first, before a number or from the end.
pub async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<Vec<Shown>>, Failure> {
    if !app.policy.may("audit", &caller.account, &sync::About::default()) {
        return Err(Failure::FORBIDDEN);
    }
    let act = asked.act.filter(|act| !act.is_empty());
    let search = Search { before: asked.before, act, document: None, refused: asked.refused, limit: PAGE };
    let entries = app.store.audited(search).await?;
    // The audit knows accounts by their author only, which is the same after an account is gone.
    let accounts = app.store.accounts("").await?;
    let names: HashMap<Vec<u8>, String> =
        accounts.into_iter().map(|listed| (author_of(&listed.name), listed.name)).collect();
    let shown = entries.into_iter().map(|entry| Shown {
        sequence: entry.sequence,
        at: entry.at,
        account: names.get(&entry.account).cloned().unwrap_or_else(|| hex::encode(&entry.account)),
        device: entry.device,
        act: entry.act,
        document: hex::encode(entry.document),
        changes: entry.changes.len() / 32,
        refusal: entry.refusal,
        note: entry.note,
    });
    Ok(Json(shown.collect()))
}
