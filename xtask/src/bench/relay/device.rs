//! A device that speaks our extensions: the app's own state machine, with memory for a disk.
//!
//! As in the app, what comes down is appended as bytes; only a document that is written to is opened.

use super::line::Line;
use super::server::Door;
use anyhow::{Context, Result, bail};
use automerge::{Automerge, ChangeHash};
use std::collections::{BTreeMap, VecDeque};
use sync::{About, Client, DocumentId, Effect, Event, Heads, Outgoing, Setup, sorted};

/// A connected device.
pub struct Device {
    /// The socket.
    pub line: Line,
    client: Client,
    disk: BTreeMap<DocumentId, Vec<u8>>,
    open: BTreeMap<DocumentId, Automerge>,
    caught_up: bool,
}

impl Device {
    /// Connects an empty device, which asks for everything it may read.
    pub async fn connect(door: &Door, account: usize) -> Result<Self> {
        let peer = format!("device-{:016x}", rand::random::<u64>());
        let mut device = Self {
            line: Line::open(door, account).await?,
            client: Client::new(Setup { peer, ..Setup::default() }),
            disk: BTreeMap::new(),
            open: BTreeMap::new(),
            caught_up: false,
        };
        device.handle(Event::Opened)?;
        Ok(device)
    }

    /// Comes back on a fresh socket; returns when everything the server has is here.
    pub async fn come_back(mut self, door: &Door, account: usize) -> Result<Self> {
        self.line = Line::open(door, account).await?;
        self.caught_up = false;
        self.handle(Event::Closed)?;
        self.handle(Event::Opened)?;
        self.settle().await?;
        Ok(self)
    }

    /// Puts new documents into the outbox; returns when they are durable.
    pub async fn bring(&mut self, documents: Vec<(DocumentId, Automerge)>) -> Result<()> {
        for (id, document) in documents {
            self.open.insert(id, document);
            self.changed(id)?;
        }
        self.settle().await
    }

    /// Changes an open document and sends the change.
    pub fn edit(&mut self, id: DocumentId, of: impl FnOnce(&mut Automerge) -> Result<()>) -> Result<()> {
        of(self.open.get_mut(&id).context("no such document")?)?;
        self.changed(id)
    }

    fn changed(&mut self, id: DocumentId) -> Result<()> {
        let heads = self.open.get(&id).context("no such document")?.get_heads();
        let about = About { kind: "plain".to_owned(), ..About::default() };
        self.handle(Event::Changed(Outgoing { id, heads, about }))
    }

    /// Opens a document that lies on the disk, to look at it or to write.
    pub fn open(&mut self, id: DocumentId) -> Result<()> {
        let mut document = Automerge::new();
        document.load_incremental(self.disk.get(&id).context("the document did not arrive")?)?;
        self.open.insert(id, document);
        Ok(())
    }

    /// Waits until everything is durable and everything the server has is here.
    pub async fn settle(&mut self) -> Result<()> {
        while !self.caught_up || self.client.pending().next().is_some() {
            self.step().await?;
        }
        Ok(())
    }

    /// Takes one frame.
    pub async fn step(&mut self) -> Result<()> {
        let frame = self.line.next().await?;
        self.handle(Event::Frame(&frame))
    }

    fn handle(&mut self, event: Event<'_>) -> Result<()> {
        let mut queue = VecDeque::from(self.client.handle(event));
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::Send(frame) => self.line.send(frame)?,
                Effect::Load(id) => {
                    let document = self.open.get(&id);
                    queue.extend(self.client.handle(Event::Loaded { id, document }));
                }
                Effect::Store(received) => {
                    let id = received.id;
                    if let Some(document) = self.open.get_mut(&id) {
                        document.load_incremental(&received.data)?;
                    }
                    self.disk.entry(id).or_default().extend(received.data);
                    queue.extend(self.client.handle(Event::Stored { id }));
                }
                Effect::CaughtUp => self.caught_up = true,
                Effect::Close => bail!("the server broke the protocol"),
                Effect::Refused { .. } | Effect::Submitted { .. } => bail!("the server refused a document"),
                Effect::Denied { .. } | Effect::Gone { .. } => bail!("a document was taken away"),
                Effect::Offer(_) => bail!("the server has begun another life"),
                Effect::Durable { .. } | Effect::Cursor(_) | Effect::Progress { .. } => {}
            }
        }
        Ok(())
    }

    /// Fails unless the documents lie here with just these heads.
    pub fn check(&mut self, wanted: &[(DocumentId, Heads)]) -> Result<()> {
        for (id, heads) in wanted {
            self.open(*id)?;
            if self.heads(id) != *heads {
                bail!("a document arrived with other heads");
            }
        }
        Ok(())
    }

    /// Returns the heads of an open document, sorted.
    pub fn heads(&self, id: &DocumentId) -> Heads {
        self.open.get(id).map(|document| sorted(document.get_heads())).unwrap_or_default()
    }

    /// Returns how many changes an open document has that do not stand before `heads`.
    pub fn changes_since(&self, id: &DocumentId, heads: &[ChangeHash]) -> usize {
        self.open.get(id).map_or(0, |document| document.get_changes_meta(heads).len())
    }
}
