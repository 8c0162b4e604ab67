//! A client that speaks automerge-repo's protocol without extensions: the same one at both servers.

use super::line::Line;
use super::server::Door;
use anyhow::{Context, Result, bail};
use automerge::sync::{Message as SyncMessage, State, SyncDoc};
use automerge::{Automerge, ChangeHash};
use std::collections::{BTreeMap, BTreeSet};
use sync::wire::Message;
use sync::{DocumentId, Heads, sorted};

/// A connected plain client with its documents in memory.
pub struct Plain {
    /// The socket.
    pub line: Line,
    name: String,
    server: String,
    documents: BTreeMap<DocumentId, (Automerge, State)>,
}

impl Plain {
    /// Connects and greets.
    pub async fn connect(door: &Door, account: usize) -> Result<Self> {
        Self::reconnect(door, account, BTreeMap::new()).await
    }

    async fn reconnect(
        door: &Door,
        account: usize,
        documents: BTreeMap<DocumentId, (Automerge, State)>,
    ) -> Result<Self> {
        let line = Line::open(door, account).await?;
        let name = format!("plain-{:016x}", rand::random::<u64>());
        let mut plain = Self { line, name: name.clone(), server: String::new(), documents };
        let join = Message::Join { sender: name, extended: false, versions: vec!["1".to_owned()] };
        plain.line.send(join.encode())?;
        match Message::decode(&plain.line.next().await?)? {
            Message::Peer { sender, .. } => plain.server = sender,
            other => bail!("not greeted: {other:?}"),
        }
        Ok(plain)
    }

    /// Says what there is to say about a document.
    fn talk(&mut self, id: DocumentId) -> Result<()> {
        let (document, state) = self.documents.get_mut(&id).context("no such document")?;
        let Some(message) = document.generate_sync_message(state) else {
            return Ok(());
        };
        let message = Message::Sync {
            sender: self.name.clone(),
            target: self.server.clone(),
            document: id,
            data: message.encode(),
            request: document.get_heads().is_empty(),
        };
        self.line.send(message.encode())
    }

    /// Takes one frame; returns the document it was about and the heads the server named.
    pub async fn step(&mut self) -> Result<Option<(DocumentId, Heads)>> {
        match Message::decode(&self.line.next().await?)? {
            Message::Sync { document: id, data, .. } => {
                let message = SyncMessage::decode(&data)?;
                let heads = message.heads.clone();
                let (document, state) = self.documents.get_mut(&id).context("an unknown document came")?;
                document.receive_sync_message(state, message)?;
                self.talk(id)?;
                Ok(Some((id, heads)))
            }
            Message::Unavailable { .. } => bail!("a document is not available"),
            Message::Error { message } => bail!("the server said: {message}"),
            _ => Ok(None),
        }
    }

    /// Brings documents; returns when the server has named the heads of each as its own.
    pub async fn bring(&mut self, documents: Vec<(DocumentId, Automerge)>) -> Result<()> {
        let mut open = BTreeMap::new();
        for (id, document) in documents {
            open.insert(id, document.get_heads());
            self.documents.insert(id, (document, State::new()));
            self.talk(id)?;
        }
        while !open.is_empty() {
            if let Some((id, named)) = self.step().await?
                && open.get(&id).is_some_and(|heads| heads.iter().all(|head| named.contains(head)))
            {
                open.remove(&id);
            }
        }
        Ok(())
    }

    /// Fetches documents; returns when each has the heads it is known to have.
    pub async fn fetch(&mut self, wanted: &[(DocumentId, Heads)]) -> Result<()> {
        for (id, _) in wanted {
            self.documents.entry(*id).or_default();
            self.talk(*id)?;
        }
        let mut open: BTreeMap<_, _> = wanted.iter().cloned().collect();
        while !open.is_empty() {
            if let Some((id, _)) = self.step().await?
                && open.get(&id).is_some_and(|heads| *heads == self.heads(&id))
            {
                open.remove(&id);
            }
        }
        Ok(())
    }

    /// Comes back on a fresh socket; returns when both ends know of each document that nothing changed.
    pub async fn come_back(self, door: &Door, account: usize) -> Result<Self> {
        let fresh = self.documents.into_iter().map(|(id, (document, _))| (id, (document, State::new())));
        let mut back = Self::reconnect(door, account, fresh.collect()).await?;
        let ids: Vec<DocumentId> = back.documents.keys().copied().collect();
        for id in &ids {
            back.talk(*id)?;
        }
        let mut open: BTreeSet<_> = ids.into_iter().collect();
        while !open.is_empty() {
            if let Some((id, named)) = back.step().await?
                && sorted(named) == back.heads(&id)
            {
                open.remove(&id);
            }
        }
        Ok(back)
    }

    /// Changes a document of this client and says so.
    pub fn edit(&mut self, id: DocumentId, of: impl FnOnce(&mut Automerge) -> Result<()>) -> Result<()> {
        let (document, _) = self.documents.get_mut(&id).context("no such document")?;
        of(document)?;
        self.talk(id)
    }

    /// Returns the heads of a document, sorted.
    pub fn heads(&self, id: &DocumentId) -> Heads {
        self.documents.get(id).map(|(document, _)| sorted(document.get_heads())).unwrap_or_default()
    }

    /// Returns how many changes a document has that do not stand before `heads`.
    pub fn changes_since(&self, id: &DocumentId, heads: &[ChangeHash]) -> usize {
        self.documents.get(id).map_or(0, |(document, _)| document.get_changes_meta(heads).len())
    }
}
