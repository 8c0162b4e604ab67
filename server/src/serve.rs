//! A running server, from open to closed.

mod listen;

use crate::app::{App, Settings, metrics_router, router};
use crate::blobs::{Shelf, sweep};
use crate::documents::Documents;
use crate::http::login::Limits;
use crate::hub::Hub;
use crate::metrics::Metrics;
use crate::policy::{Policy, PolicyError};
use crate::refusals::Refusals;
use crate::seal::{Seal, SealError};
use crate::shares::Shares;
use crate::store::{self, Item, Sink, Store, StoreError};
use crate::time::Time;
use rand::Rng;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{interval, sleep, timeout};

/// How often accounts are looked at; a command on the same database binds within a second.
const ACCOUNTS: Duration = Duration::from_millis(300);

/// How far the clock may go on before the store hears of it; a grant that ends is kept at once.
const KEEP_MS: i64 = 10_000;
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
    /// The key of second factors.
    #[error(transparent)]
    Seal(#[from] SealError),
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
        let hub = Arc::new(Hub::default());
        let documents = Arc::new(Documents::new(settings.documents));
        let policy = Policy::built_in()?;
        let keys = settings.keys.clone().unwrap_or_else(|| store::keys::beside(database));
        if keys == database {
            tracing::warn!(
                "keys lie in the database, in a schema of their own: name another place with --keys"
            );
        }
        let news = spread(Arc::clone(&documents), Arc::clone(&hub));
        let store = store::open_with(database, &keys, policy.erasable(), news).await?;
        // A backup may have brought back what was erased.
        store.erase_again(settings.clock.now()).await?;
        let mark = store.raise_time(0).await?;
        let (leave, leaving) = watch::channel(false);
        let (stop, stopping) = watch::channel(false);
        let key = settings.key.clone().unwrap_or_else(|| beside(database, "key"));
        let (accounts, accounts_version) = watch::channel(store.accounts_version().await?);
        let app = App {
            name: format!("server-{}", hex::encode(rand::rng().random::<[u8; 8]>())),
            policy,
            store: Arc::clone(&store),
            documents,
            hub,
            metrics: Metrics::default(),
            limits: Limits(settings.login_limit),
            seal: Seal::open_file(&key)?,
            time: Time::new(settings.clock.clone(), settings.steady.clone(), mark),
            shares: Shares::new(settings.sockets, settings.quota),
            shelf: Shelf::new(settings.blobs.clone().unwrap_or_else(|| beside(database, "blobs"))),
            recovery: AtomicI64::new(store.recovery().await?),
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
        let timer = tokio::spawn(keep_time(Arc::clone(&self.app)));
        let sweeper = tokio::spawn(sweep::run(Arc::clone(&self.app)));
        let watcher = tokio::spawn(watch_accounts(Arc::clone(&self.app), self.accounts));
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
        sweeper.abort();
        timer.abort();
        self.app.store.raise_time(self.app.time.now()).await?;
        anchors.abort();
        Ok(())
    }
}

/// Returns what lies beside a database file; a database elsewhere says nothing about this machine.
fn beside(database: &str, what: &str) -> PathBuf {
    match store::file(database) {
        Some(file) => {
            let mut name = file.file_name().unwrap_or_default().to_owned();
            name.push(format!("-{what}"));
            file.with_file_name(name)
        }
        None => PathBuf::from("data").join(what),
    }
}

/// Returns what hears of commits: what is in memory is forgotten before anyone hears that it is old.
fn spread(documents: Arc<Documents>, hub: Arc<Hub>) -> Sink {
    Arc::new(move |item| {
        match &*item {
            Item::Commit(0, commit) => documents.outdated(commit.id),
            Item::Commit(..) => {}
            // Its row may be another one.
            Item::Access(access) => documents.outdated(access.document),
        }
        hub.tell(&item);
    })
}

/// Ends what has expired, and keeps the time so that no restart goes back behind it.
async fn keep_time(app: Arc<App>) {
    let mut clock = interval(ACCOUNTS);
    let mut kept = 0;
    loop {
        clock.tick().await;
        let now = app.time.now();
        let kept_now = async {
            app.store.end_expired(now).await?;
            if now - kept >= KEEP_MS {
                kept = app.time.raise(app.store.raise_time(now).await?);
            }
            Ok::<(), StoreError>(())
        };
        if let Err(error) = kept_now.await {
            tracing::warn!(%error, "grants cannot be looked at");
        }
    }
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

async fn watch_accounts(app: Arc<App>, accounts: watch::Sender<i64>) {
    let mut clock = interval(ACCOUNTS);
    loop {
        clock.tick().await;
        let looked = async {
            let version = app.store.accounts_version().await?;
            if version != *accounts.borrow() {
                app.recovery.store(app.store.recovery().await?, Ordering::Relaxed);
            }
            Ok::<i64, StoreError>(version)
        };
        match looked.await {
            Ok(version) => {
                accounts.send_if_modified(|known| std::mem::replace(known, version) != version);
            }
            Err(error) => tracing::warn!(%error, "accounts cannot be read"),
        }
    }
}
