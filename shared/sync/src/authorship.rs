//! Whose a change is, and whether it may enter a document.
//!
//! Automerge 0.12 writes an author into an actor's first change only, and panics on an author in a later
//! one; so that is refused here, before the document sees it.

use crate::id::{DocumentId, Heads};
use automerge::{ActorId, Automerge, Change, ChangeHash, sync};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most bytes a compressed change may unpack to.
const MAX_CHANGE: u64 = 16 * 1024 * 1024;
/// The most changes in one message.
const MAX_CHANGES: usize = 10_000;
/// The most changes that wait for what they build on.
const MAX_ORPHANS: usize = 1_000;

/// Which accounts (by their author bytes) own which actors of a document.
pub type Actors = BTreeMap<ActorId, Vec<u8>>;

/// Says why changes were not taken. The other end is never told which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum Refusal {
    /// The frame is too large, is no CBOR map, or lacks a field.
    #[error("malformed frame")]
    Frame,
    /// The sync message or a change in it cannot be read.
    #[error("malformed message")]
    Message,
    /// An author other than the session's, or none where one is due.
    #[error("foreign author")]
    Author,
    /// An author in a change that is not its actor's first.
    #[error("author on a later change")]
    LateAuthor,
    /// An actor that belongs to another account.
    #[error("foreign actor")]
    Actor,
    /// Automerge does not take the changes.
    #[error("changes do not apply")]
    Apply,
    /// The account has no right to do this, or there is no such document.
    #[error("no right")]
    Right,
    /// The `senderId` is not the session's.
    #[error("foreign sender")]
    Sender,
}

/// A sync message with its changes taken out and read.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) message: sync::Message,
    pub(crate) changes: Vec<Change>,
}

/// Reads a sync message; every chunk in it must be exactly one change.
pub(crate) fn read(data: &[u8]) -> Result<Incoming, Refusal> {
    let decoded = catch_unwind(|| {
        let mut message = sync::Message::decode(data).map_err(|_| Refusal::Message)?;
        if message.changes.len() > MAX_CHANGES {
            return Err(Refusal::Message);
        }
        let chunks = std::mem::replace(&mut message.changes, sync::ChunkList::empty());
        let changes = chunks.iter().map(read_change).collect::<Result<_, _>>()?;
        Ok(Incoming { message, changes })
    });
    decoded.unwrap_or(Err(Refusal::Message))
}

fn read_change(chunk: &[u8]) -> Result<Change, Refusal> {
    const COMPRESSED: u8 = 2;
    if chunk.get(8) == Some(&COMPRESSED) {
        let length = chunk.iter().skip(9).take_while(|b| **b >= 0x80).count() + 1;
        let packed = chunk.get(9 + length..).ok_or(Refusal::Message)?;
        let mut unpacked = flate2::read::DeflateDecoder::new(packed).take(MAX_CHANGE + 1);
        let size = std::io::copy(&mut unpacked, &mut std::io::sink());
        if size.map_or(true, |size| size > MAX_CHANGE) {
            return Err(Refusal::Message);
        }
    }
    let change = Change::try_from(chunk).map_err(|_| Refusal::Message)?;
    // A wrong checksum would be stored and make the document unreadable.
    if change.raw_bytes().get(4..8) != change.hash().0.get(..4) {
        return Err(Refusal::Message);
    }
    if change.seq() > 1 && change.author().is_some() {
        return Err(Refusal::LateAuthor);
    }
    Ok(change)
}

/// Who writes, and what is known of whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Writer<'a> {
    /// The author bytes of the session's account.
    pub(crate) author: &'a [u8],
    /// Whether the document is of kind plain, where authors are not asked for.
    pub(crate) plain: bool,
    /// Changes that anyone may bring.
    pub(crate) frozen: &'a BTreeSet<ChangeHash>,
    /// The document's actors so far.
    pub(crate) actors: &'a Actors,
}

/// What would become of a document.
#[derive(Debug)]
pub(crate) struct Preview {
    /// A copy of the document with the new changes.
    pub(crate) document: Automerge,
    /// The changes that are new, in an order in which they apply.
    pub(crate) changes: Vec<Change>,
    /// Actors bound by these changes to the session's account.
    pub(crate) bound: Vec<ActorId>,
    /// Changes whose dependencies are not here yet.
    pub(crate) orphans: Vec<Change>,
}

/// Tries `incoming` on a copy of `current`; `current` stays as it is whatever happens.
pub(crate) fn preview(
    current: &Automerge,
    incoming: Vec<Change>,
    writer: Writer<'_>,
) -> Result<Preview, Refusal> {
    let (changes, orphans) = ready(current, incoming)?;
    let bound = check(&changes, writer)?;
    let applied = catch_unwind(AssertUnwindSafe(|| {
        let mut document = current.clone();
        if !changes.is_empty() {
            document.apply_changes(changes.iter().cloned()).map_err(|_| Refusal::Apply)?;
        }
        Ok(document)
    }));
    let document = applied.unwrap_or(Err(Refusal::Apply))?;
    let has = |change: &Change| document.get_change_meta_by_hash(&change.hash()).is_some();
    if !changes.iter().all(has) {
        return Err(Refusal::Apply);
    }
    Ok(Preview { document, changes, bound, orphans })
}

/// Splits what is new into what can be applied now, in order, and what still lacks something.
fn ready(current: &Automerge, incoming: Vec<Change>) -> Result<(Vec<Change>, Vec<Change>), Refusal> {
    let mut taken: BTreeSet<ChangeHash> = BTreeSet::new();
    let has = |hash: &ChangeHash| current.get_change_meta_by_hash(hash).is_some();
    let mut waiting: Vec<Change> = incoming.into_iter().filter(|change| !has(&change.hash())).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    loop {
        let mut rest = Vec::new();
        let before = ordered.len();
        for change in waiting {
            if taken.contains(&change.hash()) {
                continue;
            }
            if change.deps().iter().all(|dep| taken.contains(dep) || has(dep)) {
                taken.insert(change.hash());
                ordered.push(change);
            } else {
                rest.push(change);
            }
        }
        waiting = rest;
        if waiting.is_empty() || ordered.len() == before {
            break;
        }
    }
    if waiting.len() > MAX_ORPHANS {
        return Err(Refusal::Message);
    }
    Ok((ordered, waiting))
}

/// Checks every change against the rule of its kind; returns the actors that become the session's.
fn check(changes: &[Change], writer: Writer<'_>) -> Result<Vec<ActorId>, Refusal> {
    let mut bound: Vec<ActorId> = Vec::new();
    for change in changes {
        if writer.frozen.contains(&change.hash()) {
            continue;
        }
        let actor = change.actor_id();
        let owner = writer.actors.get(actor).map(Vec::as_slice);
        let owned = bound.contains(actor) || owner == Some(writer.author);
        let author = change.author();
        match author {
            Some(author) if author.as_bytes() != writer.author => return Err(Refusal::Author),
            None if change.seq() == 1 && !writer.plain => return Err(Refusal::Author),
            _ => {}
        }
        if owner.is_some() && !owned {
            return Err(Refusal::Actor);
        }
        if !owned {
            if change.seq() > 1 && !writer.plain {
                return Err(Refusal::Actor);
            }
            bound.push(actor.clone());
        }
    }
    Ok(bound)
}

/// A document as the server holds it in memory: only what is committed.
#[derive(Debug, Clone)]
pub struct Replica {
    /// Its id.
    pub id: DocumentId,
    /// Its row.
    pub about: crate::id::About,
    /// The account that created it.
    pub creator: String,
    /// Its content.
    pub document: Automerge,
    /// Whose its actors are.
    pub actors: Actors,
    /// Where its last change stands in the sequence.
    pub place: u64,
}

impl Replica {
    /// Returns its heads, sorted.
    pub fn heads(&self) -> Heads {
        crate::id::sorted(self.document.get_heads())
    }
}

#[cfg(test)]
mod tests;
