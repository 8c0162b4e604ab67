//! What the server has that this device has not.

use super::{Effect, Received, send};
use crate::id::{About, Cursor, DocumentId, Heads, sorted};
use crate::wire::{Changed, Message, Piece, Step};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many documents one `want` names.
const BATCH: usize = 64;
/// The most parts of one document, so that a broken server cannot fill the memory.
const MAX_PARTS: u64 = 256;

#[derive(Debug)]
pub(super) struct Downloads {
    kinds: Vec<String>,
    preferred: BTreeSet<DocumentId>,
    /// What is persisted.
    saved: Option<Cursor>,
    /// Stores that the shell has not confirmed, by document.
    storing: BTreeMap<DocumentId, usize>,
    now: Connection,
}

/// What holds for one connection only.
#[derive(Debug, Default)]
struct Connection {
    epoch: String,
    /// Everything up to here has arrived or is wanted; unknown before the first list.
    frontier: Option<u64>,
    asking: bool,
    /// The page of the list that comes next.
    page: u64,
    /// Wanted documents with the rank of their kind.
    wanted: BTreeMap<DocumentId, usize>,
    queue: VecDeque<DocumentId>,
    asked: BTreeSet<DocumentId>,
    parts: BTreeMap<DocumentId, Piece>,
    places: BTreeMap<DocumentId, u64>,
    received: usize,
    reported: Option<(usize, usize)>,
    caught_up: bool,
    /// What the server has, when it has begun another life.
    listed: Option<BTreeMap<DocumentId, Heads>>,
}

impl Downloads {
    pub(super) fn new(saved: Option<Cursor>, kinds: Vec<String>) -> Self {
        Self {
            kinds,
            preferred: BTreeSet::new(),
            saved,
            storing: BTreeMap::new(),
            now: Connection::default(),
        }
    }

    pub(super) fn closed(&mut self) {
        self.now = Connection::default();
    }

    pub(super) fn ask(&mut self, effects: &mut Vec<Effect>) {
        if self.now.asking {
            return;
        }
        self.now.asking = true;
        self.now.page = 0;
        let cursor = match self.now.frontier {
            Some(place) => Some(Cursor { epoch: self.now.epoch.clone(), place }),
            None => self.saved.clone(),
        };
        send(effects, Message::Since { cursor });
    }

    pub(super) fn prefer(&mut self, ids: Vec<DocumentId>) {
        self.preferred = ids.into_iter().collect();
        self.sort();
    }

    pub(super) fn stored(&mut self, id: DocumentId) {
        if let Some(count) = self.storing.get_mut(&id) {
            *count -= 1;
            if *count == 0 {
                self.storing.remove(&id);
            }
        }
    }

    pub(super) fn forget(&mut self, id: DocumentId) {
        self.now.wanted.remove(&id);
        self.now.asked.remove(&id);
        self.now.parts.remove(&id);
    }

    pub(super) fn changed(
        &mut self,
        changed: Changed,
        held: &BTreeMap<DocumentId, Heads>,
        effects: &mut Vec<Effect>,
    ) {
        let base = match (&self.saved, self.now.frontier) {
            (_, Some(frontier)) => frontier,
            (Some(saved), None) if saved.epoch == changed.epoch => saved.place,
            _ => 0,
        };
        if !self.now.asking || changed.page != self.now.page || changed.after > base {
            effects.push(Effect::Close);
            return;
        }
        let reborn = self.now.frontier.is_none()
            && self.saved.as_ref().is_some_and(|saved| saved.epoch != changed.epoch);
        if reborn {
            let listed = changed.entries.iter().map(|entry| (entry.document, sorted(entry.heads.clone())));
            self.now.listed.get_or_insert_default().extend(listed);
        }
        for entry in changed.entries {
            let same = held.get(&entry.document) == Some(&entry.heads);
            if !same && !entry.heads.is_empty() {
                self.want(entry.document, &entry.about);
            }
        }
        self.now.page += 1;
        if self.now.page >= changed.pages {
            self.now.asking = false;
            self.now.epoch = changed.epoch;
            self.now.frontier = Some(base.max(changed.place));
            self.sort();
        }
    }

    pub(super) fn piece(
        &mut self,
        piece: Piece,
        held: &mut BTreeMap<DocumentId, Heads>,
        effects: &mut Vec<Effect>,
    ) {
        let id = piece.document;
        if let Some(after) = piece.after {
            self.advance(after, piece.place, effects);
            if self.now.places.get(&id).is_some_and(|p| *p >= piece.place) {
                return;
            }
        }
        let Some(piece) = self.joined(piece) else {
            return;
        };
        let current = held.get(&id).map_or(&[][..], Vec::as_slice);
        if !piece.heads.is_empty() && current == piece.heads {
            self.arrived(id, piece.place);
        } else if piece.since.is_empty() || piece.since == current {
            self.arrived(id, piece.place);
            held.insert(id, piece.heads.clone());
            *self.storing.entry(id).or_default() += 1;
            effects.push(Effect::Store(Received {
                id,
                about: piece.about,
                whole: piece.since.is_empty(),
                data: piece.data,
                heads: piece.heads,
            }));
        } else {
            self.now.asked.remove(&id);
            self.want(id, &piece.about);
            self.sort();
        }
    }

    /// Follows a commit of this device's own changes.
    pub(super) fn step(
        &mut self,
        id: DocumentId,
        step: &Step,
        held: &mut BTreeMap<DocumentId, Heads>,
        effects: &mut Vec<Effect>,
    ) {
        self.advance(step.after, step.place, effects);
        let current = held.get(&id).map_or(&[][..], Vec::as_slice);
        if current == step.since {
            held.insert(id, step.heads.clone());
            self.now.places.insert(id, step.place);
        } else if current != step.heads {
            self.want(id, &About::default());
            self.sort();
        }
    }

    /// Moves the frontier along the chain of places; a gap means that something was lost, so asks again.
    fn advance(&mut self, after: u64, place: u64, effects: &mut Vec<Effect>) {
        match &mut self.now.frontier {
            Some(frontier) if after <= *frontier => *frontier = place.max(*frontier),
            _ => self.ask(effects),
        }
    }

    /// Collects the parts of a document; returns it once it is whole.
    fn joined(&mut self, mut piece: Piece) -> Option<Piece> {
        if piece.parts <= 1 {
            return Some(piece);
        }
        let id = piece.document;
        if piece.part == 0 && piece.parts <= MAX_PARTS {
            self.now.parts.insert(id, piece);
            return None;
        }
        let mut begun = self.now.parts.remove(&id)?;
        if begun.heads != piece.heads || begun.part + 1 != piece.part {
            // Parts of two states mixed: ask for the document anew.
            self.now.asked.remove(&id);
            self.want(id, &piece.about);
            return None;
        }
        begun.data.append(&mut piece.data);
        begun.part = piece.part;
        if begun.part + 1 == begun.parts {
            return Some(begun);
        }
        self.now.parts.insert(id, begun);
        None
    }

    fn arrived(&mut self, id: DocumentId, place: u64) {
        self.now.places.insert(id, place);
        if self.now.wanted.remove(&id).is_some() {
            self.now.received += 1;
        }
        self.now.asked.remove(&id);
    }

    fn want(&mut self, id: DocumentId, about: &About) {
        let known = self.kinds.iter().position(|kind| *kind == about.kind);
        self.now.wanted.insert(id, known.unwrap_or(self.kinds.len()));
    }

    fn sort(&mut self) {
        let now = &mut self.now;
        let waiting = now.wanted.iter().filter(|(id, _)| !now.asked.contains(id));
        let mut order: Vec<_> =
            waiting.map(|(id, rank)| (!self.preferred.contains(id), *rank, *id)).collect();
        order.sort_unstable();
        now.queue = order.into_iter().map(|(_, _, id)| id).collect();
    }

    /// Returns, once all is listed and stored after the server began another life, what it has of each document held here.
    pub(super) fn reborn(&mut self, held: &BTreeMap<DocumentId, Heads>) -> Vec<(DocumentId, Heads)> {
        if self.now.asking || !self.now.wanted.is_empty() || !self.storing.is_empty() {
            return Vec::new();
        }
        let Some(mut listed) = self.now.listed.take() else {
            return Vec::new();
        };
        held.keys().map(|id| (*id, listed.remove(id).unwrap_or_default())).collect()
    }

    /// Asks for more, reports progress, and says when everything is stored.
    pub(super) fn pump(
        &mut self,
        held: &BTreeMap<DocumentId, Heads>,
        offering: bool,
        effects: &mut Vec<Effect>,
    ) {
        let now = &mut self.now;
        while now.asked.len() <= BATCH && !now.queue.is_empty() {
            let mut documents = Vec::with_capacity(BATCH);
            while documents.len() < BATCH {
                let Some(id) = now.queue.pop_front() else {
                    break;
                };
                if now.wanted.contains_key(&id) && now.asked.insert(id) {
                    documents.push((id, held.get(&id).cloned().unwrap_or_default()));
                }
            }
            if !documents.is_empty() {
                send(effects, Message::Want { documents });
            }
        }
        let progress = (now.received, now.received + now.wanted.len());
        if progress.1 > 0 && now.reported != Some(progress) {
            now.reported = Some(progress);
            effects.push(Effect::Progress { received: progress.0, total: progress.1 });
        }
        let settled = !offering && now.wanted.is_empty() && now.parts.is_empty() && self.storing.is_empty();
        if let (Some(place), true, false) = (now.frontier, settled, now.asking) {
            let cursor = Cursor { epoch: now.epoch.clone(), place };
            if self.saved.as_ref() != Some(&cursor) {
                self.saved = Some(cursor.clone());
                effects.push(Effect::Cursor(cursor));
            }
            if !now.caught_up {
                now.caught_up = true;
                effects.push(Effect::CaughtUp);
            }
        }
    }
}
