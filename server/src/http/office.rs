//! The administrators' work: accounts and teams, never a record.

use super::caller::Caller;
use super::failure::Failure;
use crate::account::{Account, author_of, hash_password};
use crate::app::App;
use crate::codes;
use crate::policy::ROLES;
use crate::store::{Code, Event, Listed, Moved, Purpose, StoreError};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How long a code for a new password lasts.
const LASTS_MS: i64 = 24 * 60 * 60_000;

/// An account in the list.
#[derive(Serialize)]
pub struct Shown {
    account: String,
    role: String,
    institution: String,
    team: String,
    disabled: bool,
    factor: bool,
}

/// What is to be done to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Make it; answered by a code for its first password.
    Add,
    /// Give it another role, institution or team.
    Change,
    /// No sign-in from now on.
    Disable,
    /// Sign-in again.
    Enable,
    /// Give a code for a new password.
    Reset,
    /// No second factor, for somebody who lost theirs and the recovery codes.
    DropFactor,
    /// End its sessions.
    SignOut,
}

/// An act of an administrator.
#[derive(Deserialize)]
pub struct Act {
    act: Verb,
    account: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    institution: String,
    #[serde(default)]
    team: String,
}

/// What came of it.
#[derive(Serialize)]
pub struct Done {
    /// The code for a new password, shown this once.
    code: Option<String>,
}

/// Which account is asked for besides those of staff.
#[derive(Default, Deserialize)]
pub struct Find {
    account: String,
}

/// Which residents go to which team.
#[derive(Deserialize)]
pub struct Transfer {
    #[serde(default)]
    subject: String,
    #[serde(default)]
    from: String,
    team: String,
}

/// How many documents moved.
#[derive(Serialize)]
pub struct Transferred {
    documents: u64,
}

fn may(app: &App, caller: &Caller) -> Result<(), Failure> {
    let may = app.policy.may("accounts", &caller.account, &sync::About::default());
    may.then_some(()).ok_or(Failure::FORBIDDEN)
}

/// Lists the accounts of staff.
pub async fn list(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Vec<Shown>>, Failure> {
    find(State(app), caller, Json(Find::default())).await
}

/// Lists the accounts of staff, and the one of a name, which is not written into an address.
pub async fn find(
    State(app): State<Arc<App>>,
    caller: Caller,
    Json(asked): Json<Find>,
) -> Result<Json<Vec<Shown>>, Failure> {
    may(&app, &caller)?;
    let accounts = app.store.accounts(asked.account.trim()).await?;
    let shown = accounts.into_iter().map(|listed| {
        let Listed { name, role, institution, team, disabled, factor } = listed;
        Shown { account: name, role, institution, team, disabled, factor }
    });
    Ok(Json(shown.collect()))
}

/// Does something to an account.
pub async fn act(
    State(app): State<Arc<App>>,
    caller: Caller,
    Json(act): Json<Act>,
) -> Result<Json<Done>, Failure> {
    may(&app, &caller)?;
    let store = &app.store;
    let Act { act, account, role, institution, team } = act;
    let name = account.trim();
    let event = |what: &str| note(&app, &caller, what, name);
    let mut code = None;
    // Whoever disables the last administrator could not be let in again by anybody.
    let own = name == caller.account.name;
    match act {
        Verb::Add => {
            if name.is_empty() || name.len() > 64 || !is_staff(&role) {
                return Err(Failure::FORM);
            }
            let new = Account { name: name.to_owned(), role, institution, team, residents: Vec::new() };
            // Nobody knows this one: the first password is chosen with the code.
            let nobodys = hash_password(&codes::lasting()).map_err(|_| Failure::SERVER)?;
            store.add_account(new, nobodys).await?;
            store.audit(event("added")).await?;
            code = Some(reset(&app, &caller, name).await?);
        }
        Verb::Change => {
            let (known, _) = store.account(name).await?.ok_or(StoreError::Missing)?;
            if own || !is_staff(&role) || !is_staff(&known.role) {
                return Err(Failure::FORM);
            }
            store.change_account(name, &role, &institution, &team, event("changed")).await?;
        }
        Verb::Disable if own => return Err(Failure::FORM),
        Verb::Disable => store.set_disabled(name, true, event("disabled")).await?,
        Verb::Enable => store.set_disabled(name, false, event("enabled")).await?,
        Verb::Reset => {
            store.account(name).await?.ok_or(StoreError::Missing)?;
            code = Some(reset(&app, &caller, name).await?);
        }
        Verb::DropFactor => store.drop_factor(name, event("second factor dropped")).await?,
        Verb::SignOut => store.end_others(name, None, event("signed out")).await?,
    }
    Ok(Json(Done { code }))
}

/// Gives one resident, or all residents of a team, to another team.
pub async fn transfer(
    State(app): State<Arc<App>>,
    caller: Caller,
    Json(asked): Json<Transfer>,
) -> Result<Json<Transferred>, Failure> {
    let Transfer { subject, from, team } = asked;
    if team.is_empty() || subject.is_empty() == from.is_empty() {
        return Err(Failure::FORM);
    }
    let kinds = app.policy.moving();
    let (moved, note) = if from.is_empty() {
        let rows = app.store.rows_about(&subject, kinds.clone()).await?;
        let may = rows.iter().all(|about| app.policy.may("transfer", &caller.account, about));
        if rows.is_empty() || !may {
            return Err(Failure::FORBIDDEN);
        }
        let note = format!("subject {subject} to {team}");
        (Moved::Subject(subject), note)
    } else {
        may(&app, &caller)?;
        let note = format!("team {from} to {team}");
        (Moved::Team(from), note)
    };
    let event = caller.event(&app, "transfer", note);
    let documents = app.store.transfer(moved, kinds, &team, event).await?;
    Ok(Json(Transferred { documents }))
}

async fn reset(app: &App, caller: &Caller, account: &str) -> Result<String, Failure> {
    let code = codes::short();
    let event = note(app, caller, "reset code", account);
    let kept = Code {
        hash: codes::hash("password", &code),
        purpose: Purpose::Password,
        account: account.to_owned(),
        subject: String::new(),
        relation: String::new(),
        given_by: caller.account.name.clone(),
        expires: app.time.now() + LASTS_MS,
    };
    app.store.add_code(kept, event).await?;
    Ok(code)
}

/// Says what was done to whom; the audit knows accounts by their author only.
fn note(app: &App, caller: &Caller, what: &str, account: &str) -> Event {
    caller.event(app, "account", format!("{what} {}", hex::encode(author_of(account))))
}

fn is_staff(role: &str) -> bool {
    role != "resident" && ROLES.contains(&role)
}
