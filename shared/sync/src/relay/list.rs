//! Documents going out to a device: the list, whole documents, live changes.

use super::{Committed, Effect, Listed, Session, View};
use crate::id::{DocumentId, Heads};
use crate::wire::{BUNDLE_BYTES, Changed, MAX_ENTRIES, Message, Piece};

impl Session {
    pub(super) fn listed(&mut self, listed: Listed, effects: &mut Vec<Effect>) {
        for document in listed.denied {
            effects.push(Effect::Send(Message::Denied { document }.encode()));
        }
        for document in listed.gone {
            effects.push(Effect::Send(Message::Gone { document }.encode()));
        }
        let mut chunks: Vec<_> = listed.entries.chunks(MAX_ENTRIES).map(<[_]>::to_vec).collect();
        if chunks.is_empty() {
            chunks.push(Vec::new());
        }
        let pages = chunks.len() as u64;
        for (page, entries) in chunks.into_iter().enumerate() {
            let message = Message::Changed(Changed {
                epoch: listed.epoch.clone(),
                after: listed.after,
                place: listed.place,
                page: page as u64,
                pages,
                entries,
            });
            effects.push(Effect::Send(message.encode()));
        }
        self.told = Some(listed.place);
    }

    pub(super) fn wanted(
        &mut self,
        id: DocumentId,
        heads: &Heads,
        last: bool,
        view: View<'_>,
        effects: &mut Vec<Effect>,
    ) {
        match view.replica {
            Some(replica) => {
                let document = &replica.document;
                let holds = !heads.is_empty()
                    && heads.iter().all(|hash| document.get_change_meta_by_hash(hash).is_some());
                if view.rights.read {
                    let (since, data) = if holds {
                        (heads.clone(), document.save_after(heads))
                    } else {
                        (Vec::new(), document.save())
                    };
                    let piece = Piece {
                        document: id,
                        about: replica.about.clone(),
                        since,
                        heads: replica.heads(),
                        place: replica.place,
                        after: None,
                        part: 0,
                        parts: 1,
                        data,
                    };
                    self.collect(piece, effects);
                } else if holds {
                    // Naming its heads proves that the device held it, so nothing is given away.
                    effects.push(Effect::Send(Message::Denied { document: id }.encode()));
                } else {
                    self.unavailable(id, effects);
                }
            }
            None => self.unavailable(id, effects),
        }
        if last {
            self.flush(effects);
        }
    }

    pub(super) fn packed(&mut self, piece: Piece, last: bool, effects: &mut Vec<Effect>) {
        self.collect(piece, effects);
        if last {
            self.flush(effects);
        }
    }

    /// Sends a document whole to whom it was given, or tells that it was taken away.
    pub(super) fn accessed(&mut self, id: DocumentId, place: u64, view: View<'_>, effects: &mut Vec<Effect>) {
        if !self.extended {
            if self.open.contains_key(&id) {
                self.refresh(id, view, effects);
            }
            return;
        }
        // A device that has not asked yet, or asked later, has this in its list.
        let Some(told) = self.told.filter(|told| place > *told) else {
            return;
        };
        match view.replica {
            Some(replica) if view.rights.read => {
                let whole = Committed {
                    place,
                    id,
                    about: replica.about.clone(),
                    creator: String::new(),
                    since: Vec::new(),
                    heads: replica.heads(),
                    acknowledged: Vec::new(),
                    data: replica.document.save(),
                };
                self.live(&whole, told, effects);
                self.told = Some(place);
            }
            Some(_) => effects.push(Effect::Send(Message::Denied { document: id }.encode())),
            None => effects.push(Effect::Send(Message::Gone { document: id }.encode())),
        }
    }

    pub(super) fn live(&mut self, commit: &Committed, after: u64, effects: &mut Vec<Effect>) {
        let piece = Piece {
            document: commit.id,
            about: commit.about.clone(),
            since: commit.since.clone(),
            heads: commit.heads.clone(),
            place: commit.place,
            after: Some(after),
            part: 0,
            parts: 1,
            data: commit.data.clone(),
        };
        self.collect(piece, effects);
        self.flush(effects);
    }

    /// Adds a piece to the frame being filled; one too large for a frame travels in parts.
    fn collect(&mut self, piece: Piece, effects: &mut Vec<Effect>) {
        let filled: usize = self.pieces.iter().map(|piece| piece.data.len()).sum();
        if filled + piece.data.len() > BUNDLE_BYTES {
            self.flush(effects);
        }
        if piece.data.len() <= BUNDLE_BYTES {
            self.pieces.push(piece);
            return;
        }
        let parts = piece.data.chunks(BUNDLE_BYTES);
        let count = parts.len() as u64;
        for (part, data) in parts.enumerate() {
            self.pieces.push(Piece {
                part: part as u64,
                parts: count,
                data: data.to_vec(),
                ..piece_without_data(&piece)
            });
            self.flush(effects);
        }
    }

    fn flush(&mut self, effects: &mut Vec<Effect>) {
        if !self.pieces.is_empty() {
            let pieces = std::mem::take(&mut self.pieces);
            effects.push(Effect::Send(Message::Bundle { pieces }.encode()));
        }
    }
}

fn piece_without_data(piece: &Piece) -> Piece {
    Piece {
        document: piece.document,
        about: piece.about.clone(),
        since: piece.since.clone(),
        heads: piece.heads.clone(),
        data: Vec::new(),
        ..*piece
    }
}
