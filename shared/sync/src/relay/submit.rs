//! Changes of somebody who may not make them (any more): looked at, kept, and later taken or not by a person.

use super::push::known;
use super::{Commit, Effect, MAX_DOCUMENT, Session, Submission, View};
use crate::authorship::{Refusal, Replica, Writer, check, preview, read};
use crate::id::{About, DocumentId, Heads, sorted};
use crate::wire::{Durable, Message};
use automerge::{Automerge, ChangeHash};
use std::collections::BTreeSet;

impl Session {
    pub(super) fn submitted(
        &mut self,
        id: DocumentId,
        about: About,
        data: Vec<u8>,
        view: View<'_>,
        effects: &mut Vec<Effect>,
    ) {
        // Whoever may write has nobody to ask.
        if view.rights.write && view.replica.is_some() {
            return self.sync(id, &data, false, view, effects);
        }
        match self.look_at(id, about, data, view) {
            Ok(Ok(submission)) => effects.push(Effect::Keep(Box::new(submission))),
            // It was taken already, and the answer lost.
            Ok(Err(heads)) => self.durable(id, heads, None, effects),
            Err(refusal) => {
                effects.push(Effect::Refused(refusal));
                self.unavailable(id, effects);
            }
        }
    }

    /// The answer is the same whether the document exists or not, but for what proves that the device held it.
    fn look_at(
        &self,
        id: DocumentId,
        about: About,
        data: Vec<u8>,
        view: View<'_>,
    ) -> Result<Result<Submission, Heads>, Refusal> {
        let incoming = read(&data)?;
        let heads = sorted(incoming.message.heads);
        if incoming.changes.is_empty() || heads.is_empty() {
            return Err(Refusal::Message);
        }
        let empty = Automerge::new();
        let none = crate::authorship::Actors::new();
        let current = view.replica.map_or(&empty, |replica| &replica.document);
        if !heads.is_empty() && known(current, &heads) == heads {
            return Ok(Err(heads));
        }
        if incoming.changes.is_empty() || heads.is_empty() {
            return Err(Refusal::Message);
        }
        let fresh: Vec<_> = incoming
            .changes
            .into_iter()
            .filter(|change| current.get_change_meta_by_hash(&change.hash()).is_none())
            .collect();
        let writer = Writer {
            author: &self.author,
            // What is built on is not known here; it is checked again when somebody takes it.
            plain: true,
            frozen: view.frozen,
            actors: view.replica.map_or(&none, |replica| &replica.actors),
            giving_back: false,
        };
        check(&fresh, writer)?;
        Ok(Ok(Submission { id, about, data, changes: fresh.len(), heads }))
    }
}

/// Answers that what was handed in is kept.
pub(super) fn kept(document: DocumentId, heads: Heads, effects: &mut Vec<Effect>) {
    let durable = Durable { document, heads, review: true, step: None };
    effects.push(Effect::Send(Message::Durable(durable).encode()));
}

/// Tries what somebody handed in on the document as it is now; `None` when it has all of it already.
pub fn admit(
    replica: &Replica,
    data: &[u8],
    author: &[u8],
    frozen: &BTreeSet<ChangeHash>,
    plain: bool,
) -> Result<Option<Commit>, Refusal> {
    let incoming = read(data)?;
    let heads = sorted(incoming.message.heads);
    let current = &replica.document;
    let writer = Writer { author, plain, frozen, actors: &replica.actors, giving_back: false };
    let preview = preview(current, incoming.changes, writer)?;
    if !preview.orphans.is_empty() {
        return Err(Refusal::Apply);
    }
    let added: usize = preview.changes.iter().map(|change| change.raw_bytes().len()).sum();
    if replica.bytes + added > MAX_DOCUMENT {
        return Err(Refusal::Document);
    }
    if preview.changes.is_empty() {
        return Ok(None);
    }
    Ok(Some(Commit {
        id: replica.id,
        new: None,
        since: sorted(current.get_heads()),
        heads: sorted(preview.document.get_heads()),
        acknowledged: known(&preview.document, &heads),
        bound: preview.bound,
        given_back: false,
        document: preview.document.into_owned(),
        changes: preview.changes,
    }))
}
