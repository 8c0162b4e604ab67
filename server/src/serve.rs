//! A running server, from open to closed.

mod listen;

use crate::app::{App, Settings, metrics_router, router};
use crate::documents::Documents;
use crate::http::login::Limiter;
use crate::hub::{BACKLOG, Hub};
use crate::metrics::Metrics;
use crate::policy::{Policy, PolicyError};
use crate::refusals::Refusals;
use crate::shares::Shares;
use crate::store::{self, News, Sink, Store, StoreError};
use rand::Rng;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{broadcast, watch};
use tokio::time::{interval, sleep, timeout};

/// How often accounts are looked at; a command on the same database binds within a second.
const ACCOUNTS: Duration = Duration::from_millis(300);

/// How often the end of the audit is written into the log.
const ANCHORS: Duration = Duration::from_secs(3_600);
/// How long requests, sockets and commits have to end when the server stops.
const GRACE: Duration = Duration::from_secs(10);

/// Says why a server does not start, or why it stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The data files.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// The network.
    #[error("network: {0}")]
    Network(#[from] std::io::Error),
}

/// A server that listens.
pub struct Server {
    app: Arc<App>,
    listener: TcpListener,
    metrics: Option<TcpListener>,
    leave: watch::Sender<bool>,
    stop: watch::Sender<bool>,
    accounts: watch::Sender<i64>,
}

impl Server {
    /// Opens the store and listens; nothing is served before [`Server::run`].
    pub async fn bind(
        listen: &str,
        metrics: Option<&str>,
        database: &str,
        settings: Settings,
    ) -> Result<Self, ServeError> {
        let (news, _) = broadcast::channel(BACKLOG);
        let documents = Arc::new(Documents::new(settings.documents));
        let store = store::open(database, spread(Arc::clone(&documents), news.clone())).await?;
        let (leave, leaving) = watch::channel(false);
        let (stop, stopping) = watch::channel(false);
        let (accounts, accounts_version) = watch::channel(store.accounts_version().await?);
        let app = App {
            name: format!("server-{}", hex::encode(rand::rng().random::<[u8; 8]>())),
            policy: Policy::built_in()?,
            documents,
            hub: Hub::new(news),
            metrics: Metrics::default(),
            limiter: Limiter::new(settings.login_limit),
            shares: Shares::new(settings.sockets, settings.quota),
            store,
            refusals: Refusals::default(),
            settings,
            accounts_version,
            leaving,
            stopping,
        };
        let metrics = match metrics {
            Some(address) => Some(TcpListener::bind(address).await?),
            None => None,
        };
        let listener = TcpListener::bind(listen).await?;
        Ok(Self { app: Arc::new(app), listener, metrics, leave, stop, accounts })
    }

    /// Returns the address it listens on.
    pub fn address(&self) -> Result<SocketAddr, ServeError> {
        Ok(self.listener.local_addr()?)
    }

    /// Returns what requests share.
    pub fn app(&self) -> Arc<App> {
        Arc::clone(&self.app)
    }

    /// Serves until `until` is over, then lets requests and commits end.
    pub async fn run(self, until: impl Future<Output = ()> + Send + 'static) -> Result<(), ServeError> {
        let watcher = tokio::spawn(watch_accounts(Arc::clone(&self.app.store), self.accounts));
        let anchors = tokio::spawn(say_anchors(Arc::clone(&self.app.store)));
        if let Some(listener) = self.metrics {
            let router = metrics_router(Arc::clone(&self.app));
            tokio::spawn(async move { axum::serve(listener, router).await });
        }
        let app = Arc::clone(&self.app);
        let (leave, stop) = (self.leave, self.stop);
        let until = async move {
            until.await;
            tracing::info!("stopping");
            // An error says that there are no sockets.
            let _ = leave.send(true);
            sleep(app.settings.drain).await;
            let _ = stop.send(true);
        };
        listen::listen(self.listener, router(Arc::clone(&self.app)), until, GRACE).await;
        let silence = async {
            while self.app.metrics.connections() > 0 {
                sleep(Duration::from_millis(10)).await;
            }
        };
        if timeout(GRACE, silence).await.is_err() {
            tracing::warn!("sockets were still open");
        }
        watcher.abort();
        anchors.abort();
        Ok(())
    }
}

/// Returns what hears of commits: what is in memory is forgotten before anyone hears that it is old.
fn spread(documents: Arc<Documents>, news: broadcast::Sender<News>) -> Sink {
    Arc::new(move |item| {
        let (origin, commit) = &*item;
        if *origin == 0 {
            documents.outdated(commit.id);
        }
        // Nobody listens while the server stops; what is safe stays safe.
        let _ = news.send(item);
    })
}

/// Says the end of the audit in the log: a log that is kept elsewhere proves that nothing before it was changed.
async fn say_anchors(store: Arc<dyn Store>) {
    let mut clock = interval(ANCHORS);
    loop {
        clock.tick().await;
        match store.audit_head().await {
            Ok(anchor) => tracing::info!(%anchor, "audit"),
            Err(error) => tracing::warn!(%error, "the audit cannot be read"),
        }
    }
}

async fn watch_accounts(store: Arc<dyn Store>, accounts: watch::Sender<i64>) {
    let mut clock = interval(ACCOUNTS);
    loop {
        clock.tick().await;
        match store.accounts_version().await {
            Ok(version) => {
                accounts.send_if_modified(|known| std::mem::replace(known, version) != version);
            }
            Err(error) => tracing::warn!(%error, "accounts cannot be read"),
        }
    }
}
