//! Writers take turns, in this tab and among tabs; whoever has the turn has read what the others wrote.

use super::{Batch, Core, Journal, Outbox, StoreError, Table};
use crate::{
    locks::Lock,
    replica::{vault::VaultError, word::Word},
};
use futures::lock::MutexGuard;
use std::collections::{BTreeMap, BTreeSet};
use sync::{DocumentId, sorted};

/// The right to write. What is in memory is then what is on the disk.
pub(in crate::replica) struct Turn<'a> {
    core: &'a Core,
    _here: MutexGuard<'a, ()>,
    _among_tabs: Option<Lock>,
}

impl Core {
    /// Waits for the turn and reads what other tabs have written.
    pub(in crate::replica) async fn turn(&self) -> Result<Turn<'_>, StoreError> {
        let here = self.writing.lock().await;
        let among_tabs = self.others.turn().await;
        self.read_news().await?;
        Ok(Turn { core: self, _here: here, _among_tabs: among_tabs })
    }

    async fn read_news(&self) -> Result<(), StoreError> {
        let found = self.store.journal().await?;
        if !self.stale.get() && found == *self.seen.borrow() {
            return Ok(());
        }
        let opened = match &found {
            Some(sealed) => self.store.open_journal(sealed).await,
            None => Ok(Vec::new()),
        };
        let journal = match opened {
            Ok(bytes) => Journal::read(&bytes),
            Err(StoreError::Vault(VaultError::Damaged)) => {
                // What others wrote is not known: everything is read again, and the next write writes it anew.
                self.stale.set(true);
                self.journal.borrow().clone()
            }
            Err(error) => return Err(error),
        };
        // An index that is ahead of the disk is made anew with what it is ahead by.
        let is_ahead = self.stale.get() || !self.arriving.borrow().held.is_empty();
        let known = self.journal.borrow().generation;
        match journal.since(known).filter(|_| !is_ahead) {
            Some(touched) => self.read_some(&touched).await?,
            None => self.read_all().await?,
        }
        *self.journal.borrow_mut() = journal;
        *self.seen.borrow_mut() = found;
        self.stale.set(false);
        Ok(())
    }

    /// Reads the pages, documents and deeds again that were touched.
    async fn read_some(&self, touched: &BTreeSet<&str>) -> Result<(), StoreError> {
        let mut documents = BTreeSet::new();
        let mut pages = Vec::new();
        let mut deeds = BTreeMap::new();
        for (table, key) in touched.iter().filter_map(|word| word.split_once('/')) {
            match table {
                "chunks" => documents.extend(document(key)),
                "pages" => pages.extend(self.store.get(Table::Pages, key).await?.map(|page| (key, page))),
                "outbox" => drop(deeds.insert(key, self.store.get(Table::Outbox, key).await?)),
                _ => {}
            }
        }
        self.epoch.set(self.epoch.get() + 1);
        self.open.borrow_mut().retain(|(id, _)| !documents.contains(id));
        let subjects = || self.index(|index| index.subjects(&documents));
        let mut changed = subjects();
        for (key, page) in pages {
            // A damaged page hides no other.
            let _ = self.index.borrow_mut().read_page(key, &page);
        }
        for (key, deed) in deeds {
            self.outbox.borrow_mut().replace(key, deed.as_deref());
        }
        changed.extend(subjects());
        self.told_of(documents, &changed).await
    }

    /// Reads everything again.
    async fn read_all(&self) -> Result<(), StoreError> {
        let index = Self::read_index(&self.store).await?;
        let outbox = Outbox::read(self.store.scan(Table::Outbox, "").await?);
        self.epoch.set(self.epoch.get() + 1);
        self.open.borrow_mut().clear();
        *self.index.borrow_mut() = index;
        *self.outbox.borrow_mut() = outbox;
        let (arrived, of) = {
            let arriving = self.arriving.borrow();
            (arriving.held.clone(), arriving.subjects.clone())
        };
        for mut held in arrived {
            self.index.borrow_mut().hold(held.clone());
            if let Some(document) = self.document(held.id).await? {
                held.local = sorted(document.get_heads());
                self.index.borrow_mut().hold(held);
            }
        }
        self.summarise(&of, &std::collections::HashMap::new()).await?;
        let documents: BTreeSet<DocumentId> =
            self.index(|index| index.documents().map(|held| held.id).collect());
        let subjects = self.index(|index| index.subjects(&documents));
        self.told_of(documents, &subjects).await
    }

    async fn told_of(
        &self,
        documents: BTreeSet<DocumentId>,
        changed: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        let county = |id: &DocumentId| {
            self.index(|index| {
                index.held(*id).is_some_and(|held| matches!(held.about.kind.as_str(), "catalog" | "rules"))
            })
        };
        if documents.iter().any(county) {
            self.load_county().await?;
        }
        for id in documents {
            self.announce(id);
        }
        self.state.waiting(self.outbox.borrow().waiting());
        (self.changed)(changed);
        Ok(())
    }
}

impl Turn<'_> {
    /// Refuses when another tab has taken over the socket: what this one's socket brought is that one's to write.
    pub(super) fn seated(&self) -> Result<(), StoreError> {
        let ours = self.core.tenure.borrow();
        let is_ours = ours.as_ref().is_some_and(|tenure| *tenure == self.core.journal.borrow().tenure);
        if is_ours { Ok(()) } else { Err(StoreError::Behind) }
    }

    /// Writes the batch, in one transaction with what other tabs have to know of it, and tells them.
    pub(super) async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        if batch.is_empty() {
            return Ok(());
        }
        let journal = self.core.journal.borrow().clone();
        self.commit_with(journal, batch).await
    }

    /// Writes the batch with a journal that says more than what was touched.
    pub(super) async fn commit_with(&self, mut journal: Journal, batch: Batch) -> Result<(), StoreError> {
        let core = self.core;
        journal.note(batch.touched());
        let seen = core.seen.borrow().clone();
        match core.store.commit_after(seen.as_ref(), &journal.write(), batch).await {
            Ok(sealed) => {
                *core.seen.borrow_mut() = Some(sealed);
                *core.journal.borrow_mut() = journal;
                core.epoch.set(core.epoch.get() + 1);
                core.others.say(&Word::Written);
                Ok(())
            }
            Err(error) => {
                core.stale.set(true);
                Err(error)
            }
        }
    }
}

fn document(key: &str) -> Option<DocumentId> {
    Some(DocumentId::new(hex::decode(key).ok()?.try_into().ok()?))
}
