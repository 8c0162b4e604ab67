//! The device's end: what to send, what to store, what is safe.
//!
//! Downloads travel as bundle pieces that the device appends to its store without opening a document;
//! uploads travel as automerge sync messages. So no sync state is kept for any document, and only the few
//! documents that are being uploaded are ever asked for.

mod download;
mod upload;

use crate::id::{About, Cursor, DocumentId, Heads, sorted};
use crate::wire::Message;
use automerge::Automerge;
use download::Downloads;
use std::collections::BTreeMap;
use upload::Uploads;

/// What the device has on disk when it starts.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// A name for this tab, random, never reused by another session.
    pub peer: String,
    /// The last [`Effect::Cursor`] that was persisted.
    pub cursor: Option<Cursor>,
    /// The server's heads of every stored document: those of the last [`Received`] or [`Effect::Durable`].
    pub held: Vec<(DocumentId, Heads)>,
    /// Documents with local changes that are not durable yet.
    pub outbox: Vec<Outgoing>,
    /// Kinds in the order in which a first sync should fetch them; others follow.
    pub kinds: Vec<String>,
}

/// A document with changes that are not known to be safe on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Which document.
    pub id: DocumentId,
    /// Its heads after the last local change. A later download does not alter them.
    pub heads: Heads,
    /// Its row, announced when the server does not know the document.
    pub about: About,
}

/// What happened to the device.
#[derive(Debug)]
pub enum Event<'a> {
    /// The socket is open.
    Opened,
    /// A binary frame came in.
    Frame(&'a [u8]),
    /// The socket is gone.
    Closed,
    /// The answer to [`Effect::Load`], with everything stored and written so far; `None` when there is no such document.
    Loaded {
        /// Which document.
        id: DocumentId,
        /// The document.
        document: Option<&'a Automerge>,
    },
    /// A local change is on the device's disk.
    Changed(Outgoing),
    /// A [`Effect::Store`] of this document is on the device's disk.
    Stored {
        /// Which document.
        id: DocumentId,
    },
    /// The answer to [`Effect::Offer`]: the document's row, and its heads here; none if it is not here.
    Offered(Outgoing),
    /// Fetch these documents before all others.
    Prefer(Vec<DocumentId>),
}

/// What the device must do, in this order.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send this binary frame.
    Send(Vec<u8>),
    /// Close the socket and open it again later: the other end broke the protocol or does not speak ours.
    Close,
    /// Answer with [`Event::Loaded`].
    Load(DocumentId),
    /// Append to the document, persist, answer with [`Event::Stored`].
    Store(Received),
    /// The document's changes up to `heads` are safe on the server.
    Durable {
        /// Which document.
        id: DocumentId,
        /// The [`Outgoing::heads`] that are safe; if the outbox holds others by now, the document stays in it.
        heads: Heads,
        /// The server's heads, to be persisted for [`Setup::held`], after every earlier [`Effect::Store`] of the document.
        server: Heads,
    },
    /// The server does not take this document's changes (now); it stays in the outbox and is tried again on the next connection.
    Refused {
        /// Which document.
        id: DocumentId,
    },
    /// What this account may not change (any more) is on stable storage, for a person to decide on; it leaves the outbox like
    /// what is durable.
    Submitted {
        /// Which document.
        id: DocumentId,
        /// The [`Outgoing::heads`] that are kept; if the outbox holds others by now, the document stays in it.
        heads: Heads,
    },
    /// The account may no longer read this document.
    Denied {
        /// Which document.
        id: DocumentId,
    },
    /// The document was erased.
    Gone {
        /// Which document.
        id: DocumentId,
    },
    /// The server has begun another life and may have lost something of this document; answer with [`Event::Offered`]. No
    /// document need be opened for that, and nothing is to be kept: what the server does not take is offered to its next life.
    Offer(DocumentId),
    /// How far fetching has come on this connection.
    Progress {
        /// Documents received.
        received: usize,
        /// Documents received and still to come.
        total: usize,
    },
    /// Persist this for [`Setup::cursor`]; everything before it is stored.
    Cursor(Cursor),
    /// Everything the server had is stored; said once a connection.
    CaughtUp,
}

/// New content of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Which document.
    pub id: DocumentId,
    /// Its row.
    pub about: About,
    /// Whether `data` is the whole document rather than an addition to what is held. Local changes stay either way.
    pub whole: bool,
    /// Bytes for `Automerge::load_incremental`.
    pub data: Vec<u8>,
    /// The server's heads after it, to be persisted with the data for [`Setup::held`].
    pub heads: Heads,
}

/// The device's state machine.
#[derive(Debug)]
pub struct Client {
    peer: String,
    link: Link,
    /// The server's heads as this device received them.
    held: BTreeMap<DocumentId, Heads>,
    downloads: Downloads,
    uploads: Uploads,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Link {
    Closed,
    Greeting,
    Open { server: String },
}

impl Client {
    /// Starts from what is on disk; nothing happens before [`Event::Opened`].
    pub fn new(setup: Setup) -> Self {
        Self {
            peer: setup.peer,
            link: Link::Closed,
            held: setup.held.into_iter().map(|(id, heads)| (id, sorted(heads))).collect(),
            downloads: Downloads::new(setup.cursor, setup.kinds),
            uploads: Uploads::new(setup.outbox),
        }
    }

    /// Returns the documents whose changes are not known to be safe on the server.
    pub fn pending(&self) -> impl Iterator<Item = &Outgoing> {
        self.uploads.outbox()
    }

    /// Tells whether a server has greeted this device and the socket is open.
    pub fn is_online(&self) -> bool {
        matches!(self.link, Link::Open { .. })
    }

    /// Takes what happened and returns what to do about it.
    pub fn handle(&mut self, event: Event<'_>) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Opened => self.opened(&mut effects),
            Event::Closed => self.closed(),
            Event::Frame(bytes) => match Message::decode(bytes) {
                Ok(message) => self.message(message, &mut effects),
                Err(_) => effects.push(Effect::Close),
            },
            Event::Loaded { id, document } => self.loaded(id, document, &mut effects),
            Event::Changed(outgoing) => self.uploads.changed(outgoing),
            Event::Offered(outgoing) => self.uploads.offered(outgoing),
            Event::Stored { id } => self.downloads.stored(id),
            Event::Prefer(ids) => self.downloads.prefer(ids),
        }
        if self.is_online() {
            self.uploads.pump(&mut effects);
            let has = self.downloads.reborn(&self.held);
            self.uploads.offer(has, &mut effects);
            self.downloads.pump(&self.held, self.uploads.is_offering(), &mut effects);
        }
        effects
    }

    fn opened(&mut self, effects: &mut Vec<Effect>) {
        self.closed();
        self.link = Link::Greeting;
        send(
            effects,
            Message::Join { sender: self.peer.clone(), extended: true, versions: vec!["1".to_owned()] },
        );
    }

    fn closed(&mut self) {
        self.link = Link::Closed;
        self.downloads.closed();
        self.uploads.closed();
    }

    fn message(&mut self, message: Message, effects: &mut Vec<Effect>) {
        match (&self.link, message) {
            (Link::Greeting, Message::Peer { sender, extended: true, .. }) => {
                self.link = Link::Open { server: sender };
                self.downloads.ask(effects);
            }
            (Link::Open { .. }, message) => self.open_message(message, effects),
            (Link::Closed, _) => {}
            (Link::Greeting, _) => effects.push(Effect::Close),
        }
    }

    fn open_message(&mut self, message: Message, effects: &mut Vec<Effect>) {
        match message {
            Message::Changed(changed) => self.downloads.changed(changed, &self.held, effects),
            Message::Bundle { pieces } => {
                for piece in pieces {
                    self.downloads.piece(piece, &mut self.held, effects);
                }
            }
            Message::Durable(durable) => {
                if let Some(step) = &durable.step {
                    self.downloads.step(durable.document, step, &mut self.held, effects);
                }
                let server = self.held.get(&durable.document).cloned();
                self.uploads.durable(durable, server, effects);
            }
            Message::Sync { document, data, .. } => {
                self.uploads.behind(document, &data, &mut self.held, effects);
            }
            // What is over a limit is no question of rights.
            Message::Unavailable { document, reason: Some(_), .. } => self.uploads.refused(document, effects),
            Message::Unavailable { document, .. } => {
                self.downloads.forget(document);
                self.uploads.unknown(document, &mut self.held, effects);
            }
            // What is unsent is handed in first: the document cannot be read any more afterwards.
            Message::Denied { document } => {
                self.downloads.forget(document);
                if !self.uploads.submit(document, effects) {
                    self.held.remove(&document);
                    effects.push(Effect::Denied { id: document });
                }
            }
            Message::Gone { document } => {
                self.drop_document(document);
                effects.push(Effect::Gone { id: document });
            }
            Message::Error { .. } | Message::Leave { .. } => effects.push(Effect::Close),
            _ => {}
        }
    }

    fn drop_document(&mut self, id: DocumentId) {
        self.downloads.forget(id);
        self.uploads.forget(id);
        self.held.remove(&id);
    }

    fn loaded(&mut self, id: DocumentId, document: Option<&Automerge>, effects: &mut Vec<Effect>) {
        let Link::Open { server } = &self.link else {
            return;
        };
        let names = upload::Names { sender: &self.peer, target: server };
        let held = self.held.get(&id);
        self.uploads.loaded(id, document, held, names, effects);
    }
}

fn send(effects: &mut Vec<Effect>, message: Message) {
    effects.push(Effect::Send(message.encode()));
}
