//! What was not sent, into a file and out of one.

use super::{Batch, Core, Held, Outbox, StoreError, Table, blobs::unsent, chunk_key, healing::put_copy};
use crate::replica::{
    copies::Row,
    outbox::Sending,
    parcel::{Beside, Draft, Parcel, ParcelError, Piece},
};
use automerge::Automerge;
use std::{
    collections::{BTreeSet, HashMap},
    rc::Rc,
};
use sync::{DocumentId, sorted};

/// How much somebody has that is nowhere else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unsent {
    /// Deeds, or documents that no deed stands for.
    pub deeds: usize,
    /// Unfinished forms.
    pub drafts: usize,
}

impl Core {
    /// Counts what is nowhere else.
    pub async fn unsent(&self) -> Result<Unsent, StoreError> {
        let documents = self.index(|index| index.documents().filter(|held| held.unsent()).count());
        let deeds = self.outbox(Outbox::waiting).max(documents.min(1));
        Ok(Unsent { deeds, drafts: self.store.keys(Table::Drafts, "").await? })
    }

    /// Puts together what is nowhere else.
    pub async fn pack(&self) -> Result<Parcel, StoreError> {
        let _turn = self.turn().await?;
        let mut ids = self.outbox(Outbox::documents);
        ids.extend(self.index(|index| {
            index.documents().filter(|held| held.unsent()).map(|held| held.id).collect::<Vec<_>>()
        }));
        let mut documents = Vec::with_capacity(ids.len());
        for id in ids {
            let about = self.index(|index| index.held(id).map(|held| held.about.clone()));
            if let (Some(about), Some(document)) = (about, self.document(id).await?) {
                documents.push(Piece { id: *id.bytes(), row: Row::of(&about), data: document.save() });
            }
        }
        let deeds: Vec<Sending> =
            self.outbox(|outbox| outbox.newest_first().filter(|deed| deed.sent.is_none()).cloned().collect());
        let drafts = self.store.scan(Table::Drafts, "").await?;
        let drafts = drafts.into_iter().map(|(key, form)| Draft { key, form }).collect();
        let mut blobs = Vec::new();
        for (id, hash) in self.outbox(Outbox::blobs) {
            if let Some(bytes) = self.blob(id, &hash).await? {
                blobs.push(Beside { id: *id.bytes(), hash, bytes });
            }
        }
        let author = self.account.author.clone();
        Ok(Parcel { author, deeds: deeds.into_iter().rev().collect(), documents, drafts, blobs })
    }

    /// Takes what a file has; returns how much of it was not here.
    pub async fn unpack(&self, parcel: Parcel) -> Result<Unsent, ParcelError> {
        if parcel.author != self.account.author {
            return Err(ParcelError::Stranger);
        }
        self.take(parcel).await.map_err(|_| ParcelError::Device)
    }

    async fn take(&self, parcel: Parcel) -> Result<Unsent, StoreError> {
        let turn = self.turn().await?;
        let mut batch = Batch::default();
        let mut fresh: HashMap<DocumentId, Rc<Automerge>> = HashMap::new();
        let mut touched = BTreeSet::new();
        for Piece { id, row, data } in parcel.documents {
            let id = DocumentId::new(id);
            let (mut document, before) = match self.document(id).await? {
                Some(document) => ((*document).clone(), document.get_heads()),
                None => (Automerge::new(), Vec::new()),
            };
            // One that cannot be read hides no other.
            if document.load_incremental(&data).is_err()
                || sorted(document.get_heads()) == sorted(before.clone())
            {
                continue;
            }
            let chunk = document.save_after(&before);
            let known = self.index(|index| index.held(id).cloned());
            let held = known.unwrap_or_else(|| Held {
                id,
                about: row.about(),
                server: Vec::new(),
                local: Vec::new(),
            });
            put_copy(&mut batch, id, &held.about, &chunk);
            batch.put(Table::Chunks, chunk_key(id, &chunk), chunk);
            touched.insert(held.about.subject.clone());
            self.index.borrow_mut().hold(Held { local: sorted(document.get_heads()), ..held });
            fresh.insert(id, Rc::new(document));
        }
        let mut taken = Unsent::default();
        for deed in parcel.deeds {
            let is_here = self.outbox(|outbox| outbox.newest_first().any(|known| known.is(&deed)));
            let is_carried = deed.open.iter().any(|(id, _)| fresh.contains_key(&DocumentId::new(*id)))
                || parcel.blobs.iter().any(|beside| deed.blobs.contains(&(beside.id, beside.hash)));
            if is_here || !is_carried {
                continue;
            }
            let number = self.outbox.borrow().next();
            self.outbox.borrow_mut().insert(number, deed);
            if let Some(bytes) = self.outbox.borrow().encode(number) {
                batch.put(Table::Outbox, Outbox::key(number), bytes);
            }
            taken.deeds += 1;
        }
        for Beside { id, hash, bytes } in parcel.blobs {
            batch.put(Table::State, unsent(DocumentId::new(id), &hash), bytes);
        }
        for Draft { key, form } in parcel.drafts {
            // What was filled in here since is newer.
            if self.store.get(Table::Drafts, &key).await?.is_none() {
                batch.put(Table::Drafts, key, form);
                taken.drafts += 1;
            }
        }
        let done = match self.summarise(&touched, &fresh).await {
            Ok(()) => {
                self.put_pages(&mut batch).await;
                turn.commit(batch).await
            }
            Err(error) => Err(error),
        };
        if let Err(error) = done {
            // Memory is ahead of the disk: it is read again before the next write.
            self.stale.set(true);
            return Err(error);
        }
        drop(turn);
        for (id, document) in fresh {
            self.cache(id, document);
            self.announce(id);
        }
        self.trust_outbox().await?;
        (self.changed)(&touched);
        Ok(taken)
    }
}
