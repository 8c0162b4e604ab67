//! Frames: one CBOR map each, automerge-repo protocol v1 and our extensions (docs/protocol.md).

mod fields;
mod read;
mod write;

use crate::id::{About, Cursor, DocumentId, Heads};

/// The most bytes a frame may have in either direction.
pub const MAX_FRAME: usize = 4 * 1024 * 1024;
/// The most bytes of document data in one bundle frame, so that a slow line is never blocked for long.
pub const BUNDLE_BYTES: usize = 192 * 1024;
/// The most documents in one `want`.
pub const MAX_WANT: usize = 128;
/// The most entries in one `changed`.
pub const MAX_ENTRIES: usize = 1_000;
/// The most heads one document may have on the wire.
pub const MAX_HEADS: usize = 256;
/// The most bytes in a name (peer, kind, subject, team, institution).
pub const MAX_NAME: usize = 128;
/// The extensions that both ends have to speak.
pub const EXTENSIONS: [&str; 5] = ["create", "cursor", "bundle", "durable", "denied"];
/// What this crate speaks besides; an end that does not know it skips it.
pub const FURTHER: [&str; 1] = ["submit"];

/// A frame, decoded.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The client's first frame.
    Join {
        /// The name the client claims.
        sender: String,
        /// Whether it speaks every one of [`EXTENSIONS`].
        extended: bool,
        /// The protocol versions it offers.
        versions: Vec<String>,
    },
    /// The server's answer to `join`.
    Peer {
        /// The server's name.
        sender: String,
        /// The client it answers.
        target: String,
        /// Whether the server speaks every one of [`EXTENSIONS`].
        extended: bool,
    },
    /// A refusal; the socket closes after it.
    Error {
        /// What is wrong, for a log.
        message: String,
    },
    /// An automerge sync message, or with `request` one from a client that has nothing of the document.
    Sync {
        /// Who says it.
        sender: String,
        /// To whom.
        target: String,
        /// Which document.
        document: DocumentId,
        /// The encoded automerge sync message.
        data: Vec<u8>,
        /// Whether it was sent as `request`.
        request: bool,
    },
    /// The document does not exist, or not for this account.
    Unavailable {
        /// Who says it.
        sender: String,
        /// To whom.
        target: String,
        /// Which document.
        document: DocumentId,
        /// The limit that was met, if that is why.
        reason: Option<String>,
    },
    /// The other end says goodbye.
    Leave {
        /// Who says it.
        sender: String,
    },
    /// Announces a new document before its first changes.
    Create {
        /// Which document.
        document: DocumentId,
        /// Its row.
        about: About,
    },
    /// Hands in changes that the account may not make (any more), for a person to decide on.
    Submit {
        /// Which document.
        document: DocumentId,
        /// Its row, as the device knows it.
        about: About,
        /// The encoded automerge sync message, without have and need.
        data: Vec<u8>,
    },
    /// Asks for everything since `cursor` (everything there is without one) and for what comes later.
    Since {
        /// The place the device knows.
        cursor: Option<Cursor>,
    },
    /// One page of the answer to `cursor`.
    Changed(Changed),
    /// Asks for documents, naming what of each is already here.
    Want {
        /// Documents with the heads held.
        documents: Vec<(DocumentId, Heads)>,
    },
    /// Parts of documents.
    Bundle {
        /// The parts.
        pieces: Vec<Piece>,
    },
    /// What is on stable storage.
    Durable(Durable),
    /// The account has no right to a document it named (any more).
    Denied {
        /// Which document.
        document: DocumentId,
    },
    /// A document was erased.
    Gone {
        /// Which document.
        document: DocumentId,
    },
    /// A type this version does not know, to be skipped.
    Unknown,
}

/// One page of the list of documents that changed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changed {
    /// The life of the store.
    pub epoch: String,
    /// The place the list starts after: the one asked for, or 0.
    pub after: u64,
    /// The place the list reaches.
    pub place: u64,
    /// The number of this page, from 0.
    pub page: u64,
    /// How many pages there are.
    pub pages: u64,
    /// The documents.
    pub entries: Vec<Entry>,
}

/// One document in [`Changed`].
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which document.
    pub document: DocumentId,
    /// Its row.
    pub about: About,
    /// Where its last change stands in the sequence.
    pub place: u64,
    /// Its heads on the server.
    pub heads: Heads,
}

/// Part of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Which document.
    pub document: DocumentId,
    /// Its row.
    pub about: About,
    /// The heads the data builds on; none when it is the whole document.
    pub since: Heads,
    /// The heads it leads to.
    pub heads: Heads,
    /// Where the document's last change stands in the sequence.
    pub place: u64,
    /// Of a live piece: the place told before it on this connection.
    pub after: Option<u64>,
    /// The number of this part, from 0.
    pub part: u64,
    /// How many parts there are.
    pub parts: u64,
    /// Saved document or change chunks, to be joined over the parts.
    pub data: Vec<u8>,
}

/// Heads of the receiver's that are on stable storage.
#[derive(Debug, Clone, PartialEq)]
pub struct Durable {
    /// Which document.
    pub document: DocumentId,
    /// Those heads of the receiver's message that are safe.
    pub heads: Heads,
    /// Whether they are kept for a person to decide on, and not in the document.
    pub review: bool,
    /// What that commit did, if there was one and the receiver follows the sequence.
    pub step: Option<Step>,
}

/// One commit in the sequence as the one who sent it hears of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The place told before on this connection.
    pub after: u64,
    /// The place of the commit.
    pub place: u64,
    /// The server's heads before it.
    pub since: Heads,
    /// The server's heads after it.
    pub heads: Heads,
}

/// Says why a frame cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// More than [`MAX_FRAME`] bytes.
    #[error("frame of {0} bytes is too large")]
    TooLarge(usize),
    /// Not one CBOR map.
    #[error("frame is not a CBOR map")]
    NotAMap,
    /// A field is missing or of the wrong type.
    #[error("field {0} is missing or of the wrong type")]
    Field(&'static str),
    /// A list or text is longer than its limit.
    #[error("field {0} is over its limit")]
    Limit(&'static str),
}

#[cfg(test)]
mod tests;
