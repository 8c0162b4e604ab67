//! What a device has on its disk, and what is on its way there.

use super::device::Device;
use super::document;
use automerge::{Automerge, ChangeHash};
use std::collections::BTreeMap;
use sync::{About, Cursor, DocumentId, Heads, Outgoing, Received};

/// What survives a kill.
#[derive(Default)]
pub struct Disk {
    pub chunks: BTreeMap<DocumentId, Vec<u8>>,
    pub held: BTreeMap<DocumentId, Heads>,
    pub outbox: BTreeMap<DocumentId, Outgoing>,
    pub cursor: Option<Cursor>,
}

/// A transaction that is not on disk yet; a kill forgets it and all that follow.
pub enum Unsynced {
    Write { chunk: Vec<u8>, write: Saved, outgoing: Outgoing },
    Store(Received),
    Durable { id: DocumentId, heads: Heads, server: Heads },
    Cursor(Cursor),
}

/// A write that the person saw as saved: the simulation remembers it through every kill.
#[derive(Clone)]
pub struct Saved {
    pub id: DocumentId,
    pub number: i64,
    pub hash: ChangeHash,
    pub acknowledged: bool,
}

impl Device {
    /// Opens what is on disk, as a fresh actor of this device.
    pub fn read(&mut self, id: DocumentId) -> Option<Automerge> {
        let mut document = Automerge::new();
        document.load_incremental(self.disk.chunks.get(&id)?).expect("what is on disk reads");
        self.actors += 1;
        Some(document::owned(document, self.author(), self.actors))
    }

    pub(super) fn opened(&mut self, id: DocumentId) -> Option<&mut Automerge> {
        if !self.open.contains_key(&id) {
            let document = self.read(id)?;
            self.open.insert(id, document);
        }
        self.open.get_mut(&id)
    }

    /// Makes the document anew and for this device's pen.
    pub fn fresh(&mut self) -> Automerge {
        self.actors += 1;
        document::owned(document::genesis(), self.author(), self.actors)
    }

    /// Writes; neither the disk nor the client know of it yet.
    pub fn write(&mut self, id: DocumentId, number: i64, place: usize) {
        let (mut document, writes) = match self.ahead.remove(&id) {
            Some(ahead) => ahead,
            None => (self.opened(id).cloned().unwrap_or_else(|| self.fresh()), 0),
        };
        let before =
            if self.disk.chunks.contains_key(&id) || writes > 0 { document.get_heads() } else { vec![] };
        document::write(&mut document, number, place);
        let heads = document.get_heads();
        let about = About {
            kind: "record".into(),
            subject: id.to_string(),
            team: self.team.to_string(),
            institution: "h".into(),
        };
        self.unsynced.push_back(Unsynced::Write {
            chunk: document.save_after(&before),
            write: Saved { id, number, hash: heads[0], acknowledged: false },
            outgoing: Outgoing { id, heads, about },
        });
        self.ahead.insert(id, (document, writes + 1));
    }

    pub(super) fn append(&mut self, id: DocumentId, data: &[u8]) {
        if let Some(document) = self.open.get_mut(&id) {
            document.load_incremental(data).expect("what is appended reads");
        }
        self.disk.chunks.entry(id).or_default().extend_from_slice(data);
    }

    /// Lets the disk's document go on under the actor that wrote, once all it wrote is there.
    pub(super) fn written(&mut self, id: DocumentId) {
        let Some((document, writes)) = self.ahead.remove(&id) else {
            return;
        };
        if writes > 1 {
            self.ahead.insert(id, (document, writes - 1));
        } else if let Some(open) = self.opened(id) {
            open.set_actor(document.get_actor().clone());
        }
    }
}
