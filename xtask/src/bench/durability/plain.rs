//! A client that speaks automerge-repo's protocol without extensions. The server's heads acknowledge.

use super::ledger::Ledger;
use super::target::Running;
use crate::client::{self, Account};
use anyhow::{Context, Result, bail};
use automerge::Automerge;
use automerge::sync::{State, SyncDoc};
use futures::{SinkExt, StreamExt};
use std::collections::BTreeMap;
use sync::DocumentId;
use sync::wire::Message;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A connected plain client.
pub struct Plain {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    name: String,
    server: String,
    documents: BTreeMap<DocumentId, (Automerge, State)>,
}

impl Plain {
    /// Connects, with an account at our server, without one at automerge-repo's.
    pub async fn connect(account: Option<&Account>, running: &Running) -> Result<Self> {
        let socket = match account {
            Some(account) => client::open_socket(account).await?,
            None => connect_async(running.url.replace("http", "ws")).await?.0,
        };
        let name = format!("plain-{:016x}", rand::random::<u64>());
        let mut plain =
            Self { socket, name: name.clone(), server: String::new(), documents: BTreeMap::new() };
        plain.send(Message::Join { sender: name, extended: false, versions: vec!["1".to_owned()] }).await?;
        match plain.next().await? {
            Message::Peer { sender, .. } => plain.server = sender,
            other => bail!("not greeted: {other:?}"),
        }
        Ok(plain)
    }

    async fn send(&mut self, message: Message) -> Result<()> {
        Ok(self.socket.send(Frame::Binary(message.encode().into())).await?)
    }

    async fn next(&mut self) -> Result<Message> {
        loop {
            match self.socket.next().await.context("closed")?? {
                Frame::Binary(bytes) => return Ok(Message::decode(&bytes)?),
                Frame::Close(_) => bail!("closed"),
                _ => {}
            }
        }
    }

    /// Writes into a document of this client.
    pub async fn write(
        &mut self,
        id: DocumentId,
        ledger: &mut Ledger,
        write: impl FnOnce(&mut Automerge) -> Result<()>,
    ) -> Result<()> {
        let (document, _) = self.documents.entry(id).or_default();
        write(document)?;
        let head = document.get_heads().first().copied();
        ledger.wrote(id, head.context("no change")?);
        self.talk(id).await
    }

    /// Says what there is to say about a document.
    async fn talk(&mut self, id: DocumentId) -> Result<()> {
        let Some((document, state)) = self.documents.get_mut(&id) else {
            return Ok(());
        };
        let Some(message) = document.generate_sync_message(state) else {
            return Ok(());
        };
        let request = document.get_heads().is_empty();
        let message = Message::Sync {
            sender: self.name.clone(),
            target: self.server.clone(),
            document: id,
            data: message.encode(),
            request,
        };
        self.send(message).await
    }

    /// Takes one frame; returns the document it was about and whether the server has it.
    pub async fn step(&mut self, ledger: &mut Ledger) -> Result<Option<(DocumentId, bool)>> {
        match self.next().await? {
            Message::Sync { document: id, data, .. } => {
                let message = automerge::sync::Message::decode(&data)?;
                ledger.acknowledge(id, &message.heads);
                if let Some((document, state)) = self.documents.get_mut(&id) {
                    document.receive_sync_message(state, message)?;
                    self.talk(id).await?;
                }
                Ok(Some((id, true)))
            }
            Message::Unavailable { document, .. } => Ok(Some((document, false))),
            _ => Ok(None),
        }
    }

    /// Fetches a document; `None` when the server does not have it.
    pub async fn fetch(&mut self, id: DocumentId) -> Result<Option<&Automerge>> {
        self.documents.insert(id, Default::default());
        self.talk(id).await?;
        let mut nothing = Ledger::default();
        loop {
            match self.step(&mut nothing).await? {
                Some((about, false)) if about == id => return Ok(None),
                Some((about, true)) if about == id => {
                    let (document, state) = self.documents.get(&id).context("fetched")?;
                    let theirs = state.their_heads.clone().unwrap_or_default();
                    if !theirs.is_empty() && theirs == document.get_heads() {
                        break;
                    }
                }
                _ => {}
            }
        }
        Ok(self.documents.get(&id).map(|(document, _)| document))
    }
}
