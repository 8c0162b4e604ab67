//! What every request shares, and the routes.

use crate::documents::Documents;
use crate::http::{login::Limiter, pages, session, upgrade};
use crate::hub::Hub;
use crate::metrics::Metrics;
use crate::policy::Policy;
use crate::refusals::Refusals;
use crate::shares::Shares;
use crate::store::Store;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::get;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
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
    /// What time it is.
    pub clock: Clock,
}

/// Says what time it is, in milliseconds since 1970.
#[derive(Clone)]
pub struct Clock(pub Arc<dyn Fn() -> i64 + Send + Sync>);

impl std::fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Clock")
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
            clock: Clock::default(),
        }
    }
}

/// What every request shares.
pub struct App {
    /// The server's peer name, new at every start.
    pub name: String,
    /// The settings.
    pub settings: Settings,
    /// Stable storage.
    pub store: Arc<dyn Store>,
    /// The rules of access.
    pub policy: Policy,
    /// Documents in memory.
    pub documents: Arc<Documents>,
    /// The sockets.
    pub hub: Hub,
    /// The counters.
    pub metrics: Metrics,
    /// Failed sign-ins.
    pub limiter: Limiter,
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
}

/// Returns the routes of the server.
pub fn router(app: Arc<App>) -> Router {
    // What is typed is small and comes at once.
    let api = Router::new()
        .route("/api/session", get(session::show).post(session::sign_in).delete(session::sign_out))
        .layer(DefaultBodyLimit::max(16 * 1024))
        .layer(from_fn(crate::http::site::in_time));
    Router::new()
        .merge(api)
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
