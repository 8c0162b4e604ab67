//! Files beside the documents, as the disk keeps them: under one name until the server has them, under another after.

use super::{Batch, Core, Outbox, StoreError, Table, prefix};
use crate::{clock, replica::copies::COPIES};
use std::collections::BTreeSet;
use sync::DocumentId;

/// The address of a blob: the SHA-256 of its bytes.
pub type Hash = [u8; 32];

/// Where blobs live that the server has, in [`Table::State`].
pub(super) fn kept(id: DocumentId) -> String {
    ["blob/", &prefix(id)].concat()
}

/// Where a blob lives that the server does not have yet: it counts as unsent work.
pub(super) fn unsent(id: DocumentId, hash: &Hash) -> String {
    [COPIES, "blob/", &prefix(id), &hex::encode(hash)].concat()
}

fn key(id: DocumentId, hash: &Hash) -> String {
    [&kept(id), hex::encode(hash).as_str()].concat()
}

impl Core {
    /// Returns the blobs that can be sent now, oldest first: their documents are at the server.
    pub(in crate::replica) fn sendable(&self) -> Vec<(DocumentId, Hash)> {
        let waiting = self.outbox(Outbox::blobs);
        let at_server = |id| self.index(|index| index.held(id).is_some_and(|held| !held.server.is_empty()));
        waiting.into_iter().filter(|(id, _)| at_server(*id)).collect()
    }

    /// Reads a blob that this device has.
    pub(in crate::replica) async fn blob(
        &self,
        id: DocumentId,
        hash: &Hash,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        match self.store.get(Table::State, &unsent(id, hash)).await? {
            None => self.store.get(Table::State, &key(id, hash)).await,
            found => Ok(found),
        }
    }

    /// Keeps a blob that was fetched.
    pub(in crate::replica) async fn keep_blob(
        &self,
        id: DocumentId,
        hash: &Hash,
        bytes: Vec<u8>,
    ) -> Result<(), StoreError> {
        let mut batch = Batch::default();
        batch.put(Table::State, key(id, hash), bytes);
        self.store.commit(batch).await
    }

    /// Records that the server has all of a blob; without bytes, that this device has lost it and cannot send it.
    pub(in crate::replica) async fn uploaded(
        &self,
        id: DocumentId,
        hash: &Hash,
        bytes: Option<Vec<u8>>,
    ) -> Result<(), StoreError> {
        let turn = self.turn().await?;
        let mut batch = Batch::default();
        batch.delete(Table::State, unsent(id, hash));
        if let Some(bytes) = bytes {
            batch.put(Table::State, key(id, hash), bytes);
        }
        let numbers = self.outbox.borrow_mut().uploaded(id, hash, clock::now().0);
        for number in numbers {
            if let Some(bytes) = self.outbox(|outbox| outbox.encode(number)) {
                batch.put(Table::Outbox, Outbox::key(number), bytes);
            }
        }
        turn.commit(batch).await?;
        self.state.waiting(self.outbox(Outbox::waiting));
        let subject = self.index(|index| index.held(id).map(|held| held.about.subject.clone()));
        (self.changed)(&subject.into_iter().collect::<BTreeSet<_>>());
        Ok(())
    }
}
