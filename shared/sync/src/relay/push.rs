//! Changes coming in: read, tried on a copy, handed on to be committed, acknowledged.

use super::plain::Peer;
use super::{Commit, Committed, Effect, Errand, MAX_DOCUMENT, MAX_WAITING, Session, View};
use crate::authorship::{Preview, Refusal, Writer, preview, read};
use crate::id::{DocumentId, Heads, sorted};
use crate::wire::{Durable, Message, Step};
use automerge::sync::{self, ChunkList, MessageVersion};
use automerge::{Automerge, Change, ChangeHash};

impl Session {
    pub(super) fn sync(
        &mut self,
        id: DocumentId,
        data: &[u8],
        request: bool,
        view: View<'_>,
        effects: &mut Vec<Effect>,
    ) {
        match self.take(id, data, request, view, effects) {
            Ok(()) => {}
            Err(refusal) => {
                self.open.remove(&id);
                effects.push(Effect::Refused(refusal));
                self.unavailable_for(id, refusal.told(), effects);
            }
        }
    }

    fn take(
        &mut self,
        id: DocumentId,
        data: &[u8],
        request: bool,
        view: View<'_>,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        if !view.rights.read && !view.rights.write {
            return Err(Refusal::Right);
        }
        let incoming = read(data)?;
        if view.replica.is_none() {
            // A plain client may make a document by bringing it; a device announces it first.
            let brought = if self.extended {
                self.announced.contains_key(&id)
            } else {
                !request || !incoming.message.heads.is_empty()
            };
            if view.new.is_none() || !brought {
                return Err(Refusal::Right);
            }
        }
        if !view.rights.write && !incoming.changes.is_empty() {
            return Err(Refusal::Right);
        }
        let empty = Automerge::new();
        let current = view.replica.map_or(&empty, |replica| &replica.document);
        let mut message = incoming.message;
        let heads = sorted(std::mem::take(&mut message.heads));
        message.heads.clone_from(&heads);
        let mut changes = incoming.changes;
        if !self.extended {
            let peer = self.open.entry(id).or_default();
            changes.append(&mut peer.orphans);
            peer.receive(current, message)?;
        }
        let preview = self.try_changes(current, changes, view)?;
        let added: usize = preview.changes.iter().map(|change| change.raw_bytes().len()).sum();
        if added > 0 && view.replica.map_or(0, |replica| replica.bytes) + added > MAX_DOCUMENT {
            return Err(Refusal::Document);
        }
        let safe = known(&preview.document, &heads);
        let stuck = !preview.orphans.is_empty() || safe.len() < heads.len();
        let committing = !preview.changes.is_empty();
        if !self.extended
            && let Some(peer) = self.open.get_mut(&id)
        {
            peer.orphans.clone_from(&preview.orphans);
            if self.open.values().map(Peer::waiting).sum::<usize>() > MAX_WAITING {
                return Err(Refusal::Size);
            }
        }
        if committing {
            effects.push(Effect::Commit(Box::new(self.commit(id, view, current, &heads, preview))));
        } else if !self.extended {
            self.answer(id, current, effects);
        } else if stuck {
            self.behind(id, current, effects);
        } else {
            self.durable(id, safe, None, effects);
        }
        Ok(())
    }

    fn try_changes<'a>(
        &self,
        current: &'a Automerge,
        changes: Vec<Change>,
        view: View<'_>,
    ) -> Result<Preview<'a>, Refusal> {
        let none = crate::authorship::Actors::new();
        let writer = Writer {
            author: &self.author,
            plain: view.plain,
            frozen: view.frozen,
            actors: view.replica.map_or(&none, |replica| &replica.actors),
            giving_back: self.giving_back,
        };
        preview(current, changes, writer)
    }

    fn commit(
        &mut self,
        id: DocumentId,
        view: View<'_>,
        current: &Automerge,
        heads: &Heads,
        preview: Preview<'_>,
    ) -> Commit {
        self.announced.remove(&id);
        let given_back = self.gives_back(&preview, view);
        Commit {
            id,
            new: match view.replica {
                Some(_) => None,
                None => view.new.cloned(),
            },
            since: sorted(current.get_heads()),
            heads: sorted(preview.document.get_heads()),
            acknowledged: known(&preview.document, heads),
            bound: preview.bound,
            given_back,
            document: preview.document.into_owned(),
            changes: preview.changes,
        }
    }

    /// Tells whether other people's changes are among these.
    fn gives_back(&self, preview: &Preview<'_>, view: View<'_>) -> bool {
        let own = |change: &Change| {
            let actor = change.actor_id();
            let before = view.replica.and_then(|replica| replica.actors.get(actor));
            let whose = before.or_else(|| preview.bound.get(actor));
            view.frozen.contains(&change.hash()) || whose == Some(&self.author)
        };
        self.giving_back && !preview.changes.iter().all(own)
    }

    pub(super) fn committed(
        &mut self,
        commit: &Committed,
        own: bool,
        readable: bool,
        effects: &mut Vec<Effect>,
    ) {
        let id = commit.id;
        if !self.extended {
            if own || self.open.contains_key(&id) {
                self.open(id, Errand::Refresh, effects);
            }
            return;
        }
        let after = self.told.filter(|told| commit.place > *told);
        if own {
            let step = after.map(|after| Step {
                after,
                place: commit.place,
                since: commit.since.clone(),
                heads: commit.heads.clone(),
            });
            self.durable(id, commit.acknowledged.clone(), step, effects);
        } else if let (Some(after), true) = (after, readable) {
            self.live(commit, after, effects);
        } else {
            return;
        }
        self.told = after.map(|_| commit.place).or(self.told);
    }

    pub(super) fn durable(
        &self,
        document: DocumentId,
        heads: Heads,
        step: Option<Step>,
        effects: &mut Vec<Effect>,
    ) {
        let message = Message::Durable(Durable { document, heads, review: false, step });
        effects.push(Effect::Send(message.encode()));
    }

    /// Tells a device that its changes build on something the server lacks, by naming the server's heads.
    fn behind(&self, id: DocumentId, current: &Automerge, effects: &mut Vec<Effect>) {
        let message = sync::Message {
            heads: current.get_heads(),
            need: Vec::new(),
            have: Vec::new(),
            changes: ChunkList::empty(),
            flags: None,
            version: MessageVersion::V1,
        };
        self.send_sync(id, message.encode(), effects);
    }

    /// Answers a plain client from the document as it is.
    pub(super) fn answer(&mut self, id: DocumentId, current: &Automerge, effects: &mut Vec<Effect>) {
        let data = self.open.get_mut(&id).and_then(|peer| peer.answer(current));
        if let Some(data) = data {
            self.send_sync(id, data, effects);
        }
    }

    pub(super) fn refresh(&mut self, id: DocumentId, view: View<'_>, effects: &mut Vec<Effect>) {
        match view.replica {
            Some(replica) if view.rights.read => self.answer(id, &replica.document, effects),
            _ => {
                if self.open.remove(&id).is_some() {
                    self.unavailable(id, effects);
                }
            }
        }
    }
}

impl Default for Peer {
    fn default() -> Self {
        Self::new()
    }
}

pub(super) fn known(document: &Automerge, heads: &[ChangeHash]) -> Heads {
    let has = |hash: &&ChangeHash| document.get_change_meta_by_hash(hash).is_some();
    heads.iter().filter(has).copied().collect()
}
