//! Documents in memory: loaded on demand, one lock each, the longest unused evicted.

use crate::store::{Conflict, Store, StoreError, Write, Written};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use sync::{DocumentId, Replica};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// A document is compacted when it lies in more chunks than this.
const CHUNKS: usize = 64;

/// A document in memory; holding its lock is the right to commit to it.
#[derive(Debug, Default)]
pub struct Slot {
    loaded: bool,
    /// The document, if it exists.
    pub replica: Option<Replica>,
    chunks: usize,
    last_chunk: i64,
}

impl Slot {
    /// Commits `write`, and only then shows it to the next reader.
    /// After a conflict the document has to be locked, and the changes tried, once more.
    pub async fn commit(
        &mut self,
        store: &dyn Store,
        mut write: Write,
    ) -> Result<Result<Written, Conflict>, StoreError> {
        let commit = &mut write.commit;
        let id = commit.id;
        let document = std::mem::replace(&mut commit.document, automerge::Automerge::new());
        let bound = commit.bound.clone();
        let added: usize = commit.changes.iter().map(|change| change.raw_bytes().len()).sum();
        let bytes = self.replica.as_ref().map_or(0, |replica| replica.bytes) + added;
        let (about, creator) = (write.about.clone(), write.creator.clone());
        let written = match store.commit(write).await {
            Ok(Ok(written)) => written,
            unwritten => {
                // After an error whether it was written is unknown; the store knows when asked again.
                *self = Self::default();
                return unwritten;
            }
        };
        let mut actors = self.replica.take().map(|r| r.actors).unwrap_or_default();
        actors.extend(bound);
        self.replica = Some(Replica { id, about, creator, document, bytes, actors, place: written.place });
        self.chunks += 1;
        self.last_chunk = written.chunk;
        if self.chunks > CHUNKS {
            // The commit is safe whatever becomes of this.
            if let Err(error) = self.compact(store).await {
                tracing::error!(%error, "compaction failed");
            }
        }
        Ok(Ok(written))
    }

    async fn compact(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        let Some(replica) = &mut self.replica else {
            return Ok(());
        };
        // A snapshot that does not read back must never replace what does.
        let snapshot = replica.document.save_and_verify().map_err(|_| StoreError::Corrupt(replica.id))?;
        replica.bytes = snapshot.len();
        self.last_chunk = store.compact(replica.id, snapshot, self.last_chunk).await?;
        self.chunks = 1;
        Ok(())
    }
}

#[derive(Debug)]
struct Cached {
    slot: Arc<AsyncMutex<Slot>>,
    used: u64,
}

#[derive(Debug, Default)]
struct Shelf {
    slots: HashMap<DocumentId, Cached>,
    clock: u64,
}

/// The documents in memory.
#[derive(Debug)]
pub struct Documents {
    shelf: Mutex<Shelf>,
    limit: usize,
}

impl Documents {
    /// Keeps at most `limit` documents that nobody is using.
    pub fn new(limit: usize) -> Self {
        Self { shelf: Mutex::default(), limit: limit.max(1) }
    }

    /// Returns how many documents are in memory.
    pub fn loaded(&self) -> usize {
        let shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.slots.len()
    }

    /// Locks a document, reading it from the store if it is not in memory.
    pub async fn lock(&self, store: &dyn Store, id: DocumentId) -> Result<OwnedMutexGuard<Slot>, StoreError> {
        let mut slot = self.slot(id).lock_owned().await;
        if !slot.loaded {
            if let Some(stored) = store.load(id).await? {
                slot.chunks = stored.chunks;
                slot.last_chunk = stored.last_chunk;
                slot.replica = Some(stored.replica);
            }
            slot.loaded = true;
        }
        Ok(slot)
    }

    /// Forgets a document that another relay has changed; whoever holds it now will meet a conflict.
    pub fn outdated(&self, id: DocumentId) {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner).slots.remove(&id);
    }

    fn slot(&self, id: DocumentId) -> Arc<AsyncMutex<Slot>> {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.clock += 1;
        let now = shelf.clock;
        let cached = shelf.slots.entry(id).or_insert_with(|| Cached { slot: Arc::default(), used: now });
        cached.used = now;
        let slot = Arc::clone(&cached.slot);
        if shelf.slots.len() > self.limit {
            shelf.evict(self.limit);
        }
        slot
    }
}

impl Shelf {
    /// Drops the longest unused, an eighth at a time so that looking for them stays cheap.
    fn evict(&mut self, limit: usize) {
        let idle = |cached: &Cached| Arc::strong_count(&cached.slot) == 1;
        let mut ages: Vec<(u64, DocumentId)> = self
            .slots
            .iter()
            .filter(|(_, cached)| idle(cached))
            .map(|(id, cached)| (cached.used, *id))
            .collect();
        ages.sort_unstable();
        let surplus = self.slots.len() - limit + limit / 8;
        for (_, id) in ages.into_iter().take(surplus) {
            self.slots.remove(&id);
        }
    }
}
