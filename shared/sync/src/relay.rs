//! The server's end of one socket.
//!
//! A [`Session`] reads frames and says what to do ([`Effect`]); the server does it and says what came of it
//! ([`Input`]). Every document it looks at is a [`View`] that the server made under the document's lock,
//! with the rights of this moment. Changes leave as [`Effect::Commit`]; an answer that makes the other end
//! believe them safe leaves only after [`Input::Committed`].

mod list;
mod plain;
mod push;
mod submit;

use crate::authorship::{Actors, Refusal, Replica};
use crate::id::{About, Cursor, DocumentId, Heads};
use crate::wire::{Entry, MAX_FRAME, Message, Piece};
use automerge::{Automerge, Change, ChangeHash};
pub use submit::admit;

use plain::Peer;
use std::collections::{BTreeMap, BTreeSet};

/// The most documents announced by `create` that have no content yet, for one socket.
const MAX_CREATES: usize = 1_000;
/// The most bytes a document may have; a whole one must fit into what a plain client takes at once.
pub const MAX_DOCUMENT: usize = 24 * 1024 * 1024;
/// The most bytes of changes that wait, in all documents of one socket, for what they build on.
const MAX_WAITING: usize = 16 * 1024 * 1024;

/// What the session's account may do with one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights {
    /// Whether it may see it.
    pub read: bool,
    /// Whether it may change it.
    pub write: bool,
}

/// A document as one session sees it at one moment.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What is committed, if anything is.
    pub replica: Option<&'a Replica>,
    /// The row a new document would get; `None` when the account may not create it.
    pub new: Option<&'a About>,
    /// The rights, to the document that exists or that would be made.
    pub rights: Rights,
    /// Changes of this kind that anyone may bring.
    pub frozen: &'a BTreeSet<ChangeHash>,
    /// Whether the document is of kind plain.
    pub plain: bool,
}

/// What happened.
#[derive(Debug)]
pub enum Input<'a> {
    /// A binary frame came in.
    Frame(&'a [u8]),
    /// The answer to [`Effect::Claim`].
    Claimed(bool),
    /// The answer to [`Effect::Open`].
    Opened {
        /// Which document.
        id: DocumentId,
        /// What for.
        errand: Errand,
        /// The document, as it is now.
        view: View<'a>,
    },
    /// An answer to [`Effect::Open`] for [`Errand::Want`] without heads: the document as it is stored, which this
    /// session may read.
    Packed {
        /// The whole document.
        piece: Piece,
        /// As in the errand.
        last: bool,
    },
    /// The answer to [`Effect::List`].
    Listed(Listed),
    /// The answer to [`Effect::Keep`].
    Kept {
        /// Which document.
        id: DocumentId,
        /// The heads that the submission led to.
        heads: Heads,
        /// Whether it is kept.
        kept: bool,
    },
    /// Something was committed, in the order of places.
    Committed {
        /// What.
        commit: &'a Committed,
        /// Whether this session's changes were in it.
        own: bool,
        /// Whether this session may read the document.
        readable: bool,
    },
}

/// The documents that changed since a place and that the account may read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listed {
    /// The life of the store.
    pub epoch: String,
    /// The place the list starts after; 0 when the device named another epoch or none.
    pub after: u64,
    /// The place the list reaches.
    pub place: u64,
    /// The documents.
    pub entries: Vec<Entry>,
    /// Documents that the account could read and may not any more.
    pub denied: Vec<DocumentId>,
    /// Documents that the account could read and that were erased.
    pub gone: Vec<DocumentId>,
}

/// What the server must do, in this order.
#[derive(Debug)]
pub enum Effect {
    /// Send this frame.
    Send(Vec<u8>),
    /// Close the socket after what was sent.
    Close,
    /// Reserve this peer name for the session; answer with [`Input::Claimed`].
    Claim(String),
    /// Look at a document; answer with [`Input::Opened`].
    Open {
        /// Which document.
        id: DocumentId,
        /// To be handed back.
        errand: Errand,
        /// What `create` said of it, on this socket.
        announced: Option<About>,
    },
    /// List what changed since; answer with [`Input::Listed`].
    List(Option<Cursor>),
    /// Put this on stable storage; everyone hears of it by [`Input::Committed`].
    Commit(Box<Commit>),
    /// Keep this for a person to decide on; answer with [`Input::Kept`].
    Keep(Box<Submission>),
    /// Count a refusal.
    Refused(Refusal),
}

/// Why a document was opened.
#[derive(Debug, Clone)]
pub enum Errand {
    /// A sync message came in.
    Sync {
        /// The message.
        data: Vec<u8>,
        /// Whether it was a `request`.
        request: bool,
    },
    /// The device hands in changes that a person has to decide on.
    Submit {
        /// The row, as the device knows it.
        about: About,
        /// The message.
        data: Vec<u8>,
    },
    /// The device asked for it.
    Want {
        /// What it has.
        heads: Heads,
        /// Whether the collected pieces should be sent after it.
        last: bool,
    },
    /// A plain client has it open and it changed.
    Refresh,
    /// The account's rights to it have changed.
    Access {
        /// Where that stands in the sequence.
        place: u64,
    },
}

impl Errand {
    /// Returns how many bytes have to be read for it.
    pub fn size(&self) -> usize {
        match self {
            Self::Sync { data, .. } | Self::Submit { data, .. } => data.len(),
            _ => 0,
        }
    }
}

/// Changes to be committed.
#[derive(Debug)]
pub struct Commit {
    /// Which document.
    pub id: DocumentId,
    /// Its row, if the document is new.
    pub new: Option<About>,
    /// The document with the changes.
    pub document: Automerge,
    /// The changes.
    pub changes: Vec<Change>,
    /// Actors that become the account's, or that of whom they are given back for.
    pub bound: Actors,
    /// Whether other people's changes are among them.
    pub given_back: bool,
    /// The heads before.
    pub since: Heads,
    /// The heads after.
    pub heads: Heads,
    /// The sender's heads that are safe with this commit.
    pub acknowledged: Heads,
}

/// Changes that somebody may not make, as they were handed in.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// Which document; it need not exist.
    pub id: DocumentId,
    /// Its row, as the device knows it.
    pub about: About,
    /// The message.
    pub data: Vec<u8>,
    /// How many changes there are in it.
    pub changes: usize,
    /// The heads they lead to.
    pub heads: Heads,
}

/// What was committed.
#[derive(Debug, Clone)]
pub struct Committed {
    /// Where it stands in the sequence.
    pub place: u64,
    /// Which document.
    pub id: DocumentId,
    /// Its row.
    pub about: About,
    /// The account that created it.
    pub creator: String,
    /// The heads before.
    pub since: Heads,
    /// The heads after.
    pub heads: Heads,
    /// The sender's heads that are safe with it.
    pub acknowledged: Heads,
    /// The changes, joined.
    pub data: Vec<u8>,
}

/// The server's state of one socket.
#[derive(Debug)]
pub struct Session {
    server: String,
    author: Vec<u8>,
    peer: Option<String>,
    greeted: bool,
    extended: bool,
    /// Announced by `create`, no content yet.
    announced: BTreeMap<DocumentId, About>,
    /// The last place this socket was told, once it follows the sequence.
    told: Option<u64>,
    /// Pieces that wait for the rest of their frame.
    pieces: Vec<Piece>,
    /// What a plain client has open.
    open: BTreeMap<DocumentId, Peer>,
    /// Whether other people's changes are taken.
    giving_back: bool,
}

impl Session {
    /// Starts the server's end of a fresh socket for the account with these author bytes.
    pub fn new(server: String, author: Vec<u8>) -> Self {
        Self {
            server,
            author,
            peer: None,
            greeted: false,
            extended: false,
            announced: BTreeMap::new(),
            told: None,
            pieces: Vec::new(),
            open: BTreeMap::new(),
            giving_back: false,
        }
    }

    /// Says whether devices may give back other people's changes, as after a restore.
    pub fn give_back(&mut self, giving_back: bool) {
        self.giving_back = giving_back;
    }

    /// Takes what happened and returns what to do about it.
    pub fn handle(&mut self, input: Input<'_>) -> Vec<Effect> {
        let mut effects = Vec::new();
        match input {
            Input::Frame(bytes) => match Message::decode(bytes) {
                Ok(message) => self.message(message, &mut effects),
                Err(_) => refuse_all(Refusal::Frame, &mut effects),
            },
            Input::Claimed(granted) => self.claimed(granted, &mut effects),
            Input::Opened { id, errand, view } => match errand {
                Errand::Sync { data, request } => {
                    self.sync(id, &data, request, view, &mut effects);
                }
                Errand::Submit { about, data } => self.submitted(id, about, data, view, &mut effects),
                Errand::Want { heads, last } => self.wanted(id, &heads, last, view, &mut effects),
                Errand::Refresh => self.refresh(id, view, &mut effects),
                Errand::Access { place } => self.accessed(id, place, view, &mut effects),
            },
            Input::Kept { id, heads, kept } if kept => submit::kept(id, heads, &mut effects),
            Input::Kept { id, .. } => self.unavailable(id, &mut effects),
            Input::Packed { piece, last } => self.packed(piece, last, &mut effects),
            Input::Listed(listed) => self.listed(listed, &mut effects),
            Input::Committed { commit, own, readable } => self.committed(commit, own, readable, &mut effects),
        }
        effects
    }

    fn message(&mut self, message: Message, effects: &mut Vec<Effect>) {
        if !self.greeted {
            return self.greeting(message, effects);
        }
        match message {
            Message::Sync { sender, document, data, request, .. } => {
                if self.peer.as_ref() != Some(&sender) {
                    return refuse_all(Refusal::Sender, effects);
                }
                self.open(document, Errand::Sync { data, request }, effects);
            }
            Message::Unavailable { document, .. } => {
                self.open.remove(&document);
            }
            Message::Leave { .. } => effects.push(Effect::Close),
            Message::Create { document, about } if self.extended && self.announced.len() < MAX_CREATES => {
                self.announced.insert(document, about);
            }
            Message::Submit { document, about, data } if self.extended => {
                self.open(document, Errand::Submit { about, data }, effects);
            }
            Message::Since { cursor } if self.extended => effects.push(Effect::List(cursor)),
            Message::Want { documents } if self.extended => {
                let count = documents.len();
                for (n, (id, heads)) in documents.into_iter().enumerate() {
                    let last = n + 1 == count;
                    self.open(id, Errand::Want { heads, last }, effects);
                }
            }
            Message::Join { .. } | Message::Peer { .. } => refuse_all(Refusal::Frame, effects),
            _ => {}
        }
    }

    fn greeting(&mut self, message: Message, effects: &mut Vec<Effect>) {
        match message {
            Message::Join { sender, extended, versions }
                if self.peer.is_none() && versions.iter().any(|v| v == "1") =>
            {
                self.peer = Some(sender.clone());
                self.extended = extended;
                effects.push(Effect::Claim(sender));
            }
            _ => refuse_all(Refusal::Frame, effects),
        }
    }

    fn claimed(&mut self, granted: bool, effects: &mut Vec<Effect>) {
        if !granted {
            return refuse_all(Refusal::Sender, effects);
        }
        self.greeted = true;
        let message = Message::Peer {
            sender: self.server.clone(),
            target: self.peer.clone().unwrap_or_default(),
            extended: self.extended,
        };
        effects.push(Effect::Send(message.encode()));
    }

    fn open(&self, id: DocumentId, errand: Errand, effects: &mut Vec<Effect>) {
        effects.push(Effect::Open { id, errand, announced: self.announced.get(&id).cloned() });
    }

    fn send_sync(&self, id: DocumentId, data: Vec<u8>, effects: &mut Vec<Effect>) {
        // A document too large for one frame cannot be served to a plain client.
        if data.len() + 1_024 > MAX_FRAME * 8 {
            return self.unavailable(id, effects);
        }
        let message = Message::Sync {
            sender: self.server.clone(),
            target: self.peer.clone().unwrap_or_default(),
            document: id,
            data,
            request: false,
        };
        effects.push(Effect::Send(message.encode()));
    }

    /// The one answer for what does not exist, may not be seen, may not be written.
    fn unavailable(&self, id: DocumentId, effects: &mut Vec<Effect>) {
        self.unavailable_for(id, None, effects);
    }

    fn unavailable_for(&self, id: DocumentId, reason: Option<&str>, effects: &mut Vec<Effect>) {
        let message = Message::Unavailable {
            sender: self.server.clone(),
            target: self.peer.clone().unwrap_or_default(),
            document: id,
            reason: reason.map(str::to_owned),
        };
        effects.push(Effect::Send(message.encode()));
    }
}

fn refuse_all(refusal: Refusal, effects: &mut Vec<Effect>) {
    let message = Message::Error { message: refusal.to_string() };
    effects.push(Effect::Refused(refusal));
    effects.push(Effect::Send(message.encode()));
    effects.push(Effect::Close);
}

#[cfg(test)]
mod tests;
