//! What the tab with the socket begins with, and what it leaves behind.

use super::{Arriving, Batch, CURSOR, Core, StoreError, Table, decode_cursor};
use crate::replica::{driver::Local, random_id, word::Word};
use futures::channel::mpsc;
use std::collections::BTreeSet;
use sync::Setup;

/// The order in which a first sync fetches: what search and lists need comes first.
const FIRST: [&str; 11] = [
    "catalog",
    "rules",
    "activity",
    "rulings",
    "close",
    "prescriptions",
    "reviews",
    "person",
    "record",
    "diary",
    "rewards",
];

impl Core {
    /// Sits down at the socket: from now on only this tab writes what comes in. Whoever takes it from another tab goes by that
    /// one's name, so that the server lets go of a socket that a frozen tab still has.
    pub(in crate::replica) async fn sit_down(
        &self,
        taken: bool,
        local: mpsc::UnboundedSender<Local>,
    ) -> Result<Setup, StoreError> {
        let turn = self.turn().await?;
        let mut journal = self.journal.borrow().clone();
        journal.tenure = random_id();
        if !taken || journal.peer.is_empty() {
            journal.peer = random_id();
        }
        let (tenure, peer) = (journal.tenure.clone(), journal.peer.clone());
        turn.commit_with(journal, Batch::default()).await?;
        let cursor = self.store.get(Table::State, CURSOR).await?.and_then(|bytes| decode_cursor(&bytes));
        self.state.known(cursor.is_some());
        *self.tenure.borrow_mut() = Some(tenure);
        *self.local.borrow_mut() = Some(local);
        self.told.borrow_mut().clear();
        let (held, outbox) = self.held();
        Ok(Setup { peer, cursor, held, outbox, kinds: FIRST.map(str::to_owned).to_vec() })
    }

    /// Gets up; what arrived and was not written by then comes once more to whoever sits there next.
    pub(in crate::replica) fn get_up(&self) {
        *self.tenure.borrow_mut() = None;
        *self.local.borrow_mut() = None;
        let arrived = std::mem::take::<Arriving>(&mut self.arriving.borrow_mut());
        if !arrived.held.is_empty() {
            self.stale.set(true);
        }
    }

    /// Tells the other tabs how far device and server agree, when that has changed since, or `anyway`.
    pub(in crate::replica) fn tell(&self, anyway: bool) {
        if self.tenure.borrow().is_none() {
            return;
        }
        let word = Word::Sync(self.state.get_untracked());
        let text = word.text();
        if anyway || *self.told.borrow() != text {
            self.others.say(&word);
            *self.told.borrow_mut() = text;
        }
    }

    /// Reads what another tab has written.
    pub(in crate::replica) async fn look(&self) {
        // What cannot be read now is read before the next write.
        if self.turn().await.is_err() {
            self.stale.set(true);
            (self.changed)(&BTreeSet::new());
        }
    }
}
