//! The documents of one unlocked person: read, written, received, confirmed. Every write is one transaction.

pub(super) mod blobs;
mod confirming;
mod healing;
mod meeting;
mod open;
mod packing;
mod receiving;
mod socket;
mod summaries;
mod turn;
mod writing;

use super::{
    account::Account,
    blobs::Uploading,
    breath::Breath,
    driver::Local,
    index::{Held, Index},
    journal::Journal,
    lease::{Lease, against_memory},
    outbox::Outbox,
    profile::Profile,
    rows::Row,
    state::SyncState,
    store::{Batch, Sealed, Store, StoreError, Table},
    tabs::Others,
};
use crate::clock;
use automerge::Automerge;
use documents::{Catalog, CountyRules};
use futures::{channel::mpsc, lock::Mutex};
use receiving::Arriving;
use sha2::{Digest, Sha256};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
};
use sync::{Cursor, DocumentId, Heads, Outgoing};

pub use packing::Unsent;
pub use writing::{Apply, Edit, FileOf, SaveError};

/// Where single values live in [`Table::State`].
const CURSOR: &str = "cursor";

/// The documents of one person on this device.
pub struct Core {
    /// Whose they are.
    pub account: Account,
    /// How far device and server agree.
    pub state: SyncState,
    /// How far the file is that is being sent.
    pub uploading: Uploading,
    pub(super) profile: Profile,
    pub(super) store: Store,
    index: RefCell<Index<Row>>,
    outbox: RefCell<Outbox>,
    catalog: RefCell<Rc<Catalog>>,
    rules: RefCell<Rc<CountyRules>>,
    open: RefCell<Vec<(DocumentId, Rc<Automerge>)>>,
    /// Writers wait for each other, so that pages reach the disk in the order in which they changed.
    writing: Mutex<()>,
    pub(super) others: Others,
    /// The journal as of what is in memory, and as it was stored; nothing when memory cannot be relied on.
    journal: RefCell<Journal>,
    seen: RefCell<Option<Sealed>>,
    stale: Cell<bool>,
    /// Grows with every write, of this tab and of others.
    epoch: Cell<u64>,
    /// This tab's turn at the socket, and who is told what is to be sent.
    tenure: RefCell<Option<String>>,
    local: RefCell<Option<mpsc::UnboundedSender<Local>>>,
    told: RefCell<String>,
    changed: Changed,
    arriving: RefCell<Arriving>,
    /// Documents that the server has to send again.
    torn: RefCell<BTreeSet<DocumentId>>,
}

/// Told the subjects whose documents changed.
pub type Changed = Box<dyn Fn(&BTreeSet<String>)>;

impl Core {
    /// Reads the index and the outbox from the disk.
    pub async fn load(
        profile: Profile,
        store: Store,
        others: Others,
        changed: Changed,
    ) -> Result<Self, StoreError> {
        // Before everything else: what is written meanwhile is then read again.
        let seen = store.journal().await?;
        let journal = match &seen {
            Some(sealed) => Journal::read(&store.open_journal(sealed).await.unwrap_or_default()),
            None => Journal::default(),
        };
        let index = Self::read_index(&store).await?;
        let outbox = Outbox::read(store.scan(Table::Outbox, "").await?);
        let cursor = store.get(Table::State, CURSOR).await?.and_then(|bytes| decode_cursor(&bytes));
        let state = SyncState::new(outbox.waiting(), cursor.is_some());
        let now = clock::now().0;
        store.health.change(|health| {
            health.clock = against_memory(now, profile.seen);
            health.lease = match profile.lease(now) {
                Lease::Good => None,
                Lease::Ending(left) => Some(left),
                Lease::Over(_) => Some(0),
            };
            // Whoever has been here has a journal, unless the browser has cleared it.
            health.cleared = (profile.begun && seen.is_none()).then_some(0);
        });
        let core = Self {
            account: profile.account.clone(),
            state,
            uploading: Uploading::default(),
            profile,
            store,
            index: RefCell::new(index),
            outbox: RefCell::new(outbox),
            catalog: RefCell::default(),
            rules: RefCell::default(),
            open: RefCell::default(),
            writing: Mutex::new(()),
            others,
            journal: RefCell::new(journal),
            seen: RefCell::new(seen),
            stale: Cell::new(false),
            epoch: Cell::new(0),
            tenure: RefCell::default(),
            local: RefCell::default(),
            told: RefCell::default(),
            changed,
            arriving: RefCell::default(),
            torn: RefCell::default(),
        };
        // What is damaged among it is taken care of first.
        core.heal().await?;
        core.load_county().await?;
        core.trust_outbox().await?;
        core.heal().await?;
        Ok(core)
    }

    async fn read_index(store: &Store) -> Result<Index<Row>, StoreError> {
        let mut index = Index::default();
        let breath = Breath::new();
        for (key, page) in store.scan(Table::Pages, "").await? {
            breath.take().await;
            // A damaged page hides no other.
            let _ = index.read_page(&key, &page);
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

    /// Returns the profile that was opened.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Looks at the index.
    pub fn index<T>(&self, look: impl FnOnce(&Index<Row>) -> T) -> T {
        look(&self.index.borrow())
    }

    /// Hands a document's unsent changes to the machine at the socket, if it runs in this tab.
    fn announce(&self, id: DocumentId) {
        let outgoing = self.index(|index| {
            let held = index.held(id).filter(|held| held.unsent())?;
            Some(Outgoing { id, heads: held.local.clone(), about: held.about.clone() })
        });
        if let (Some(outgoing), Some(local)) = (outgoing, &*self.local.borrow()) {
            let _ = local.unbounded_send(Local::Changed(outgoing));
        }
    }

    /// Looks at the outbox.
    pub fn outbox<T>(&self, look: impl FnOnce(&Outbox) -> T) -> T {
        look(&self.outbox.borrow())
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

    /// Drops documents that this account may no longer hold.
    pub(super) async fn forget(&self, ids: BTreeSet<DocumentId>) -> Result<(), StoreError> {
        let turn = self.turn().await?;
        turn.seated()?;
        let mut batch = Batch::default();
        let mut subjects = BTreeSet::new();
        for id in ids {
            let Some(held) = self.index(|index| index.held(id).cloned()) else { continue };
            // Unsent work survives everything, also the loss of the right to read.
            if held.unsent() || self.outbox(Outbox::blobs).iter().any(|(of, _)| *of == id) {
                continue;
            }
            batch.delete_prefix(Table::Chunks, prefix(id));
            batch.delete_prefix(Table::State, blobs::kept(id));
            self.open.borrow_mut().retain(|(open, _)| *open != id);
            self.index.borrow_mut().forget(id);
            subjects.insert(held.about.subject);
        }
        self.put_pages(&mut batch).await;
        turn.commit(batch).await?;
        (self.changed)(&subjects);
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
