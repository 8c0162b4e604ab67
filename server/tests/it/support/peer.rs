use automerge::sync::{ChunkList, Message as Push, MessageVersion, State, SyncDoc};
use automerge::transaction::Transactable;
use automerge::{Author, Automerge, Change, ROOT};
use futures::{SinkExt, StreamExt};
use server::account::Account;
use std::time::Duration;
use sync::wire::{Durable, Message};
use sync::{About, DocumentId, Heads};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// One end of a socket that says whatever a test wants.
pub struct Peer {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub name: String,
    pub account: String,
    pub server: String,
}

/// What came back.
#[derive(Debug, PartialEq)]
pub enum Reply {
    Durable,
    Unavailable,
    Closed,
}

impl Peer {
    pub fn new(socket: WebSocketStream<MaybeTlsStream<TcpStream>>) -> Self {
        Self { socket, name: String::new(), account: String::new(), server: String::new() }
    }

    pub async fn join(&mut self, name: &str, extended: bool) {
        self.send_join(name, extended).await;
        match self.next().await {
            Some(Message::Peer { sender, .. }) => self.server = sender,
            other => panic!("not greeted: {other:?}"),
        }
    }

    pub async fn send_join(&mut self, name: &str, extended: bool) {
        self.name = name.to_owned();
        self.send(Message::Join { sender: name.to_owned(), extended, versions: vec!["1".to_owned()] }).await;
    }

    pub async fn send(&mut self, message: Message) {
        self.send_bytes(message.encode()).await;
    }

    pub async fn send_bytes(&mut self, bytes: Vec<u8>) {
        // A server that hung up is seen by what is read next.
        let _ = self.socket.send(tungstenite::Message::Binary(bytes.into())).await;
    }

    pub async fn next_bytes(&mut self) -> Option<Vec<u8>> {
        loop {
            let next = timeout(Duration::from_secs(10), self.socket.next()).await;
            match next.expect("an answer in time") {
                Some(Ok(tungstenite::Message::Binary(bytes))) => return Some(bytes.to_vec()),
                Some(Ok(tungstenite::Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The next frame; `None` when the server has closed.
    pub async fn next(&mut self) -> Option<Message> {
        let bytes = self.next_bytes().await?;
        Some(Message::decode(&bytes).expect("the server's frames read"))
    }

    /// The next frame that acknowledges, refuses, or ends.
    pub async fn reply(&mut self) -> Reply {
        loop {
            match self.next().await {
                Some(Message::Durable(_)) => return Reply::Durable,
                Some(Message::Unavailable { .. }) => return Reply::Unavailable,
                None => return Reply::Closed,
                Some(_) => {}
            }
        }
    }

    pub async fn durable(&mut self) -> Durable {
        loop {
            match self.next().await {
                Some(Message::Durable(durable)) => return durable,
                Some(_) => {}
                None => panic!("closed instead of an acknowledgement"),
            }
        }
    }

    pub async fn push(&mut self, id: DocumentId, changes: Vec<Change>, heads: Heads) {
        let name = self.name.clone();
        self.push_as(&name, id, changes, heads).await;
    }

    pub async fn push_as(&mut self, sender: &str, id: DocumentId, changes: Vec<Change>, heads: Heads) {
        let chunks: Vec<Vec<u8>> = changes.iter().map(|c| c.raw_bytes().to_vec()).collect();
        let message = Push {
            heads,
            need: Vec::new(),
            have: Vec::new(),
            changes: ChunkList::from(chunks),
            flags: None,
            version: MessageVersion::V1,
        };
        self.send(Message::Sync {
            sender: sender.to_owned(),
            target: self.server.clone(),
            document: id,
            data: message.encode(),
            request: false,
        })
        .await;
    }

    /// Announces and pushes a whole document, and waits for what becomes of it.
    pub async fn upload(&mut self, id: DocumentId, about: About, document: &Automerge) -> Reply {
        self.send(Message::Create { document: id, about }).await;
        self.push(id, document.get_changes(&[]), document.get_heads()).await;
        self.reply().await
    }

    pub async fn want(&mut self, id: DocumentId, heads: Heads) -> Option<Message> {
        let documents = vec![(id, heads)];
        self.send(Message::Want { documents }).await;
        self.next().await
    }

    /// Asks as a plain client does that has nothing.
    pub async fn request(&mut self, id: DocumentId) -> Option<Message> {
        let mut state = State::new();
        let empty = Automerge::new();
        let message = empty.generate_sync_message(&mut state).expect("a message");
        self.send(Message::Sync {
            sender: self.name.clone(),
            target: self.server.clone(),
            document: id,
            data: message.encode(),
            request: true,
        })
        .await;
        self.next().await
    }

    /// The list of documents since the beginning.
    pub async fn list(&mut self) -> Vec<DocumentId> {
        self.send(Message::Since { cursor: None }).await;
        match self.next().await {
            Some(Message::Changed(changed)) => changed.entries.into_iter().map(|e| e.document).collect(),
            other => panic!("no list: {other:?}"),
        }
    }
}

pub fn id(n: u8) -> DocumentId {
    DocumentId::new([n; 16])
}

pub fn about(kind: &str, subject: &str, team: &str) -> About {
    About { kind: kind.into(), subject: subject.into(), team: team.into(), institution: String::new() }
}

/// An empty document that the account writes.
pub fn document(account: &str) -> Automerge {
    let account = Account {
        name: account.into(),
        role: String::new(),
        institution: String::new(),
        team: String::new(),
        residents: Vec::new(),
    };
    Automerge::new().with_author(Some(Author::from(account.author())))
}

pub fn put(document: &mut Automerge, key: &str) {
    document.transact(|tx| tx.put(ROOT, key, true)).expect("writes");
}
