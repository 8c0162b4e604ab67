//! Residents: an account by a one-time code from their doctor, and whom an account acts for.

use super::caller::{Caller, event};
use super::failure::Failure;
use super::login::From;
use super::{cookie, password, session};
use crate::account::Account;
use crate::app::App;
use crate::codes::{self, Qr};
use crate::store::{Bond, Code, Purpose};
use axum::Json;
use axum::extract::State;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How long a code lasts that a doctor gives.
const LASTS_MS: i64 = 60 * 60_000;
/// The longest name of an account or word for a relation.
const LONGEST: usize = 64;

/// What a doctor asks for.
#[derive(Deserialize)]
pub struct Give {
    subject: String,
    relation: String,
}

/// A code, to be shown or printed.
#[derive(Serialize)]
pub struct Given {
    code: String,
    expires: i64,
    qr: Option<Qr>,
}

/// What a resident types on a new telephone.
#[derive(Deserialize)]
pub struct Enrol {
    code: String,
    account: String,
    password: String,
}

/// A further code.
#[derive(Deserialize)]
pub struct TakeOn {
    code: String,
}

/// Whom somebody asks about, and whose acting is to end.
#[derive(Deserialize)]
pub struct About {
    subject: String,
    #[serde(default)]
    account: String,
}

/// Who acts for whom.
#[derive(Serialize)]
pub struct Shown {
    account: String,
    subject: String,
    relation: String,
    given_by: String,
    since: i64,
}

impl std::convert::From<Bond> for Shown {
    fn from(bond: Bond) -> Self {
        let Bond { account, subject, relation, given_by, since } = bond;
        Self { account, subject, relation, given_by, since }
    }
}

/// Gives a code for a subject of the caller's team.
pub async fn give(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    Json(asked): Json<Give>,
) -> Result<Json<Given>, Failure> {
    may(&app, &caller.account, &asked.subject).await?;
    if asked.relation.is_empty() || asked.relation.len() > LONGEST {
        return Err(Failure::FORM);
    }
    let (code, expires) = (codes::short(), app.time.now() + LASTS_MS);
    let kept = Code {
        hash: codes::hash("subject", &code),
        purpose: Purpose::Subject,
        account: String::new(),
        subject: asked.subject,
        relation: asked.relation,
        given_by: caller.account.name.clone(),
        expires,
    };
    let event = caller.event(&app, "code", format!("subject {}", kept.subject));
    app.store.add_code(kept, event).await?;
    let qr = codes::qr(&format!("{}/#code={code}", origin(&headers)));
    Ok(Json(Given { code, expires, qr }))
}

/// Makes an account that acts for the code's subject, and signs it in.
pub async fn enrol(
    State(app): State<Arc<App>>,
    from: From,
    headers: HeaderMap,
    Json(typed): Json<Enrol>,
) -> Result<Response, Failure> {
    let name = typed.account.trim().to_owned();
    if name.is_empty() || name.len() > LONGEST {
        return Err(Failure::FORM);
    }
    let hash = password::fresh(typed.password, &name).await?;
    let counted = app.limits.attempt(&app, "code", &from.0.to_string(), from).await?;
    let code = codes::hash("subject", &typed.code);
    let event = event(&app, &name, "enrol", "");
    let account = app.store.enrol(code, &name, hash, event).await.map_err(password::unknown)?;
    counted.forgive(&app).await?;
    session::start(&app, &headers, &account).await
}

/// Lets the caller act for one more subject.
pub async fn take_on(
    State(app): State<Arc<App>>,
    caller: Caller,
    from: From,
    Json(typed): Json<TakeOn>,
) -> Result<Json<Shown>, Failure> {
    if caller.account.role != "resident" {
        return Err(Failure::FORBIDDEN);
    }
    let name = &caller.account.name;
    let counted = app.limits.attempt(&app, "code", name, from).await?;
    let code = codes::hash("subject", &typed.code);
    let event = caller.event(&app, "act-for", "");
    let bond = app.store.take_on(code, name, event).await.map_err(password::unknown)?;
    counted.forgive(&app).await?;
    Ok(Json(bond.into()))
}

/// Lists whom the caller acts for, and who else acts for them.
pub async fn mine(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Vec<Shown>>, Failure> {
    let mut bonds = app.store.acts_for(&caller.account.name).await?;
    for own in bonds.clone() {
        if own_record(&own) {
            let others = app.store.acting_for(&own.subject).await?;
            bonds.extend(others.into_iter().filter(|other| other.account != own.account));
        }
    }
    Ok(Json(bonds.into_iter().map(Shown::from).collect()))
}

/// Lists who acts for a subject of the caller's team.
pub async fn acting(
    State(app): State<Arc<App>>,
    caller: Caller,
    Json(asked): Json<About>,
) -> Result<Json<Vec<Shown>>, Failure> {
    may(&app, &caller.account, &asked.subject).await?;
    let bonds = app.store.acting_for(&asked.subject).await?;
    Ok(Json(bonds.into_iter().map(Shown::from).collect()))
}

/// Ends that an account acts for a subject: by that account, by the person themself, or by their team.
pub async fn part(
    State(app): State<Arc<App>>,
    caller: Caller,
    Json(asked): Json<About>,
) -> Result<StatusCode, Failure> {
    let own = &caller.account;
    if own.name != asked.account {
        let bonds = app.store.acts_for(&own.name).await?;
        if !bonds.iter().any(|bond| bond.subject == asked.subject && own_record(bond)) {
            may(&app, own, &asked.subject).await?;
        }
    }
    let event = caller.event(&app, "part", format!("subject {}", asked.subject));
    app.store.part(&asked.account, &asked.subject, event).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells whether an account acts for the one whose it is; accounts made with a subject, without a code, are theirs.
fn own_record(bond: &Bond) -> bool {
    bond.relation == "self" || bond.relation.is_empty()
}

/// Makes sure that every document about the subject is of the account's team: who could make one of their own about
/// somebody else's resident would else bind an account to that resident.
async fn may(app: &App, account: &Account, subject: &str) -> Result<(), Failure> {
    let rows = app.store.rows_about(subject, app.policy.moving()).await?;
    let may = !rows.is_empty() && rows.iter().all(|about| app.policy.may("enrol", account, about));
    may.then_some(()).ok_or(Failure::FORBIDDEN)
}

/// Returns the address of the site as the browser knows it.
fn origin(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = if cookie::is_https(headers) { "https" } else { "http" };
    text(ORIGIN).map_or_else(|| format!("{scheme}://{}", text(HOST).unwrap_or_default()), str::to_owned)
}
