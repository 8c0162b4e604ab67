//! Whose a change is, and whether it may enter a document.
//!
//! Automerge 0.12 writes an author into an actor's first change only, and panics on an author in a later
//! one; so that is refused here, before the document sees it.

mod weigh;

use crate::id::{DocumentId, Heads};
use automerge::{ActorId, Automerge, Change, ChangeHash, sync};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use weigh::Budget;

/// The most changes in one message.
const MAX_CHANGES: usize = 10_000;
/// The most changes of one document that wait for what they build on, and the most bytes of them.
const MAX_ORPHANS: (usize, usize) = (1_000, 4 * 1024 * 1024);

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
    /// The message stands for more than it may.
    #[error("message over its limit")]
    Size,
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
    /// The document would become larger than a document may be.
    #[error("document over its limit")]
    Document,
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
        weigh::check_head(&message)?;
        if message.changes.len() > MAX_CHANGES {
            return Err(Refusal::Size);
        }
        let chunks = std::mem::replace(&mut message.changes, sync::ChunkList::empty());
        let mut budget = Budget::of(data.len());
        let changes = chunks.iter().map(|chunk| read_change(chunk, &mut budget)).collect::<Result<_, _>>()?;
        Ok(Incoming { message, changes })
    });
    decoded.unwrap_or(Err(Refusal::Message))
}

fn read_change(chunk: &[u8], budget: &mut Budget) -> Result<Change, Refusal> {
    let chunk = budget.unpack(chunk)?;
    let change = Change::try_from(&*chunk).map_err(|_| Refusal::Message)?;
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
    /// Whether other people's changes may be given back to a server that has lost them.
    pub(crate) giving_back: bool,
}

/// What would become of a document.
#[derive(Debug)]
pub(crate) struct Preview<'a> {
    /// The document as it is, or a copy of it with the new changes.
    pub(crate) document: Cow<'a, Automerge>,
    /// The changes that are new, in an order in which they apply.
    pub(crate) changes: Vec<Change>,
    /// Actors bound by these changes, to the session's account unless changes are given back.
    pub(crate) bound: Actors,
    /// Changes whose dependencies are not here yet.
    pub(crate) orphans: Vec<Change>,
}

/// Tries `incoming` on a copy of `current`; `current` stays as it is whatever happens.
pub(crate) fn preview<'a>(
    current: &'a Automerge,
    incoming: Vec<Change>,
    writer: Writer<'_>,
) -> Result<Preview<'a>, Refusal> {
    let (changes, orphans) = ready(current, incoming)?;
    let bound = check(&changes, writer)?;
    let apply = || {
        let mut document = current.clone();
        document.apply_changes(changes.iter().cloned()).map_err(|_| Refusal::Apply)?;
        if !reads_back(&document) {
            return Err(Refusal::Apply);
        }
        Ok(document)
    };
    let document = match changes.is_empty() {
        true => Cow::Borrowed(current),
        false => Cow::Owned(catch_unwind(AssertUnwindSafe(apply)).unwrap_or(Err(Refusal::Apply))?),
    };
    Ok(Preview { document, changes, bound, orphans })
}

/// Automerge writes a change anew from its operations, and takes some that do not come out as they went in:
/// such a document nobody could load any more. Only trying tells.
fn reads_back(document: &Automerge) -> bool {
    let read = Automerge::load(&document.save_nocompress());
    read.is_ok_and(|read| crate::id::sorted(read.get_heads()) == crate::id::sorted(document.get_heads()))
}

/// Splits what is new into what can be applied now, in order, and what still lacks something.
fn ready(current: &Automerge, incoming: Vec<Change>) -> Result<(Vec<Change>, Vec<Change>), Refusal> {
    let has = |hash: &ChangeHash| current.get_change_meta_by_hash(hash).is_some();
    let mut taken = BTreeSet::new();
    let mut free = VecDeque::new();
    let mut waiting: BTreeMap<usize, (usize, Change)> = BTreeMap::new();
    let mut dependents: BTreeMap<ChangeHash, Vec<usize>> = BTreeMap::new();
    for (n, change) in incoming.into_iter().enumerate() {
        if has(&change.hash()) || !taken.insert(change.hash()) {
            continue;
        }
        let missing: Vec<_> = change.deps().iter().filter(|dep| !has(dep)).copied().collect();
        if missing.is_empty() {
            free.push_back(change);
            continue;
        }
        waiting.insert(n, (missing.len(), change));
        for dep in missing {
            dependents.entry(dep).or_default().push(n);
        }
    }
    let mut ordered = Vec::new();
    while let Some(change) = free.pop_front() {
        for n in dependents.remove(&change.hash()).unwrap_or_default() {
            if let Some((missing, _)) = waiting.get_mut(&n) {
                *missing -= 1;
                if *missing == 0 {
                    free.extend(waiting.remove(&n).map(|(_, change)| change));
                }
            }
        }
        ordered.push(change);
    }
    let orphans: Vec<Change> = waiting.into_values().map(|(_, change)| change).collect();
    let (most, bytes) = MAX_ORPHANS;
    if orphans.len() > most || orphans.iter().map(|c| c.raw_bytes().len()).sum::<usize>() > bytes {
        return Err(Refusal::Size);
    }
    Ok((ordered, orphans))
}

/// Checks every change against the rule of its kind; returns the actors that become the session's.
pub(crate) fn check(changes: &[Change], writer: Writer<'_>) -> Result<Actors, Refusal> {
    let mut bound = Actors::new();
    for change in changes {
        if writer.frozen.contains(&change.hash()) {
            continue;
        }
        let actor = change.actor_id();
        let owner = writer.actors.get(actor).map(Vec::as_slice);
        let owned = bound.contains_key(actor) || owner == Some(writer.author);
        let author = change.author();
        if writer.giving_back && !writer.plain {
            // Whose it is says the actor's first change; which is here already, or given back as well.
            let whose = owner.or_else(|| bound.get(actor).map(Vec::as_slice));
            match author {
                Some(author) if whose.is_none_or(|whose| whose == author.as_bytes()) => {
                    bound.insert(actor.clone(), author.as_bytes().to_vec());
                }
                None if whose.is_some() && change.seq() > 1 => {}
                Some(_) => return Err(Refusal::Author),
                None => return Err(Refusal::Actor),
            }
            continue;
        }
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
            bound.insert(actor.clone(), writer.author.to_vec());
        }
    }
    bound.retain(|actor, _| !writer.actors.contains_key(actor));
    Ok(bound)
}

impl Refusal {
    /// Returns what the other end may be told, in a word: which limit it was, never what it may not know.
    pub fn told(self) -> Option<&'static str> {
        match self {
            Self::Size => Some("message-size"),
            Self::Document => Some("document-size"),
            _ => None,
        }
    }
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
    /// How many bytes its chunks have.
    pub bytes: usize,
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
