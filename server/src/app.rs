//! What every request shares, and the routes.

use crate::blobs::Shelf;
use crate::documents::Documents;
use crate::http::blobs;
use crate::http::{
    audit, emergency, enrol, factor, grants, login::Limits, office, pages, password, quarantine, recovery,
    session, sessions, upgrade,
};
use crate::hub::Hub;
use crate::metrics::Metrics;
use crate::policy::Policy;
use crate::refusals::Refusals;
use crate::seal::Seal;
use crate::shares::Shares;
use crate::store::{Quota, Store};
use crate::time::Time;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::{delete, get, post, put};
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// What an operator may set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of the site.
    pub site: Option<PathBuf>,
    /// Origins that may open a socket; without any, the one the request came to.
    pub origins: Vec<String>,
    /// Failed sign-ins per account in a quarter of an hour; `None` for no limit.
    pub login_limit: Option<u32>,
    /// How many sockets an account may have at once; `None` for no limit.
    pub sockets: Option<u32>,
    /// How many bytes of changes an account may write a day; `None` for no limit.
    pub quota: Option<u64>,
    /// Proxies on other machines that are believed when they say where a request comes from.
    pub proxies: Vec<IpAddr>,
    /// How long the server says that it is not ready before it stops.
    pub drain: Duration,
    /// How many documents are kept in memory.
    pub documents: usize,
    /// How long a session lasts, in milliseconds.
    pub session_ms: i64,
    /// The folder of blobs; without it one beside the database file, or data/blobs.
    pub blobs: Option<PathBuf>,
    /// How many bytes of blobs may be kept.
    pub blob_quota: Quota,
    /// The file of the key that seals secrets; without it one beside the database file, or data/key.
    pub key: Option<PathBuf>,
    /// Where the keys of documents are; without it beside the database.
    pub keys: Option<String>,
    /// What time it is.
    pub clock: Clock,
    /// Counts milliseconds, whatever becomes of the clock.
    pub steady: Clock,
}

/// Says what time it is, in milliseconds since 1970.
#[derive(Clone)]
pub struct Clock(pub Arc<dyn Fn() -> i64 + Send + Sync>);

impl std::fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Clock")
    }
}

impl Clock {
    /// Returns milliseconds since 1970.
    pub fn now(&self) -> i64 {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self(Arc::new(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        }))
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            site: None,
            origins: Vec::new(),
            login_limit: Some(10),
            sockets: Some(2_048),
            quota: Some(1 << 30),
            proxies: Vec::new(),
            drain: Duration::ZERO,
            documents: 1_024,
            session_ms: 30 * 24 * 3_600_000,
            blobs: None,
            blob_quota: Quota::default(),
            key: None,
            keys: None,
            clock: Clock::default(),
            steady: crate::time::steady(),
        }
    }
}

/// What every request shares.
pub struct App {
    /// The server's peer name, new at every start.
    pub name: String,
    /// The settings.
    pub settings: Settings,
    /// The time that access is held against.
    pub time: Time,
    /// Stable storage.
    pub store: Arc<dyn Store>,
    /// The files of blobs.
    pub shelf: Shelf,
    /// The rules of access.
    pub policy: Policy,
    /// Documents in memory.
    pub documents: Arc<Documents>,
    /// The sockets.
    pub hub: Arc<Hub>,
    /// The counters.
    pub metrics: Metrics,
    /// Failed sign-ins.
    pub limits: Limits,
    /// What seals the secrets of second factors.
    pub seal: Seal,
    /// Until when other people's changes may be given back, in milliseconds since 1970.
    pub recovery: AtomicI64,
    /// What was refused lately.
    pub refusals: Refusals,
    /// What each account uses.
    pub shares: Arc<Shares>,
    /// Grows when accounts change.
    pub accounts_version: watch::Receiver<i64>,
    /// Changes when the server is about to stop and should get no new clients.
    pub leaving: watch::Receiver<bool>,
    /// Changes when the server stops.
    pub stopping: watch::Receiver<bool>,
}

impl App {
    /// Returns milliseconds since 1970.
    pub fn now(&self) -> i64 {
        (self.settings.clock.0)()
    }

    /// Tells whether devices may give back what the store has lost.
    pub fn is_recovering(&self) -> bool {
        self.now() < self.recovery.load(Ordering::Relaxed)
    }

    /// Returns the life that devices know: it changes with a restore, and again when the recovery window opens, so
    /// that every device compares what it has with what is here.
    pub fn epoch(&self) -> String {
        match self.recovery.load(Ordering::Relaxed) {
            0 => self.store.epoch().to_owned(),
            until => format!("{}-{until:x}", self.store.epoch()),
        }
    }
}

/// Returns the routes of the server.
pub fn router(app: Arc<App>) -> Router {
    // What is typed is small and comes at once.
    let api = Router::new()
        .route("/api/session", get(session::show).post(session::sign_in).delete(session::sign_out))
        .route("/api/sessions", get(sessions::list).delete(sessions::end_others))
        .route("/api/sessions/{id}", delete(sessions::end))
        .route("/api/recovery", put(recovery::seal).post(recovery::open))
        .route("/api/password", post(password::change))
        .route("/api/password/reset", post(password::reset))
        .route("/api/factor", get(factor::show).post(factor::begin).delete(factor::give_up))
        .route("/api/factor/confirm", post(factor::confirm))
        .route("/api/code", post(enrol::give))
        .route("/api/enrol", post(enrol::enrol))
        .route("/api/residents", get(enrol::mine).post(enrol::take_on))
        .route("/api/residents/acting", post(enrol::acting))
        .route("/api/residents/part", post(enrol::part))
        .route("/api/audit", get(audit::list))
        .route("/api/accounts", get(office::list).post(office::act))
        .route("/api/accounts/find", post(office::find))
        .route("/api/transfer", post(office::transfer))
        .route("/api/grants", get(grants::list).post(grants::give))
        .route("/api/grants/{id}", delete(grants::revoke))
        .route("/api/grants/code", post(grants::code))
        .route("/api/grants/redeem", post(grants::redeem))
        .route("/api/reads", post(grants::reads))
        .route("/api/emergency", post(emergency::declare))
        .route("/api/emergency/verdict", post(emergency::judge))
        .layer(DefaultBodyLimit::max(16 * 1024))
        .layer(from_fn(crate::http::site::in_time));
    Router::new()
        .merge(api)
        .route("/api/blobs/{document}/{hash}", get(blobs::get).head(blobs::head).patch(blobs::patch))
        .route("/api/quarantine", get(quarantine::list))
        .route("/api/quarantine/{id}", get(quarantine::data).post(quarantine::decide))
        .route("/sync", get(upgrade::upgrade))
        .route("/metrics", get(pages::metrics_from_here))
        .route("/healthz", get(pages::alive))
        .route("/readyz", get(pages::ready))
        .fallback(crate::http::site::serve)
        .layer(from_fn(crate::http::site::protect))
        .with_state(app)
}

/// Returns the routes of the separate listener for metrics.
pub fn metrics_router(app: Arc<App>) -> Router {
    Router::new()
        .route("/metrics", get(pages::metrics))
        .layer(from_fn(crate::http::site::protect))
        .with_state(app)
}
