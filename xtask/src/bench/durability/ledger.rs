//! What was written and what of it was acknowledged.

use automerge::{Automerge, ChangeHash};
use std::collections::BTreeMap;
use sync::DocumentId;

/// Every document has one writer, so its changes stand in one line.
#[derive(Debug, Default)]
pub struct Ledger {
    written: BTreeMap<DocumentId, Line>,
}

#[derive(Debug, Default)]
struct Line {
    changes: Vec<ChangeHash>,
    acknowledged: usize,
}

impl Ledger {
    /// Notes a change.
    pub fn wrote(&mut self, id: DocumentId, change: ChangeHash) {
        self.written.entry(id).or_default().changes.push(change);
    }

    /// Notes that the server named `heads` as its own: those changes and all before them.
    pub fn acknowledge(&mut self, id: DocumentId, heads: &[ChangeHash]) {
        if let Some(line) = self.written.get_mut(&id) {
            let last = line.changes.iter().rposition(|hash| heads.contains(hash));
            line.acknowledged = line.acknowledged.max(last.map_or(0, |n| n + 1));
        }
    }

    /// Returns how many changes of a document are not acknowledged.
    pub fn open(&self, id: DocumentId) -> usize {
        let line = self.written.get(&id);
        line.map_or(0, |line| line.changes.len() - line.acknowledged)
    }

    /// Returns how many changes were acknowledged.
    pub fn acknowledged(&self) -> usize {
        self.written.values().map(|line| line.acknowledged).sum()
    }

    /// Returns how many changes the largest document has.
    pub fn largest(&self) -> usize {
        self.written.values().map(|line| line.changes.len()).max().unwrap_or_default()
    }

    /// Returns the documents of which anything was acknowledged.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> {
        let of = |(id, line): (&DocumentId, &Line)| (line.acknowledged > 0).then_some(*id);
        self.written.iter().filter_map(of)
    }

    /// Returns how many acknowledged changes of a document are not in what the server has of it.
    pub fn lost(&self, id: DocumentId, server: Option<&Automerge>) -> usize {
        let Some(line) = self.written.get(&id) else {
            return 0;
        };
        let gone = |hash: &&ChangeHash| {
            server.is_none_or(|document| document.get_change_meta_by_hash(hash).is_none())
        };
        let acknowledged = line.changes.iter().take(line.acknowledged);
        acknowledged.filter(gone).count()
    }

    /// Adds another writer's lines.
    pub fn join(&mut self, other: Self) {
        self.written.extend(other.written);
    }
}
