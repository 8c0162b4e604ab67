//! A device without a screen: signs in, keeps documents in memory, writes, waits until all is durable.
//!
//! ```ignore
//! let account = client::sign_in("http://127.0.0.1:8080", "doctor1", "xiangyi-demo").await?;
//! let mut device = client::Device::connect(account).await?;   // downloads what the account may read
//! device.settle().await?;                                     // … until it is all here
//! let document = device.fresh();                              // or device.document(&id)
//! // … write into it with the domain's verbs, then:
//! device.put(id, about, document).await?;                     // as many as you like; sent while you go on
//! device.settle().await?;                                     // everything durable, everything received
//! ```

use anyhow::{Context, Result, bail};
use automerge::{Author, Automerge};
use futures::{SinkExt, StreamExt};
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use sync::{About, Client, DocumentId, Effect, Event, Heads, Outgoing, Setup};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Who is signed in, and where.
#[derive(Debug, Clone)]
pub struct Account {
    host: String,
    cookie: String,
    /// The author bytes of the account's changes.
    pub author: Vec<u8>,
}

impl Account {
    /// Returns the same session at another address of the same server.
    pub fn at(&self, url: &str) -> Self {
        let host = url.trim_start_matches("http://").trim_end_matches('/');
        Self { host: host.to_owned(), ..self.clone() }
    }
}

/// Signs in at a server's `http://ADDR`.
pub async fn sign_in(url: &str, account: &str, password: &str) -> Result<Account> {
    let host =
        url.strip_prefix("http://").context("an http:// URL is expected")?.trim_end_matches('/').to_owned();
    let body = serde_json::json!({ "account": account, "password": password }).to_string();
    let (head, _) = http(&host, "POST", "", &body).await?;
    if !head.starts_with("HTTP/1.1 204") {
        bail!("signing in as {account}: {}", head.lines().next().unwrap_or_default());
    }
    let line = |line: &&str| line.to_ascii_lowercase().starts_with("set-cookie:");
    let cookie = head.lines().find(line).context("no cookie")?;
    let cookie = cookie.split([':', ';']).nth(1).context("no cookie")?.trim();
    let (_, shown) = http(&host, "GET", cookie, "").await?;
    let session: Value = serde_json::from_str(&shown)?;
    let author = hex::decode(session.get("author").and_then(Value::as_str).context("no author")?)?;
    Ok(Account { host, cookie: cookie.to_owned(), author })
}

async fn http(host: &str, method: &str, cookie: &str, body: &str) -> Result<(String, String)> {
    let mut stream = TcpStream::connect(host).await?;
    let length = body.len();
    let request = format!(
        "{method} /api/session HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nCookie: {cookie}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").context("no HTTP answer")?;
    Ok((head.to_owned(), body.to_owned()))
}

/// Opens the socket of a signed-in account; small frames leave at once, as a browser sends them.
pub async fn open_socket(account: &Account) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>> {
    let mut request = format!("ws://{}/sync", account.host).into_client_request()?;
    let cookie = HeaderValue::from_str(&account.cookie)?;
    request.headers_mut().insert("cookie", cookie);
    let (socket, _) = tokio_tungstenite::connect_async_with_config(request, None, true).await?;
    Ok(socket)
}

/// A device whose disk is its memory.
pub struct Device {
    account: Account,
    client: Client,
    socket: Option<WebSocketStream<MaybeTlsStream<TcpStream>>>,
    documents: BTreeMap<DocumentId, (About, Automerge)>,
    caught_up: bool,
    /// What the server said is safe, in order.
    pub durable: Vec<(DocumentId, Heads)>,
    /// Documents whose changes the server did not take.
    pub refused: Vec<DocumentId>,
}

impl Device {
    /// Makes an empty device for an account and connects it.
    pub async fn connect(account: Account) -> Result<Self> {
        let peer = format!("xtask-{:016x}", rand::random::<u64>());
        let mut device = Self {
            account,
            client: Client::new(Setup { peer, ..Setup::default() }),
            socket: None,
            documents: BTreeMap::new(),
            caught_up: false,
            durable: Vec::new(),
            refused: Vec::new(),
        };
        device.reconnect().await?;
        Ok(device)
    }

    /// Opens the socket (again).
    pub async fn reconnect(&mut self) -> Result<()> {
        self.socket = None;
        self.client.handle(Event::Closed);
        self.socket = Some(open_socket(&self.account).await?);
        self.caught_up = false;
        let effects = self.client.handle(Event::Opened);
        self.perform(effects).await
    }

    /// Opens the socket at another server of the same database.
    pub async fn move_to(&mut self, url: &str) -> Result<()> {
        self.account = self.account.at(url);
        self.reconnect().await
    }

    /// Returns an empty document whose changes carry the account's author.
    pub fn fresh(&self) -> Automerge {
        Automerge::new().with_author(Some(Author::from(self.account.author.clone())))
    }

    /// Returns a document as it is here, ready to be written to.
    pub fn document(&self, id: &DocumentId) -> Option<Automerge> {
        let (_, document) = self.documents.get(id)?;
        let author = Author::from(self.account.author.clone());
        Some(document.clone().with_author(Some(author)))
    }

    /// Keeps a document with local changes and sends them.
    pub async fn put(&mut self, id: DocumentId, about: About, document: Automerge) -> Result<()> {
        let heads = document.get_heads();
        self.documents.insert(id, (about.clone(), document));
        let effects = self.client.handle(Event::Changed(Outgoing { id, heads, about }));
        self.perform(effects).await
    }

    /// Waits until every change is durable and everything the server has is here.
    pub async fn settle(&mut self) -> Result<()> {
        while !self.caught_up || self.client.pending().any(|o| !self.refused.contains(&o.id)) {
            self.step().await?;
        }
        Ok(())
    }

    /// Waits for one frame and does what follows from it; an error means that the socket is gone.
    pub async fn step(&mut self) -> Result<()> {
        let socket = self.socket.as_mut().context("not connected")?;
        let message = socket.next().await.context("the server closed the socket");
        match message.and_then(|m| Ok(m?)) {
            Ok(Message::Binary(frame)) => {
                let effects = self.client.handle(Event::Frame(&frame));
                self.perform(effects).await
            }
            Ok(_) => Ok(()),
            Err(error) => {
                self.socket = None;
                self.client.handle(Event::Closed);
                Err(error)
            }
        }
    }

    async fn perform(&mut self, effects: Vec<Effect>) -> Result<()> {
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::Send(frame) => {
                    let socket = self.socket.as_mut().context("not connected")?;
                    socket.send(Message::Binary(frame.into())).await?;
                }
                Effect::Close => bail!("the server broke the protocol"),
                Effect::Load(id) => {
                    let document = self.documents.get(&id).map(|(_, document)| document);
                    queue.extend(self.client.handle(Event::Loaded { id, document }));
                }
                Effect::Store(received) => {
                    let id = received.id;
                    let entry = self.documents.entry(id).or_default();
                    entry.0 = received.about;
                    entry.1.load_incremental(&received.data)?;
                    queue.extend(self.client.handle(Event::Stored { id }));
                }
                Effect::Durable { id, heads, .. } => self.durable.push((id, heads)),
                // What is handed in for a person to decide on was not taken.
                Effect::Refused { id } | Effect::Submitted { id, .. } => self.refused.push(id),
                Effect::CaughtUp => self.caught_up = true,
                Effect::Denied { id } | Effect::Gone { id } => {
                    self.documents.remove(&id);
                }
                Effect::Offer(id) => {
                    let here = self.documents.get(&id);
                    let heads = here.map(|(_, document)| document.get_heads()).unwrap_or_default();
                    let about = here.map(|(about, _)| about.clone()).unwrap_or_default();
                    queue.extend(self.client.handle(Event::Offered(Outgoing { id, heads, about })));
                }
                Effect::Cursor(_) | Effect::Progress { .. } => {}
            }
        }
        Ok(())
    }
}
