//! What could not be opened any more is taken from its copy or fetched again; what the browser cleared is stored again from
//! memory.

use super::{
    Batch, CURSOR, Core, Held, Index, Journal, Outbox, StoreError, Table, chunk_key, decode_cursor, prefix,
};
use crate::replica::{
    copies::{COPIES, Copy},
    profile,
};
use automerge::Automerge;
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};
use sync::{About, DocumentId, sorted};

/// Where the copies of a document's unsent chunks live.
pub(super) fn copies(id: DocumentId) -> String {
    [COPIES, &prefix(id)].concat()
}

/// Adds the copy of a chunk that was not sent.
pub(super) fn put_copy(batch: &mut Batch, id: DocumentId, about: &About, chunk: &[u8]) {
    let copy = Copy { about: about.clone(), chunk: chunk.to_vec() };
    batch.put(Table::State, [COPIES, &chunk_key(id, chunk)].concat(), copy.write());
}

impl Core {
    /// Takes care of what could not be opened.
    pub(in crate::replica) async fn heal(&self) -> Result<(), StoreError> {
        let turn = self.turn().await?;
        let mut damaged = self.store.take_damaged();
        if damaged.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::default();
        let mut torn = BTreeSet::new();
        let mut pages = false;
        for (table, key) in &damaged {
            match table {
                Table::Chunks => {
                    batch.delete(Table::Chunks, key.as_str());
                    torn.extend(key.split_once('/').and_then(|(id, _)| document(id)));
                }
                Table::Pages => {
                    self.index.borrow_mut().begin_page(key);
                    pages = true;
                }
                Table::State if key.starts_with(COPIES) => batch.delete(Table::State, key.as_str()),
                // Written again with the next write, or asked for.
                Table::State => {}
                Table::Outbox | Table::Drafts => {
                    batch.delete(*table, key.as_str());
                    self.store.health.change(|health| health.lost += 1);
                }
            }
        }
        for (id, copies) in self.copies().await? {
            let restored = self.restore(id, copies, &mut batch);
            if damaged.iter().any(|(table, key)| *table == Table::Chunks && restored.contains(key)) {
                damaged.retain(|(_, key)| !restored.contains(key));
                let whole = !damaged
                    .iter()
                    .any(|(table, key)| *table == Table::Chunks && key.starts_with(&prefix(id)));
                torn.retain(|torn| *torn != id || !whole);
            }
        }
        for id in &torn {
            let held = self.index(|index| index.held(*id).cloned());
            if let Some(held) = held {
                // Nothing of it is known to be sent or unsent; what waits in the outbox says so below.
                self.index.borrow_mut().hold(Held { server: Vec::new(), local: Vec::new(), ..held });
            }
            self.open.borrow_mut().retain(|(open, _)| open != id);
        }
        if !torn.is_empty() || pages {
            // From the beginning of the server's sequence: its list says everything that this device now lacks.
            if let Some(cursor) =
                self.store.get(Table::State, CURSOR).await?.and_then(|bytes| decode_cursor(&bytes))
            {
                batch.put(Table::State, CURSOR, format!("{} 0", cursor.epoch).into_bytes());
            }
        }
        self.put_pages(&mut batch).await;
        turn.commit(batch).await?;
        drop(turn);
        let count = torn.len() + usize::from(pages && torn.is_empty());
        self.torn.borrow_mut().extend(torn);
        self.store.health.change(|health| health.damaged += count);
        self.trust_outbox().await?;
        (self.changed)(&self.index(|index| index.subjects(&index.documents().map(|held| held.id).collect())));
        self.others.again();
        Ok(())
    }

    /// Reads the copies of what was not sent.
    async fn copies(&self) -> Result<BTreeMap<DocumentId, Vec<Copy>>, StoreError> {
        let mut copies: BTreeMap<DocumentId, Vec<Copy>> = BTreeMap::new();
        for (key, bytes) in self.store.scan(Table::State, COPIES).await? {
            let id = key.strip_prefix(COPIES).and_then(|key| document(key.split_once('/')?.0));
            if let (Some(id), Some(copy)) = (id, Copy::read(&bytes)) {
                copies.entry(id).or_default().push(copy);
            }
        }
        Ok(copies)
    }

    /// Puts the chunks of the copies back, and the document into the index if it has lost it; returns the keys of the chunks.
    fn restore(&self, id: DocumentId, copies: Vec<Copy>, batch: &mut Batch) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for Copy { about, chunk } in copies {
            let key = chunk_key(id, &chunk);
            batch.put(Table::Chunks, key.as_str(), chunk);
            keys.insert(key);
            if self.index(|index| index.held(id).is_none()) {
                let held = Held { id, about, server: Vec::new(), local: Vec::new() };
                self.index.borrow_mut().hold(held);
            }
        }
        self.open.borrow_mut().retain(|(open, _)| *open != id);
        keys
    }

    /// Takes that the server has sent documents again; returns those that had been damaged.
    pub(super) fn mended(&self, ids: impl Iterator<Item = DocumentId>) -> Vec<DocumentId> {
        let mut torn = self.torn.borrow_mut();
        let mended: Vec<DocumentId> = ids.filter(|id| torn.remove(id)).collect();
        if !mended.is_empty() {
            self.store.health.change(|health| {
                health.damaged = health.damaged.saturating_sub(mended.len());
                health.mended += mended.len();
            });
        }
        mended
    }

    /// Everything the server had is here.
    pub(in crate::replica) fn whole(&self) {
        self.torn.borrow_mut().clear();
        self.store.health.change(|health| health.mended += std::mem::take(&mut health.damaged));
    }

    /// Looks whether the browser has cleared what was stored, and stores again what is in memory.
    pub(in crate::replica) async fn look_after(&self) -> Result<(), StoreError> {
        if self.store.is_open() {
            return Ok(());
        }
        let _here = self.writing.lock().await;
        let _among_tabs = self.others.turn().await;
        if self.store.is_open() {
            return Ok(());
        }
        self.store.reopen().await?;
        let name = &self.account.account;
        if !profile::all().await?.iter().any(|known| known.account.account == *name) {
            profile::save(&self.profile).await?;
        }
        let found = self.store.journal().await?;
        if found.is_some() {
            // Another tab was first, or the browser only closed the door.
            self.stale.set(true);
            self.others.again();
            return Ok(());
        }
        let kept = self.keep_from_memory().await?;
        self.store.health.change(|health| health.cleared = Some(kept));
        self.state.known(false);
        self.state.waiting(self.outbox.borrow().waiting());
        self.others.again();
        Ok(())
    }

    /// Begins the store anew with the documents in memory, the unsent ones among them; returns how many deeds wait in it.
    async fn keep_from_memory(&self) -> Result<usize, StoreError> {
        let mut batch = Batch::default();
        let mut index = Index::default();
        let gone = self.index(|index| index.subjects(&index.documents().map(|held| held.id).collect()));
        let kept: Vec<(DocumentId, Rc<Automerge>)> = self.open.borrow().clone();
        let unsent = self.outbox(Outbox::documents);
        for (id, document) in &kept {
            let Some(held) = self.index(|index| index.held(*id).cloned()) else { continue };
            let chunk = document.save();
            if unsent.contains(id) {
                put_copy(&mut batch, *id, &held.about, &chunk);
            }
            batch.put(Table::Chunks, chunk_key(*id, &chunk), chunk);
            index.hold(Held { server: Vec::new(), local: sorted(document.get_heads()), ..held });
        }
        for number in self.outbox(Outbox::numbers) {
            if let Some(bytes) = self.outbox(|outbox| outbox.encode(number)) {
                batch.put(Table::Outbox, Outbox::key(number), bytes);
            }
        }
        *self.index.borrow_mut() = index;
        *self.journal.borrow_mut() = Journal::default();
        self.arriving.take();
        self.summarise(
            &self.index(|index| index.subjects(&index.documents().map(|held| held.id).collect())),
            &kept.into_iter().collect(),
        )
        .await?;
        self.put_pages(&mut batch).await;
        let mut journal = Journal::default();
        journal.note(batch.touched());
        let sealed = self.store.commit_after(None, &journal.write(), batch).await?;
        *self.seen.borrow_mut() = Some(sealed);
        *self.journal.borrow_mut() = journal;
        self.epoch.set(self.epoch.get() + 1);
        (self.changed)(&gone);
        Ok(self.outbox.borrow().waiting())
    }
}

fn document(key: &str) -> Option<DocumentId> {
    Some(DocumentId::new(hex::decode(key).ok()?.try_into().ok()?))
}
