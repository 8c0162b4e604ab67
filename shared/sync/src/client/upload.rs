//! The outbox: which documents still have to become durable, and the push of each.

use super::{Effect, Outgoing, send};
use crate::id::{DocumentId, Heads, sorted};
use crate::wire::{Durable, Message};
use automerge::sync::{self, ChunkList, MessageVersion};
use automerge::{Automerge, Change, ChangeHash};
use std::collections::{BTreeMap, BTreeSet};

/// How many documents are on their way at once; bounds what must be in memory.
const AT_ONCE: usize = 16;
/// How many bytes of changes one message carries, unless one change alone is larger.
const MESSAGE_BYTES: usize = 512 * 1024;

#[derive(Debug)]
pub(super) struct Uploads {
    outbox: BTreeMap<DocumentId, Outgoing>,
    /// What the server may have lost: its heads, and what is here, once the device has said it. Refused without a word.
    offers: BTreeMap<DocumentId, (Heads, Option<Outgoing>)>,
    /// Of this connection.
    active: BTreeMap<DocumentId, Push>,
    refused: BTreeSet<DocumentId>,
}

/// A document on its way.
#[derive(Debug, Default)]
struct Push {
    /// Heads the server confirmed on this connection.
    safe: Heads,
    /// What was sent last: the heads named, and the outbox's heads that are safe once those are.
    sent: Option<(Heads, Heads)>,
    created: bool,
    /// Whether the server has once said that it lacks what we built on.
    behind: bool,
    /// The server's heads, as they were believed to be.
    base: Option<Heads>,
    /// Whether it is handed in for a person to decide on.
    submits: bool,
    /// Whether some of it is kept for that.
    review: bool,
}

/// Who speaks to whom.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) sender: &'a str,
    pub(super) target: &'a str,
}

impl Uploads {
    pub(super) fn new(outbox: Vec<Outgoing>) -> Self {
        let mut uploads = Self {
            outbox: BTreeMap::new(),
            offers: BTreeMap::new(),
            active: BTreeMap::new(),
            refused: BTreeSet::new(),
        };
        for outgoing in outbox {
            uploads.changed(outgoing);
        }
        uploads
    }

    pub(super) fn outbox(&self) -> impl Iterator<Item = &Outgoing> {
        self.outbox.values()
    }

    pub(super) fn changed(&mut self, mut outgoing: Outgoing) {
        outgoing.heads = sorted(outgoing.heads);
        self.outbox.insert(outgoing.id, outgoing);
    }

    /// Asks the device what it has of documents of which the server has this.
    pub(super) fn offer(&mut self, server: Vec<(DocumentId, Heads)>, effects: &mut Vec<Effect>) {
        for (id, heads) in server {
            // What is in the outbox goes anyway.
            if !self.outbox.contains_key(&id) {
                self.offers.insert(id, (heads, None));
                effects.push(Effect::Offer(id));
            }
        }
    }

    pub(super) fn offered(&mut self, mut outgoing: Outgoing) {
        outgoing.heads = sorted(outgoing.heads);
        let id = outgoing.id;
        if let Some((server, offer)) = self.offers.get_mut(&id) {
            if outgoing.heads.is_empty() || outgoing.heads == *server {
                self.offers.remove(&id);
            } else {
                *offer = Some(outgoing);
            }
        }
    }

    /// Tells whether the server has not answered all that was offered.
    pub(super) fn is_offering(&self) -> bool {
        !self.offers.is_empty()
    }

    pub(super) fn forget(&mut self, id: DocumentId) {
        self.offers.remove(&id);
    }

    /// Returns what is to be sent of a document.
    fn outgoing(&self, id: DocumentId) -> Option<&Outgoing> {
        self.outbox.get(&id).or_else(|| self.offers.get(&id).and_then(|(_, offer)| offer.as_ref()))
    }

    pub(super) fn closed(&mut self) {
        self.offers.clear();
        self.active.clear();
        self.refused.clear();
    }

    pub(super) fn pump(&mut self, effects: &mut Vec<Effect>) {
        let offered =
            self.offers.iter().filter(|(id, (_, offer))| offer.is_some() && !self.outbox.contains_key(id));
        let offered = offered.map(|(id, _)| id);
        let waiting = self
            .outbox
            .keys()
            .chain(offered)
            .filter(|id| !self.active.contains_key(id) && !self.refused.contains(id));
        let free = AT_ONCE.saturating_sub(self.active.len());
        let next: Vec<DocumentId> = waiting.take(free).copied().collect();
        for id in next {
            self.active.insert(id, Push::default());
            effects.push(Effect::Load(id));
        }
    }

    /// Hands in what is unsent of a document that cannot be read any more; returns whether there is anything.
    pub(super) fn submit(&mut self, id: DocumentId, effects: &mut Vec<Effect>) -> bool {
        let waits = self.outbox.contains_key(&id);
        if waits && !self.refused.contains(&id) {
            self.active.insert(id, Push { behind: true, submits: true, ..Push::default() });
            effects.push(Effect::Load(id));
        }
        waits
    }

    pub(super) fn loaded(
        &mut self,
        id: DocumentId,
        document: Option<&Automerge>,
        held: Option<&Heads>,
        names: Names<'_>,
        effects: &mut Vec<Effect>,
    ) {
        let outgoing = self.outgoing(id).cloned();
        let (Some(outgoing), Some(push)) = (outgoing, self.active.get_mut(&id)) else {
            return;
        };
        let Some(document) = document else {
            self.refused(id, effects);
            return;
        };
        let offer = self.offers.get(&id).filter(|_| !self.outbox.contains_key(&id));
        let held = offer.map_or(held, |(server, _)| Some(server));
        let known = held.into_iter().flatten().chain(&push.safe);
        let base: Heads =
            known.filter(|hash| document.get_change_meta_by_hash(hash).is_some()).copied().collect();
        if held.is_none_or(Vec::is_empty) && !push.created && !push.submits {
            push.created = true;
            send(effects, Message::Create { document: id, about: outgoing.about.clone() });
        }
        let all = sorted(document.get_heads());
        let (changes, heads) = portion(document.get_changes(&base), &all);
        push.sent = Some((all, outgoing.heads.clone()));
        let about = outgoing.about.clone();
        let submits = push.submits;
        let message = sync::Message {
            heads,
            need: Vec::new(),
            have: Vec::new(),
            changes: ChunkList::from(changes),
            flags: None,
            version: MessageVersion::V1,
        };
        if submits {
            return send(effects, Message::Submit { document: id, about, data: message.encode() });
        }
        send(
            effects,
            Message::Sync {
                sender: names.sender.to_owned(),
                target: names.target.to_owned(),
                document: id,
                data: message.encode(),
                request: false,
            },
        );
    }

    pub(super) fn durable(&mut self, durable: Durable, server: Option<Heads>, effects: &mut Vec<Effect>) {
        let Durable { document: id, heads, review, .. } = durable;
        let outgoing = self.outgoing(id).cloned();
        let (Some(outgoing), Some(push)) = (outgoing, self.active.get_mut(&id)) else {
            return;
        };
        push.safe.extend(heads);
        push.review |= review;
        let covered = match &push.sent {
            Some((all, covered)) => all.iter().all(|h| push.safe.contains(h)) && *covered == outgoing.heads,
            None => false,
        };
        if !covered {
            return effects.push(Effect::Load(id));
        }
        let (heads, server) = (outgoing.heads.clone(), server.unwrap_or_default());
        if push.review {
            effects.push(Effect::Submitted { id, heads });
            if !server.is_empty() {
                // Whether it may still be read: the answer is `denied` if not.
                send(effects, Message::Want { documents: vec![(id, server)] });
            }
        } else if self.outbox.contains_key(&id) {
            effects.push(Effect::Durable { id, heads, server });
        }
        self.offers.remove(&id);
        self.outbox.remove(&id);
        self.active.remove(&id);
    }

    /// The server names its heads because it lacks what our changes build on: start again from there, once.
    pub(super) fn behind(
        &mut self,
        id: DocumentId,
        data: &[u8],
        held: &mut BTreeMap<DocumentId, Heads>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(push) = self.active.get_mut(&id) else {
            return;
        };
        let Ok(message) = sync::Message::decode(data) else {
            effects.push(Effect::Close);
            return;
        };
        if push.behind {
            self.refused(id, effects);
            return;
        }
        push.behind = true;
        push.safe.clear();
        push.created = false;
        held.insert(id, sorted(message.heads));
        effects.push(Effect::Load(id));
    }

    /// The server does not know (or does not show) a document we took for known: announce it anew, once.
    pub(super) fn unknown(
        &mut self,
        id: DocumentId,
        held: &mut BTreeMap<DocumentId, Heads>,
        effects: &mut Vec<Effect>,
    ) {
        match self.active.get_mut(&id) {
            Some(push)
                if !push.behind
                    && self.outbox.contains_key(&id)
                    && held.get(&id).is_some_and(|h| !h.is_empty()) =>
            {
                *push = Push { behind: true, base: held.remove(&id), ..Push::default() };
                effects.push(Effect::Load(id));
            }
            // Not taken from this account: somebody else has to decide.
            Some(push) if !push.submits && self.outbox.contains_key(&id) => {
                held.extend(push.base.take().map(|heads| (id, heads)));
                *push = Push { behind: true, submits: true, ..Push::default() };
                effects.push(Effect::Load(id));
            }
            _ => self.refused(id, effects),
        }
    }

    pub(super) fn refused(&mut self, id: DocumentId, effects: &mut Vec<Effect>) {
        self.offers.remove(&id);
        if self.active.remove(&id).is_some() && self.outbox.contains_key(&id) {
            self.refused.insert(id);
            effects.push(Effect::Refused { id });
        }
    }
}

/// Returns the first changes that fit into one message, and the heads they lead to.
fn portion(changes: Vec<Change>, all: &Heads) -> (Vec<Vec<u8>>, Heads) {
    let mut bytes = 0;
    let mut taken = Vec::new();
    let mut tips: BTreeSet<ChangeHash> = BTreeSet::new();
    let count = changes.len();
    for mut change in changes {
        let data = change.bytes().into_owned();
        bytes += data.len();
        if bytes > MESSAGE_BYTES && !taken.is_empty() {
            break;
        }
        for dep in change.deps() {
            tips.remove(dep);
        }
        tips.insert(change.hash());
        taken.push(data);
    }
    let heads = if taken.len() == count { all.clone() } else { tips.into_iter().collect() };
    (taken, heads)
}
