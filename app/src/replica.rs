//! The imperative shell: documents in memory and on the device's disk, the socket, unlocking.
//!
//! Nothing here knows a screen. What a person saw as saved has gone through [`store`] with strict durability;
//! what they saw as sent has been confirmed by the server's `durable`.

pub mod account;
pub mod blobs;
mod breath;
pub mod closing;
pub mod copies;
pub mod core;
mod derive;
pub mod drafts;
mod driver;
pub mod files;
pub mod health;
pub mod index;
mod journal;
pub mod lease;
mod link;
pub mod outbox;
pub mod parcel;
pub mod profile;
pub mod rewards;
pub mod rows;
mod seat;
pub mod state;
pub mod store;
pub mod tabs;
pub mod vault;
pub mod word;

use self::{
    account::Account,
    core::Core,
    health::HealthState,
    profile::Profile,
    state::SyncState,
    store::{Store, StoreError},
    tabs::{News, Others, Tabs},
    vault::Vault,
};
use futures::channel::{mpsc, oneshot};
use leptos::{prelude::*, task::spawn_local};
use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    rc::Rc,
};

/// The documents of the person who unlocked this device; a copyable handle for screens.
#[derive(Clone, Copy)]
pub struct Replica(StoredValue<Rc<Shared>, LocalStorage>);

struct Shared {
    core: Rc<Core>,
    versions: Rc<Versions>,
    news: mpsc::UnboundedSender<News>,
    /// Dropped, it ends everything that runs in the background.
    _open: oneshot::Sender<()>,
}

/// Counters that screens track: one a subject, one for the lists.
#[derive(Default)]
struct Versions {
    lists: ArcRwSignal<u64>,
    subjects: RefCell<HashMap<String, ArcRwSignal<u64>>>,
}

impl Versions {
    fn of(&self, subject: &str) -> ArcRwSignal<u64> {
        self.subjects.borrow_mut().entry(subject.to_owned()).or_default().clone()
    }

    fn bump(&self, touched: &BTreeSet<String>) {
        for subject in touched {
            let signal = self.subjects.borrow().get(subject).cloned();
            if let Some(signal) = signal {
                signal.update(|version| *version += 1);
            }
        }
        self.lists.update(|version| *version += 1);
    }
}

impl Replica {
    /// Opens the person's database and starts to sync.
    pub async fn open(profile: &Profile, vault: Vault) -> Result<Self, StoreError> {
        let database = profile.database();
        let store = Store::open(&database, vault).await?;
        let versions = Rc::new(Versions::default());
        let bump = versions.clone();
        let changed = Box::new(move |touched: &BTreeSet<String>| bump.bump(touched));
        let (news_in, news) = mpsc::unbounded();
        let others = Others::new(&database, news_in.clone());
        let core = Rc::new(Core::load(profile.clone(), store, others, changed).await?);
        let (open, locked) = oneshot::channel();
        spawn_local(Tabs::new(core.clone(), news_in.clone()).run(news, locked));
        let outdated = core.clone();
        // What fails here is tried again at the next opening; lists show the rows of the version before meanwhile.
        spawn_local(async move { drop(outdated.renew_rows().await) });
        let shared = Shared { core, versions, news: news_in, _open: open };
        Ok(Self(StoredValue::new_local(Rc::new(shared))))
    }

    /// Lets go of the documents: the socket closes and nothing of them stays in memory.
    pub fn close(self) {
        self.0.dispose();
    }

    fn shared(self) -> Rc<Shared> {
        self.0.get_value()
    }

    /// Returns the documents.
    #[must_use]
    pub fn core(self) -> Rc<Core> {
        self.shared().core.clone()
    }

    /// Returns who unlocked the device.
    #[must_use]
    pub fn account(self) -> Account {
        self.shared().core.account.clone()
    }

    /// Returns how far device and server agree.
    #[must_use]
    pub fn state(self) -> SyncState {
        self.shared().core.state
    }

    /// Returns what is wrong with this device.
    #[must_use]
    pub fn health(self) -> HealthState {
        self.shared().core.store.health.clone()
    }

    /// Looks whether the browser has cleared what was stored, and saves what is in memory.
    pub fn look_after(self) {
        let core = self.core();
        // What cannot be done now is tried again at the next look.
        spawn_local(async move { drop(core.look_after().await) });
    }

    /// Tracks the lists: the reader runs again when any row changes.
    pub fn track_lists(self) {
        self.shared().versions.lists.track();
    }

    /// Tracks one subject: the reader runs again when one of its documents changes.
    pub fn track(self, subject: &str) {
        self.shared().versions.of(subject).track();
    }

    /// Tries to connect now: the network is back, the page is visible, somebody signed in again.
    pub fn wake(self) {
        let _ = self.shared().news.unbounded_send(News::Wake);
    }

    /// Looks whether this tab should have the socket: the page was shown or hidden.
    pub fn look(self) {
        let _ = self.shared().news.unbounded_send(News::Look);
    }
}

/// Returns the replica of the open app.
///
/// # Panics
/// Outside the open app, where there is none; a mistake of the program, found by opening the page.
#[must_use]
pub fn use_replica() -> Replica {
    expect_context::<Replica>()
}

/// Returns 16 random bytes in hex: the name of a tab, a visit, a contract.
#[must_use]
pub fn random_id() -> String {
    let mut bytes = [0; 16];
    // Without randomness the vault could not have been opened.
    let _ = getrandom::fill(&mut bytes);
    hex::encode(bytes)
}
