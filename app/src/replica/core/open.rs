//! Documents in memory: read from the disk when asked for, the last few kept.

use super::{Core, Held, Outbox, StoreError, Table, prefix};
use automerge::Automerge;
use documents::{Kind, read_catalog, read_rules};
use std::rc::Rc;
use sync::{About, DocumentId};

/// Documents kept open; the rest are read from the disk when asked for.
const OPEN: usize = 48;

impl Core {
    /// Returns a document as it is on the disk, or nothing when the device does not hold it.
    pub async fn document(&self, id: DocumentId) -> Result<Option<Rc<Automerge>>, StoreError> {
        if let Some(document) = self.cached(id) {
            return Ok(Some(document));
        }
        if self.index(|index| index.held(id).is_none()) {
            return Ok(None);
        }
        let epoch = self.epoch.get();
        let mut document = Automerge::new();
        for (key, bytes) in self.store.scan(Table::Chunks, &prefix(id)).await? {
            // A chunk whose dependencies are missing waits inside the document.
            if document.load_incremental(&bytes).is_err() {
                self.store.note_damage(Table::Chunks, &key);
            }
        }
        if self.store.is_damaged() {
            self.others.heal();
        }
        // Somebody may have opened or written it meanwhile: theirs is at least as new.
        let document = self.cached(id).unwrap_or_else(|| Rc::new(document));
        // What was read while something was written is good to look at once, not to write on.
        if epoch == self.epoch.get() {
            self.cache(id, document.clone());
        }
        Ok(Some(document))
    }

    pub(super) fn cached(&self, id: DocumentId) -> Option<Rc<Automerge>> {
        self.open.borrow().iter().find(|(open, _)| *open == id).map(|(_, document)| document.clone())
    }

    pub(super) fn cache(&self, id: DocumentId, document: Rc<Automerge>) {
        let mut open = self.open.borrow_mut();
        open.retain(|(known, _)| *known != id);
        open.push((id, document));
        if self.state.get_untracked().complete {
            let mut surplus = open.len().saturating_sub(OPEN);
            if surplus > 0 {
                // What was not sent stays: should the disk lose it, it is still here.
                let unsent = self.outbox(Outbox::documents);
                open.retain(|(id, _)| {
                    let goes = surplus > 0 && !unsent.contains(id);
                    surplus -= usize::from(goes);
                    !goes
                });
            }
        }
    }

    /// Reads the county's catalog and rules again when one of them is among `written`.
    pub(super) fn refresh_county(&self, about: &About, document: &Automerge) {
        match Kind::parse(&about.kind) {
            Some(Kind::Catalog) => *self.catalog.borrow_mut() = Rc::new(read_catalog(document).0),
            Some(Kind::Rules) => *self.rules.borrow_mut() = Rc::new(read_rules(document).0),
            _ => {}
        }
    }

    pub(super) async fn load_county(&self) -> Result<(), StoreError> {
        let county: Vec<Held> = self.index(|index| {
            let of_county = |held: &&Held| matches!(held.about.kind.as_str(), "catalog" | "rules");
            index.documents().filter(of_county).cloned().collect()
        });
        for held in county {
            if let Some(document) = self.document(held.id).await? {
                self.refresh_county(&held.about, &document);
            }
        }
        Ok(())
    }
}
