//! What the person does: documents, deed and draft reach the disk together.

use super::{
    Batch, Core, Held, Outbox, StoreError, Table,
    blobs::{Hash, unsent},
    chunk_key,
    healing::put_copy,
};
use crate::{
    clock,
    replica::outbox::{Deed, Sending},
};
use automerge::Automerge;
use std::{
    collections::{BTreeSet, HashMap},
    rc::Rc,
};
use sync::{About, DocumentId, sorted};

/// Writes into a document.
pub type Apply = Box<dyn FnOnce(&mut Automerge) -> Result<(), documents::WriteError>>;

/// One document's part of a write.
pub struct Edit {
    /// Which document.
    pub id: DocumentId,
    /// Its row, for when it does not exist yet.
    pub about: About,
    /// What is written.
    pub apply: Apply,
}

/// A sealed file that goes with a write.
pub struct FileOf {
    /// The document it belongs to.
    pub id: DocumentId,
    /// Its address.
    pub hash: Hash,
    /// The sealed bytes.
    pub bytes: Vec<u8>,
}

/// Why a write did not happen; nothing of it is on the disk.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The disk.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The document refused.
    #[error(transparent)]
    Document(#[from] documents::WriteError),
}

impl Core {
    /// Writes `edits`, the deed in the outbox and the end of a draft in one transaction. When this returns, it is on the disk.
    pub async fn write(
        &self,
        deed: Deed,
        subject: &str,
        edits: Vec<Edit>,
        finished_draft: Option<&str>,
    ) -> Result<(), SaveError> {
        self.write_with(deed, subject, edits, finished_draft, Vec::new()).await
    }

    /// Writes files besides, in the same transaction.
    pub async fn write_with(
        &self,
        deed: Deed,
        subject: &str,
        edits: Vec<Edit>,
        finished_draft: Option<&str>,
        files: Vec<FileOf>,
    ) -> Result<(), SaveError> {
        let turn = self.turn().await?;
        let mut batch = Batch::default();
        let mut written = Vec::new();
        let mut open = Vec::new();
        for Edit { id, about, apply } in edits {
            let (mut document, before) = match self.document(id).await? {
                Some(document) => ((*document).clone(), document.get_heads()),
                None => (documents::open(&about.kind)?, Vec::new()),
            };
            apply(&mut document)?;
            let chunk = document.save_after(&before);
            let known = self.index(|index| index.held(id).map(|held| held.about.clone()));
            put_copy(&mut batch, id, known.as_ref().unwrap_or(&about), &chunk);
            batch.put(Table::Chunks, chunk_key(id, &chunk), chunk);
            open.extend(document.get_changes(&before).iter().map(|change| (*id.bytes(), change.hash().0)));
            written.push((id, about, Rc::new(document)));
        }
        let number = self.outbox.borrow().next();
        let mut blobs = Vec::with_capacity(files.len());
        for FileOf { id, hash, bytes } in files {
            batch.put(Table::State, unsent(id, &hash), bytes);
            blobs.push((*id.bytes(), hash));
        }
        let sending = Sending {
            deed,
            subject: subject.to_owned(),
            at: clock::now().0,
            sent: None,
            submitted: false,
            open,
            blobs,
        };
        self.outbox.borrow_mut().insert(number, sending);
        if let Some(bytes) = self.outbox.borrow().encode(number) {
            batch.put(Table::Outbox, Outbox::key(number), bytes);
        }
        if let Some(draft) = finished_draft {
            batch.delete(Table::Drafts, draft);
        }
        let before: Vec<Option<Held>> =
            self.index(|index| written.iter().map(|(id, ..)| index.held(*id).cloned()).collect());
        let mut touched = BTreeSet::new();
        for ((id, about, document), known) in written.iter().zip(&before) {
            let server = known.as_ref().map(|held| held.server.clone()).unwrap_or_default();
            let about = known.as_ref().map_or(about, |held| &held.about).clone();
            touched.insert(about.subject.clone());
            let held = Held { id: *id, about, server, local: sorted(document.get_heads()) };
            self.index.borrow_mut().hold(held);
        }
        let fresh: HashMap<DocumentId, Rc<Automerge>> =
            written.iter().map(|(id, _, document)| (*id, document.clone())).collect();
        let stored = match self.summarise(&touched, &fresh).await {
            Ok(()) => {
                self.put_pages(&mut batch).await;
                turn.commit(batch).await
            }
            Err(error) => Err(error),
        };
        if let Err(error) = stored {
            self.take_back(number, before, &written);
            // The rows again show what is on the disk; when even that cannot be read, the first error says enough.
            let _ = self.summarise(&touched, &HashMap::new()).await;
            return Err(error.into());
        }
        for (id, about, document) in &written {
            self.refresh_county(about, document);
            self.cache(*id, document.clone());
        }
        self.state.waiting(self.outbox.borrow().waiting());
        (self.changed)(&touched);
        for (id, ..) in &written {
            self.announce(*id);
        }
        Ok(())
    }

    /// Undoes in memory what did not reach the disk.
    fn take_back(
        &self,
        number: u64,
        before: Vec<Option<Held>>,
        written: &[(DocumentId, About, Rc<Automerge>)],
    ) {
        self.outbox.borrow_mut().remove(number);
        let mut index = self.index.borrow_mut();
        for (known, (id, ..)) in before.into_iter().zip(written) {
            match known {
                Some(held) => index.hold(held),
                None => index.forget(*id),
            }
        }
    }
}
