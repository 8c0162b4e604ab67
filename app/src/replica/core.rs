//! The documents of one unlocked person: read, written, received, confirmed. Every write is one transaction.

mod confirming;
mod receiving;
mod summaries;

use super::{
    account::Account,
    breath::Breath,
    driver::Local,
    index::{Held, Index},
    outbox::{Deed, Outbox, Sending},
    rows::Row,
    state::SyncState,
    store::{Batch, Store, StoreError, Table},
};
use crate::clock;
use automerge::Automerge;
use documents::{Catalog, CountyRules, Kind, read_catalog, read_rules};
use futures::{channel::mpsc, lock::Mutex};
use receiving::Arriving;
use sha2::{Digest, Sha256};
use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    rc::Rc,
};
use sync::{About, Cursor, DocumentId, Heads, Outgoing, sorted};

/// Documents kept open; the rest are read from the disk when asked for.
const OPEN: usize = 48;

/// Where single values live in [`Table::State`].
const CURSOR: &str = "cursor";

/// The documents of one person on this device.
pub struct Core {
    /// Whose they are.
    pub account: Account,
    /// How far device and server agree.
    pub state: SyncState,
    pub(super) store: Store,
    index: RefCell<Index<Row>>,
    outbox: RefCell<Outbox>,
    catalog: RefCell<Rc<Catalog>>,
    rules: RefCell<Rc<CountyRules>>,
    open: RefCell<Vec<(DocumentId, Rc<Automerge>)>>,
    /// Writers wait for each other, so that pages reach the disk in the order in which they changed.
    writing: Mutex<()>,
    local: mpsc::UnboundedSender<Local>,
    changed: Changed,
    arriving: RefCell<Arriving>,
}

/// Told the subjects whose documents changed.
pub type Changed = Box<dyn Fn(&BTreeSet<String>)>;

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
    /// Reads the index and the outbox from the disk.
    pub async fn load(
        account: Account,
        store: Store,
        local: mpsc::UnboundedSender<Local>,
        changed: Changed,
    ) -> Result<(Self, Option<Cursor>), StoreError> {
        let index = Self::read_index(&store).await?;
        let outbox = Outbox::read(store.scan(Table::Outbox, "").await?);
        let cursor = store.get(Table::State, CURSOR).await?.and_then(|bytes| decode_cursor(&bytes));
        let state = SyncState::new(outbox.waiting(), cursor.is_some());
        let core = Self {
            account,
            state,
            store,
            index: RefCell::new(index),
            outbox: RefCell::new(outbox),
            catalog: RefCell::default(),
            rules: RefCell::default(),
            open: RefCell::default(),
            writing: Mutex::new(()),
            local,
            changed,
            arriving: RefCell::default(),
        };
        core.load_county().await?;
        core.trust_outbox().await?;
        Ok((core, cursor))
    }

    async fn read_index(store: &Store) -> Result<Index<Row>, StoreError> {
        let mut index = Index::default();
        let breath = Breath::new();
        for (_, page) in store.scan(Table::Pages, "").await? {
            breath.take().await;
            // A damaged page hides no other.
            let _ = index.read_page(&page);
        }
        Ok(index)
    }

    /// Returns what the sync machine has to know of the disk.
    pub fn held(&self) -> (Vec<(DocumentId, Heads)>, Vec<Outgoing>) {
        let index = self.index.borrow();
        let held = index.documents().filter(|held| !held.server.is_empty());
        let held = held.map(|held| (held.id, held.server.clone())).collect();
        let outgoing =
            |held: &Held| Outgoing { id: held.id, heads: held.local.clone(), about: held.about.clone() };
        let outbox = index.documents().filter(|held| held.unsent()).map(outgoing).collect();
        (held, outbox)
    }

    /// Looks at the index.
    pub fn index<T>(&self, look: impl FnOnce(&Index<Row>) -> T) -> T {
        look(&self.index.borrow())
    }

    /// Looks at the outbox.
    pub fn outbox<T>(&self, look: impl FnOnce(&Outbox) -> T) -> T {
        look(&self.outbox.borrow())
    }

    /// Returns a document as it is on the disk, or nothing when the device does not hold it.
    pub async fn document(&self, id: DocumentId) -> Result<Option<Rc<Automerge>>, StoreError> {
        if let Some(document) = self.cached(id) {
            return Ok(Some(document));
        }
        if self.index(|index| index.held(id).is_none()) {
            return Ok(None);
        }
        let mut document = Automerge::new();
        for (_, bytes) in self.store.scan(Table::Chunks, &prefix(id)).await? {
            // A chunk whose dependencies are missing waits inside the document.
            document.load_incremental(&bytes).map_err(|_| StoreError::Form)?;
        }
        // Somebody may have opened or written it meanwhile: theirs is at least as new.
        let document = self.cached(id).unwrap_or_else(|| Rc::new(document));
        self.cache(id, document.clone());
        Ok(Some(document))
    }

    fn cached(&self, id: DocumentId) -> Option<Rc<Automerge>> {
        self.open.borrow().iter().find(|(open, _)| *open == id).map(|(_, document)| document.clone())
    }

    fn cache(&self, id: DocumentId, document: Rc<Automerge>) {
        let mut open = self.open.borrow_mut();
        open.retain(|(known, _)| *known != id);
        open.push((id, document));
        if self.state.get_untracked().complete {
            let surplus = open.len().saturating_sub(OPEN);
            open.drain(..surplus);
        }
    }

    /// Writes `edits`, the deed in the outbox and the end of a draft in one transaction. When this returns, it is on the disk.
    pub async fn write(
        &self,
        deed: Deed,
        subject: &str,
        edits: Vec<Edit>,
        finished_draft: Option<&str>,
    ) -> Result<(), SaveError> {
        let _turn = self.writing.lock().await;
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
            batch.put(Table::Chunks, chunk_key(id, &chunk), chunk);
            open.extend(document.get_changes(&before).iter().map(|change| (*id.bytes(), change.hash().0)));
            written.push((id, about, Rc::new(document)));
        }
        let number = self.outbox.borrow().next();
        let sending = Sending { deed, subject: subject.to_owned(), at: clock::now().0, sent: None, open };
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
                self.store.commit(batch).await
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
        for (id, about, document) in written {
            let heads = sorted(document.get_heads());
            let _ = self.local.unbounded_send(Local::Changed(Outgoing { id, heads, about }));
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

    /// Reads the county's catalog and rules again when one of them is among `written`.
    fn refresh_county(&self, about: &About, document: &Automerge) {
        match Kind::parse(&about.kind) {
            Some(Kind::Catalog) => *self.catalog.borrow_mut() = Rc::new(read_catalog(document).0),
            Some(Kind::Rules) => *self.rules.borrow_mut() = Rc::new(read_rules(document).0),
            _ => {}
        }
    }

    async fn load_county(&self) -> Result<(), StoreError> {
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

    /// Returns the county's catalog: institutions, teams, staff, packages.
    #[must_use]
    pub fn catalog(&self) -> Rc<Catalog> {
        self.catalog.borrow().clone()
    }

    /// Returns the county's rules; empty for whoever may not read them.
    #[must_use]
    pub fn rules(&self) -> Rc<CountyRules> {
        self.rules.borrow().clone()
    }

    /// Drops a document that this account may no longer hold.
    pub(super) async fn forget(&self, id: DocumentId) -> Result<(), StoreError> {
        let _turn = self.writing.lock().await;
        let Some(held) = self.index(|index| index.held(id).cloned()) else { return Ok(()) };
        // Unsent work survives everything, also the loss of the right to read.
        if held.unsent() {
            return Ok(());
        }
        let mut batch = Batch::default();
        batch.delete_prefix(Table::Chunks, prefix(id));
        self.open.borrow_mut().retain(|(open, _)| *open != id);
        self.index.borrow_mut().forget(id);
        self.put_pages(&mut batch).await;
        self.store.commit(batch).await?;
        (self.changed)(&BTreeSet::from([held.about.subject]));
        Ok(())
    }

    /// Keeps the place up to which everything is stored.
    pub(super) async fn keep_cursor(&self, cursor: Cursor) -> Result<(), StoreError> {
        let text = format!("{} {}", cursor.epoch, cursor.place);
        let mut batch = Batch::default();
        batch.put(Table::State, CURSOR, text.into_bytes());
        // The place is true only together with an index that has everything up to it.
        self.catch_up(batch).await
    }

    async fn put_pages(&self, batch: &mut Batch) {
        let breath = Breath::new();
        let dirty = self.index.borrow_mut().take_dirty();
        for number in dirty {
            breath.take().await;
            if let Some((key, bytes)) = self.index(|index| index.page_on_disk(number)) {
                batch.put(Table::Pages, key, bytes);
            }
        }
    }
}

fn prefix(id: DocumentId) -> String {
    format!("{}/", hex::encode(id.bytes()))
}

/// Names a chunk by its content: the same bytes twice are stored once.
fn chunk_key(id: DocumentId, bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    format!("{}{}", prefix(id), hex::encode(hash.get(..16).unwrap_or_default()))
}

fn decode_cursor(bytes: &[u8]) -> Option<Cursor> {
    let (epoch, place) = std::str::from_utf8(bytes).ok()?.split_once(' ')?;
    Some(Cursor { epoch: epoch.to_owned(), place: place.parse().ok()? })
}
