//! A server in a directory of its own, and raw clients of it.

mod device;
mod peer;
mod postgres;

use server::account::{Account, hash_password};
use server::app::{App, Settings};
use server::serve::Server;
use server::store::Reach;
use sqlx::{Connection, PgConnection, SqliteConnection};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, http::HeaderValue};

pub use device::Device;
pub use peer::{Peer, Reply, about, document, id, put};

/// Which database a test program runs on.
#[derive(Clone, Copy)]
pub enum Database {
    Sqlite,
    Postgres,
}

pub struct Running {
    /// Its URL.
    pub database: String,
    pub app: Arc<App>,
    pub host: String,
    pub dir: Arc<TempDir>,
    settings: Settings,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

pub async fn start() -> Running {
    start_with(Settings::default()).await
}

pub async fn start_with(settings: Settings) -> Running {
    let dir = Arc::new(TempDir::new().expect("a directory"));
    let database = empty(&dir, "data.db").await;
    start_on(dir, database, settings).await
}

/// Returns the URL of an empty database.
pub async fn empty(dir: &TempDir, name: &str) -> String {
    match crate::DATABASE {
        Database::Sqlite => format!("sqlite:{}", dir.path().join(name).display()),
        Database::Postgres => postgres::database().await,
    }
}

pub async fn start_on(dir: Arc<TempDir>, database: String, settings: Settings) -> Running {
    let folder = settings.blobs.clone().unwrap_or_else(|| dir.path().join("blobs"));
    let key = settings.key.clone().unwrap_or_else(|| dir.path().join("key"));
    let settings = Settings { blobs: Some(folder), key: Some(key), ..settings };
    let server = Server::bind("127.0.0.1:0", None, &database, settings.clone()).await.expect("binds");
    let (stop, stopped) = oneshot::channel();
    let host = server.address().expect("an address").to_string();
    let app = server.app();
    let task = tokio::spawn(async move {
        let until = async {
            let _ = stopped.await;
        };
        server.run(until).await.expect("serves");
    });
    Running { database, app, host, dir, settings, stop, task }
}

impl Running {
    /// Stops.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        self.task.await.expect("stops");
    }

    /// Stops and starts again on the same directory.
    pub async fn restart(self) -> Running {
        let _ = self.stop.send(());
        self.task.await.expect("stops");
        drop(self.app);
        start_on(self.dir, self.database, self.settings).await
    }

    /// Starts another server on the same database.
    pub async fn another(&self) -> Running {
        start_on(Arc::clone(&self.dir), self.database.clone(), self.settings.clone()).await
    }

    pub async fn account(&self, name: &str, role: &str, team: &str, residents: &[&str]) {
        let institution = if team.starts_with("other") { "h2" } else { "h1" };
        let account = Account {
            name: name.into(),
            role: role.into(),
            institution: institution.into(),
            team: team.into(),
            residents: residents.iter().map(|&r| r.into()).collect(),
        };
        self.app.store.add_account(account, password_hash()).await.expect("is added");
    }

    /// The doctors, nurses and residents that most tests need.
    pub async fn people(&self) {
        self.account("doctor", "village_doctor", "t1", &[]).await;
        self.account("nurse", "nurse", "t1", &[]).await;
        self.account("stranger", "village_doctor", "other", &[]).await;
        self.account("resident", "resident", "", &["s1"]).await;
        self.account("neighbour", "resident", "", &["s2"]).await;
        self.account("manager", "institution_manager", "", &[]).await;
    }

    pub async fn http(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).await.expect("connects");
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            self.host,
            body.len(),
        );
        stream.write_all(request.as_bytes()).await.expect("writes");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("reads");
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub async fn login(&self, name: &str, password: &str) -> String {
        let body = format!(r#"{{"account":"{name}","password":"{password}"}}"#);
        let header = "Content-Type: application/json\r\n";
        self.http("POST", "/api/session", header, &body).await
    }

    pub async fn cookie(&self, name: &str) -> String {
        let answer = self.login(name, PASSWORD).await;
        assert_eq!(status(&answer), 204, "{answer}");
        let line = answer.lines().find(|l| l.starts_with("set-cookie: "));
        let cookie = line.expect("a cookie").trim_start_matches("set-cookie: ");
        cookie.split(';').next().expect("a cookie").to_owned()
    }

    /// Opens a socket, or tells the status that refused it.
    pub async fn socket(&self, cookie: Option<&str>, origin: Option<&str>) -> Result<Peer, u16> {
        let url = format!("ws://{}/sync", self.host);
        let mut request = url.into_client_request().expect("a request");
        let headers = request.headers_mut();
        let value = |text: &str| HeaderValue::from_str(text).expect("a header");
        if let Some(cookie) = cookie {
            headers.insert("cookie", value(cookie));
        }
        if let Some(origin) = origin {
            headers.insert("origin", value(origin));
        }
        match tokio_tungstenite::connect_async(request).await {
            Ok((socket, _)) => Ok(Peer::new(socket)),
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// A signed-in socket that has been greeted, with our extensions.
    pub async fn device(&self, name: &str) -> Peer {
        let cookie = self.cookie(name).await;
        let mut peer = self.socket(Some(&cookie), None).await.expect("a socket");
        peer.join(&format!("{name}-device"), true).await;
        peer.account = name.to_owned();
        peer
    }

    /// The same without extensions.
    pub async fn plain(&self, name: &str) -> Peer {
        let cookie = self.cookie(name).await;
        let mut peer = self.socket(Some(&cookie), None).await.expect("a socket");
        peer.join(&format!("{name}-plain"), false).await;
        peer.account = name.to_owned();
        peer
    }

    /// Runs SQL on the database behind the server's back.
    pub async fn tamper(&self, sql: &str) {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        let done = match crate::DATABASE {
            Database::Sqlite => {
                let mut connection = SqliteConnection::connect(&self.database).await.expect("connects");
                sqlx::raw_sql(sql).execute(&mut connection).await.map(drop)
            }
            Database::Postgres => {
                let mut connection = PgConnection::connect(&self.database).await.expect("connects");
                sqlx::raw_sql(sql).execute(&mut connection).await.map(drop)
            }
        };
        done.expect("tampers");
    }

    /// What reaches every document.
    pub fn all(&self) -> Reach {
        let kinds = [
            "person",
            "record",
            "diary",
            "rewards",
            "activity",
            "rulings",
            "prescriptions",
            "reviews",
            "plain",
        ];
        let shared = ["catalog", "rules"];
        Reach {
            kinds: kinds.iter().chain(&shared).map(|&kind| kind.to_owned()).collect(),
            ..Reach::default()
        }
    }

    /// How much is stored: documents and the newest place.
    pub async fn stored(&self) -> (usize, u64) {
        let rows = self.app.store.changed_since(0, self.all()).await.expect("reads");
        (rows.rows.len(), rows.place)
    }
}

pub const PASSWORD: &str = "xiangyi-demo";

/// Argon2 is slow by intent, so all test accounts share one hash.
fn password_hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| hash_password(PASSWORD).expect("hashes")).clone()
}

pub fn status(answer: &str) -> u16 {
    let code = answer.split(' ').nth(1).expect("a status line");
    code.parse().expect("a status")
}
