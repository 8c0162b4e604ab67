//! What was done and by whom: entries that are only ever added, each chained to the one before by its hash.

use super::Answer;
use crate::account::author_of;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use sync::{DocumentId, Heads};

/// Something that was done, or refused. None of its texts may say who somebody is: ids, counts and roles only.
#[derive(Debug, Clone, Default)]
pub struct Event {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The name of the account; empty for the command line and for whoever has not signed in. Stored as the author of changes.
    pub account: String,
    /// The peer name of the device, or `command`.
    pub device: String,
    /// What, in a word: `commit`, `sign-in`, `grant`, `read`, `erase`.
    pub act: &'static str,
    /// The document.
    pub document: Option<DocumentId>,
    /// The changes that no other change of the same commit builds on; their hashes stand for all of them.
    pub changes: Heads,
    /// Why it was refused; empty if it was done.
    pub refusal: String,
    /// What else there is to know.
    pub note: String,
}

impl Event {
    /// Returns an event of the command line, to be filled in.
    pub fn command() -> Self {
        Self { device: "command".to_owned(), ..Self::default() }
    }
}

/// An entry as it is kept. In a file of entries that were moved out, bytes are written as hex digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1.
    pub sequence: u64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The author bytes of the account; empty for nobody.
    #[serde(with = "hex")]
    pub account: Vec<u8>,
    /// The peer name of the device, or `command`.
    pub device: String,
    /// What, in a word.
    pub act: String,
    /// The document, or empty.
    #[serde(with = "hex")]
    pub document: Vec<u8>,
    /// The hashes of changes, 32 bytes each.
    #[serde(with = "hex")]
    pub changes: Vec<u8>,
    /// Why it was refused; empty if it was done.
    pub refusal: String,
    /// What else there is to know.
    pub note: String,
}

impl Entry {
    /// Returns what an event becomes under its number.
    pub(super) fn new(sequence: u64, event: Event) -> Self {
        Self {
            sequence,
            at: event.at,
            account: if event.account.is_empty() { Vec::new() } else { author_of(&event.account) },
            device: event.device,
            act: event.act.to_owned(),
            document: event.document.map(|id| id.bytes().to_vec()).unwrap_or_default(),
            changes: event.changes.iter().flat_map(|hash| hash.0).collect(),
            refusal: event.refusal,
            note: event.note,
        }
    }

    /// Returns the hash of the entry after the one with hash `before`.
    pub fn hash(&self, before: [u8; 32]) -> [u8; 32] {
        let fields: [&[u8]; 9] = [
            &self.sequence.to_be_bytes(),
            &self.at.to_be_bytes(),
            &self.account,
            self.device.as_bytes(),
            self.act.as_bytes(),
            &self.document,
            &self.changes,
            self.refusal.as_bytes(),
            self.note.as_bytes(),
        ];
        let mut hash = Sha256::new();
        hash.update(before);
        for field in fields {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        hash.finalize().into()
    }
}

/// The number and hash of an entry. Kept outside the database, it proves that nothing up to it was changed or cut off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The number of the entry; 0 stands before the first.
    pub sequence: u64,
    /// Its hash.
    pub hash: [u8; 32],
}

impl fmt::Display for Anchor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.sequence, hex::encode(self.hash))
    }
}

/// Says that a text is no anchor.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("an anchor is NUMBER:HASH")]
pub struct AnchorError;

impl FromStr for Anchor {
    type Err = AnchorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (sequence, hash) = text.split_once(':').ok_or(AnchorError)?;
        let mut anchor = Self { sequence: sequence.parse().map_err(|_| AnchorError)?, hash: [0; 32] };
        hex::decode_to_slice(hash, &mut anchor.hash).map_err(|_| AnchorError)?;
        Ok(anchor)
    }
}

/// Says where the chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry, or the hash beside it, is not what it was.
    #[error("entry {0} was altered, or stands where another one stood")]
    Altered(u64),
    /// An entry is missing.
    #[error("entry {0} is missing")]
    Missing(u64),
    /// The chain ends before or after the head that the store remembers.
    #[error("the chain ends at entry {found}, but the head is {head}")]
    Tail {
        /// The number of the last entry.
        found: u64,
        /// The number it should have.
        head: u64,
    },
    /// The entry that an anchor names has another hash, or is not there.
    #[error("entry {0} is not the one that was written down")]
    Anchor(u64),
    /// The entry that an anchor names was moved out; only the file it went to can tell.
    #[error("entry {0} was moved out: name the files it went to with --moved")]
    Moved(u64),
    /// The chain begins elsewhere than its last move says.
    #[error("the chain begins after entry {0}, but no move of that kind is recorded")]
    Beginning(u64),
}

/// Which entries are asked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Only those before this number; from the end without one.
    pub before: Option<u64>,
    /// Only those of this act.
    pub act: Option<String>,
    /// Only those about this document.
    pub document: Option<DocumentId>,
    /// Only refusals.
    pub refused: bool,
    /// The most that are returned.
    pub limit: u32,
}

/// The act of moving the oldest entries out. Its note is the anchor after which the chain begins from then on.
pub const MOVE_OUT: &str = "move-out";

/// The record of what was done.
///
/// What changes the database is recorded in the same transaction, by `append` in `sql/audit.rs`.
pub trait Audit {
    /// Adds an entry of its own; answers when it is safe.
    fn audit(&self, event: Event) -> Answer<'_, ()>;
    /// Returns entries, the newest first.
    fn audited(&self, search: Search) -> Answer<'_, Vec<Entry>>;
    /// Returns the last entry's number and hash.
    fn audit_head(&self) -> Answer<'_, Anchor>;
    /// Reads the whole chain; returns its head, or where it is broken.
    fn verify_audit(&self, anchors: Vec<Anchor>) -> Answer<'_, Result<Anchor, Broken>>;
    /// Returns the anchor after which the chain begins: 0 unless entries were moved out.
    fn audit_beginning(&self) -> Answer<'_, Anchor>;
    /// Returns entries after this number, the oldest first, at most `limit`.
    fn audited_after(&self, sequence: u64, limit: u32) -> Answer<'_, Vec<Entry>>;
    /// Deletes the entries up to an anchor, and reads and grants that were over `before`; they have to be safe elsewhere.
    /// `Missing` if the entry is not there or is another one.
    fn move_out(&self, upto: Anchor, before: i64, now: i64) -> Answer<'_, ()>;
}
