//! What the server's disk has of ours leaves the outbox.

use super::{
    Batch, Core, Held, Outbox, StoreError, Table,
    healing::{copies, put_copy},
};
use crate::clock;
use automerge::{Automerge, ChangeHash};
use std::collections::BTreeSet;
use sync::{DocumentId, Heads, sorted};

impl Core {
    /// Records that the server's disk has everything up to `heads`, which are ours, and to `server`, the heads that it
    /// had when we last heard of them: others may write at the same time, so neither has to include the other.
    pub(in crate::replica) async fn durable(
        &self,
        id: DocumentId,
        heads: &[ChangeHash],
        server: Heads,
    ) -> Result<(), StoreError> {
        let turn = self.turn().await?;
        turn.seated()?;
        let document = self.document(id).await?;
        let mut batch = Batch::default();
        if let Some(document) = document {
            self.confirm(id, &document, &[heads, &server].concat(), &mut batch);
        }
        self.index.borrow_mut().sent(id, server);
        self.put_pages(&mut batch).await;
        turn.commit(batch).await?;
        self.state.waiting(self.outbox.borrow().waiting());
        Ok(())
    }

    /// Records that what this account may not change was handed in, up to `heads`, for a person to decide on.
    pub(in crate::replica) async fn submitted(&self, id: DocumentId, heads: Heads) -> Result<(), StoreError> {
        let turn = self.turn().await?;
        turn.seated()?;
        let mut batch = Batch::default();
        if let Some(document) = self.document(id).await? {
            self.outbox.borrow_mut().hand_in(id);
            self.confirm(id, &document, &heads, &mut batch);
        }
        // Nothing of it waits any more: it may be dropped when the server says so.
        if self.outbox(|outbox| outbox.open_changes(id)).is_empty() {
            let local = self.index(|index| index.held(id).map(|held| held.local.clone()));
            if let Some(local) = local {
                self.index.borrow_mut().sent(id, local);
            }
        }
        self.put_pages(&mut batch).await;
        turn.commit(batch).await?;
        self.state.waiting(self.outbox.borrow().waiting());
        Ok(())
    }

    /// Takes out of the outbox what `server` heads include.
    pub(super) fn confirm(
        &self,
        id: DocumentId,
        document: &Automerge,
        server: &[ChangeHash],
        batch: &mut Batch,
    ) {
        let mut outbox = self.outbox.borrow_mut();
        let open = outbox.open_changes(id);
        if open.is_empty() {
            return;
        }
        for number in outbox.confirm(id, &safe(document, open, server), clock::now().0) {
            if let Some(bytes) = outbox.encode(number) {
                batch.put(Table::Outbox, Outbox::key(number), bytes);
            }
        }
        for number in outbox.trim() {
            batch.delete(Table::Outbox, Outbox::key(number));
        }
        if outbox.open_changes(id).is_empty() {
            batch.delete_prefix(Table::State, copies(id));
        }
    }

    /// Lets the outbox decide what is unsent: should a page of the index ever be older than a deed, it is still sent. What
    /// the server is known to have is not.
    pub(super) async fn trust_outbox(&self) -> Result<(), StoreError> {
        let turn = self.turn().await?;
        let mut batch = Batch::default();
        for id in self.outbox(Outbox::documents) {
            let held = self.index(|index| index.held(id).cloned());
            if let (Some(held), Some(document)) = (held, self.document(id).await?) {
                self.confirm(id, &document, &held.server, &mut batch);
                let waits = !self.outbox(|outbox| outbox.open_changes(id)).is_empty();
                // Apps of before kept no copies.
                if waits && self.store.keys(Table::State, &copies(id)).await? == 0 {
                    put_copy(&mut batch, id, &held.about, &document.save());
                }
                self.index.borrow_mut().hold(Held { local: sorted(document.get_heads()), ..held });
            }
        }
        turn.commit(batch).await?;
        self.state.waiting(self.outbox.borrow().waiting());
        Ok(())
    }
}

/// Returns those of the `open` changes that `known` heads include.
fn safe(document: &Automerge, open: Vec<[u8; 32]>, known: &[ChangeHash]) -> Vec<[u8; 32]> {
    // Heads that this device has not received yet say nothing about its own changes.
    let known: Vec<ChangeHash> =
        known.iter().filter(|hash| document.get_change_meta_by_hash(hash).is_some()).copied().collect();
    let behind: BTreeSet<[u8; 32]> =
        document.get_changes(&known).iter().map(|change| change.hash().0).collect();
    // Nor is what this device has lost itself safe before the server has sent it.
    let is_here = |hash: &[u8; 32]| document.get_change_meta_by_hash(&ChangeHash(*hash)).is_some();
    open.into_iter().filter(|hash| !behind.contains(hash) && is_here(hash)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::{AutoCommit, ROOT, transaction::Transactable};

    #[test]
    fn what_the_server_has_of_ours_is_safe_though_another_wrote_meanwhile() {
        let mut ours = AutoCommit::new();
        ours.put(ROOT, "a", 1).unwrap();
        let common = ours.get_heads();
        let mut theirs = ours.fork();
        theirs.put(ROOT, "b", 2).unwrap();
        let server = theirs.get_heads();
        ours.put(ROOT, "c", 3).unwrap();
        let heads = ours.get_heads();
        let document = Automerge::load(&ours.save()).unwrap();
        let open = || vec![common[0].0, heads[0].0];
        // The server's heads as we know them are older than ours, or not here yet; ours were confirmed.
        assert_eq!(safe(&document, open(), &common), [common[0].0]);
        assert_eq!(safe(&document, open(), &[&heads[..], &common].concat()), open());
        assert_eq!(safe(&document, open(), &[&heads[..], &server].concat()), open());
        assert_eq!(safe(&document, open(), &server), Vec::<[u8; 32]>::new());
    }

    #[test]
    fn a_change_that_the_disk_has_lost_is_not_taken_for_sent() {
        let mut ours = AutoCommit::new();
        ours.put(ROOT, "a", 1).unwrap();
        let before = ours.get_heads();
        let known = Automerge::load(&ours.save()).unwrap();
        ours.put(ROOT, "b", 2).unwrap();
        let lost = ours.get_heads();
        assert_eq!(safe(&known, vec![before[0].0, lost[0].0], &before), [before[0].0]);
        let again = Automerge::load(&ours.save()).unwrap();
        assert_eq!(safe(&again, vec![lost[0].0], &lost), [lost[0].0], "the server had it, and has sent it");
    }
}
