//! Who makes a request.

use super::{failure::Failure, session, upgrade};
use crate::account::{Account, verify_password};
use crate::app::App;
use crate::store::Event;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;

/// The account and the session of a request from an own page.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who.
    pub account: Account,
    /// The hash of the session's token.
    pub token: [u8; 32],
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        if !upgrade::allowed(&app.settings.origins, &parts.headers) {
            app.metrics.refuse("origin");
            return Err(Failure::FORBIDDEN);
        }
        let current = session::current(app, &parts.headers).await;
        let current = current.map_err(|status| Failure::Refused(status, "store"))?;
        let (account, token, _) = current.ok_or(Failure::NOBODY)?;
        Ok(Self { account, token })
    }
}

impl Caller {
    /// Says for the audit that the caller does something.
    pub fn event(&self, app: &App, act: &'static str, note: impl Into<String>) -> Event {
        event(app, &self.account.name, act, note)
    }

    /// Makes sure that it is the caller who sits there, as far as the password tells; failures count as at sign-in.
    pub async fn prove(&self, app: &App, from: super::login::From, password: String) -> Result<(), Failure> {
        let counted = app.limits.attempt(app, "account", &self.account.name, from).await?;
        let found = app.store.account(&self.account.name).await?;
        let hash = found.map(|(_, hash)| hash);
        let fits = tokio::task::spawn_blocking(move || verify_password(&password, hash.as_deref()));
        if !fits.await.unwrap_or(false) {
            app.metrics.refuse("login");
            return Err(Failure::PASSWORD);
        }
        counted.forgive(app).await
    }
}

/// Says for the audit that an account does something.
pub fn event(app: &App, account: &str, act: &'static str, note: impl Into<String>) -> Event {
    Event { at: app.now(), account: account.to_owned(), act, note: note.into(), ..Event::default() }
}
