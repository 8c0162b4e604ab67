//! The device's disk: one IndexedDB database a person, every value sealed, every write strictly durable.

use super::{
    copies::COPIES,
    health::HealthState,
    vault::{Vault, VaultError},
};
use indexed_db_futures::{
    KeyRange,
    database::Database,
    error::{Error, UnexpectedDataError},
    prelude::*,
    transaction::{TransactionDurability, TransactionMode, TransactionOptions},
};
use js_sys::Uint8Array;
use std::{cell::RefCell, collections::BTreeSet, future::IntoFuture};
use wasm_bindgen::{JsCast, JsValue};

/// Why something could not be read from or written to the device.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The browser refused: private window, blocked storage, no space.
    #[error("the browser's storage failed")]
    Storage,
    /// The disk is full.
    #[error("the device's storage is full")]
    Full,
    /// Sealing or opening failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The value is not in the form this version writes.
    #[error("stored data has an unknown form")]
    Form,
    /// Another tab wrote meanwhile, or has taken over what this one was about to do.
    #[error("another tab was first")]
    Behind,
}

impl From<indexed_db_futures::error::Error> for StoreError {
    fn from(error: indexed_db_futures::error::Error) -> Self {
        // The name is all that is looked at: texts of the browser may quote values.
        if format!("{error:?}").contains("Quota") { Self::Full } else { Self::Storage }
    }
}

impl From<indexed_db_futures::error::OpenDbError> for StoreError {
    fn from(_: indexed_db_futures::error::OpenDbError) -> Self {
        Self::Storage
    }
}

/// The tables of a person's database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Automerge chunks: `document/hash of the bytes`.
    Chunks,
    /// Pages of the summary index.
    Pages,
    /// What waits to be sent, in order.
    Outbox,
    /// Unfinished forms.
    Drafts,
    /// Single values: cursor, session, settings, log.
    State,
}

impl Table {
    const ALL: [Self; 5] = [Self::Chunks, Self::Pages, Self::Outbox, Self::Drafts, Self::State];

    const fn name(self) -> &'static str {
        match self {
            Self::Chunks => "chunks",
            Self::Pages => "pages",
            Self::Outbox => "outbox",
            Self::Drafts => "drafts",
            Self::State => "state",
        }
    }

    fn label(self, key: &str) -> String {
        format!("{}/{key}", self.name())
    }
}

/// Writes that reach the disk together or not at all.
#[derive(Default)]
pub struct Batch {
    puts: Vec<(Table, String, Vec<u8>)>,
    deletes: Vec<(Table, String)>,
    prefixes: Vec<(Table, String)>,
}

impl Batch {
    /// Adds or replaces a value.
    pub fn put(&mut self, table: Table, key: impl Into<String>, value: Vec<u8>) {
        self.puts.push((table, key.into(), value));
    }

    /// Removes a value.
    pub fn delete(&mut self, table: Table, key: impl Into<String>) {
        self.deletes.push((table, key.into()));
    }

    /// Removes all values whose key starts with `prefix`; happens before the puts of the batch.
    pub fn delete_prefix(&mut self, table: Table, prefix: impl Into<String>) {
        self.prefixes.push((table, prefix.into()));
    }

    /// Returns what other tabs have to read again: pages, documents, deeds. Drafts and single values are read when needed.
    #[must_use]
    pub fn touched(&self) -> BTreeSet<String> {
        let puts = self.puts.iter().map(|(table, key, _)| (*table, key));
        let gone = self.deletes.iter().chain(&self.prefixes).map(|(table, key)| (*table, key));
        let told = |(table, key): (Table, &String)| match table {
            Table::Pages | Table::Outbox => Some(table.label(key)),
            Table::Chunks => Some(table.label(key.split_once('/')?.0)),
            Table::Drafts | Table::State => None,
        };
        puts.chain(gone).filter_map(told).collect()
    }

    /// Returns whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.deletes.is_empty() && self.prefixes.is_empty()
    }
}

/// Where the journal lives in [`Table::State`].
const JOURNAL: &str = "journal";

/// A journal as it is stored: two with the same content differ, so that being equal means that nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

/// A person's open database.
pub struct Store {
    name: String,
    database: RefCell<Database>,
    vault: Vault,
    /// What is wrong with this device.
    pub health: HealthState,
    /// Stored values that could not be opened, until somebody has taken care of them.
    damaged: RefCell<BTreeSet<(Table, String)>>,
}

impl Store {
    /// Opens, or creates, the database `name`.
    pub async fn open(name: &str, vault: Vault) -> Result<Self, StoreError> {
        let database = RefCell::new(open(name).await?);
        Ok(Self {
            name: name.to_owned(),
            database,
            vault,
            health: HealthState::default(),
            damaged: RefCell::default(),
        })
    }

    /// Opens the database again that the browser has closed.
    pub async fn reopen(&self) -> Result<(), StoreError> {
        let database = open(&self.name).await?;
        self.database.replace(database);
        Ok(())
    }

    /// Returns whether the browser still lets this page at its database: it does not after it has cleared it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.database().transaction(Table::State.name()).build().is_ok()
    }

    fn database(&self) -> Database {
        self.database.borrow().clone()
    }

    /// Returns what opens the values.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Notes a value that cannot be read any more.
    pub fn note_damage(&self, table: Table, key: &str) {
        self.damaged.borrow_mut().insert((table, key.to_owned()));
    }

    /// Takes what was noted.
    pub fn take_damaged(&self) -> BTreeSet<(Table, String)> {
        self.damaged.take()
    }

    /// Returns whether something waits to be taken care of.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        !self.damaged.borrow().is_empty()
    }

    /// Opens a value; one that is not what was stored is noted, and hides no other.
    async fn opened(&self, table: Table, key: &str, value: JsValue) -> Result<Option<Vec<u8>>, StoreError> {
        match self.vault.open(&table.label(key), &bytes(value)).await {
            Ok(plain) => Ok(Some(plain)),
            Err(VaultError::Damaged) => {
                self.note_damage(table, key);
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Writes the batch in one transaction and returns when it is on the disk.
    pub async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        if batch.is_empty() { Ok(()) } else { self.transact(batch, None).await }
    }

    /// Writes the batch with a new journal, if the one on the disk is still `seen`; returns the new one as it is stored.
    pub async fn commit_after(
        &self,
        seen: Option<&Sealed>,
        journal: &[u8],
        batch: Batch,
    ) -> Result<Sealed, StoreError> {
        let sealed = Sealed(self.vault.seal(&Table::State.label(JOURNAL), journal).await?);
        self.transact(batch, Some((seen, &sealed))).await?;
        Ok(sealed)
    }

    /// Reads the journal as it is stored.
    pub async fn journal(&self) -> Result<Option<Sealed>, StoreError> {
        let database = self.database();
        let transaction = database.transaction(Table::State.name()).build()?;
        let store = transaction.object_store(Table::State.name())?;
        let value: Option<JsValue> = store.get(JOURNAL).primitive()?.into_future().await?;
        Ok(value.map(|value| Sealed(bytes(value))))
    }

    /// Opens a journal.
    pub async fn open_journal(&self, sealed: &Sealed) -> Result<Vec<u8>, StoreError> {
        Ok(self.vault.open(&Table::State.label(JOURNAL), &sealed.0).await?)
    }

    async fn transact(
        &self,
        batch: Batch,
        journal: Option<(Option<&Sealed>, &Sealed)>,
    ) -> Result<(), StoreError> {
        let done = self.write(batch, journal).await;
        match &done {
            Ok(()) => self.health.change(|health| health.full = false),
            Err(StoreError::Full) => self.health.change(|health| health.full = true),
            Err(_) => {}
        }
        done
    }

    async fn write(
        &self,
        batch: Batch,
        journal: Option<(Option<&Sealed>, &Sealed)>,
    ) -> Result<(), StoreError> {
        let mut sealed = Vec::with_capacity(batch.puts.len());
        for (table, key, value) in &batch.puts {
            let bytes = self.vault.seal(&table.label(key), value).await?;
            sealed.push((*table, key.clone(), JsValue::from(Uint8Array::from(bytes.as_slice()))));
        }
        let mut options = TransactionOptions::new();
        options.set_durability(TransactionDurability::Strict);
        let database = self.database();
        let transaction = database
            .transaction(Table::ALL.map(Table::name))
            .with_mode(TransactionMode::Readwrite)
            .with_options(options)
            .build()?;
        if let Some((seen, next)) = journal {
            let store = transaction.object_store(Table::State.name())?;
            let found: Option<JsValue> = store.get(JOURNAL).primitive()?.into_future().await?;
            // A transaction that is not committed leaves nothing behind.
            if found.map(bytes).as_ref() != seen.map(|seen| &seen.0) {
                return Err(StoreError::Behind);
            }
            let value = JsValue::from(Uint8Array::from(next.0.as_slice()));
            store.put(value).with_key(JOURNAL).build()?;
        }
        for (table, prefix) in &batch.prefixes {
            transaction.object_store(table.name())?.delete::<String, _>(prefix_range(prefix)).build()?;
        }
        for (table, key) in &batch.deletes {
            transaction.object_store(table.name())?.delete(key.as_str()).build()?;
        }
        for (table, key, value) in sealed {
            transaction.object_store(table.name())?.put(value).with_key(key).build()?;
        }
        match transaction.commit().await {
            // The browser gives no reason when it refuses a whole transaction. One that still lets us in lacks space.
            Err(Error::MissingData(UnexpectedDataError::TransactionAborted)) if self.is_open() => {
                Err(StoreError::Full)
            }
            done => Ok(done?),
        }
    }

    /// Reads one value; nothing in the place of one that is damaged.
    pub async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let database = self.database();
        let transaction = database.transaction(table.name()).build()?;
        let store = transaction.object_store(table.name())?;
        let value: Option<JsValue> = store.get(key).primitive()?.into_future().await?;
        match value {
            None => Ok(None),
            Some(value) => self.opened(table, key, value).await,
        }
    }

    /// Counts the values whose key starts with `prefix`.
    pub async fn keys(&self, table: Table, prefix: &str) -> Result<usize, StoreError> {
        let database = self.database();
        let transaction = database.transaction(table.name()).build()?;
        let store = transaction.object_store(table.name())?;
        let keys =
            store.get_all_keys::<String>().with_query::<String, _>(prefix_range(prefix)).primitive()?;
        Ok(keys.await?.count())
    }

    /// Reads all values whose key starts with `prefix`, in the order of their keys, without those that are damaged.
    pub async fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let (keys, values) = {
            let database = self.database();
            let transaction = database.transaction(table.name()).build()?;
            let store = transaction.object_store(table.name())?;
            let keys =
                store.get_all_keys::<String>().with_query::<String, _>(prefix_range(prefix)).primitive()?;
            let values =
                store.get_all::<JsValue>().with_query::<String, _>(prefix_range(prefix)).primitive()?;
            let keys: Vec<String> = keys.await?.collect::<Result<_, _>>()?;
            let values: Vec<JsValue> = values.await?.collect::<Result<_, _>>()?;
            (keys, values)
        };
        let mut out = Vec::with_capacity(keys.len());
        for (key, value) in keys.into_iter().zip(values) {
            if let Some(plain) = self.opened(table, &key, value).await? {
                out.push((key, plain));
            }
        }
        Ok(out)
    }
}

async fn open(name: &str) -> Result<Database, StoreError> {
    let database = Database::open(name)
        .with_version(1_u8)
        .with_on_upgrade_needed(|_, database| {
            for table in Table::ALL {
                database.create_object_store(table.name()).build()?;
            }
            Ok(())
        })
        .await?;
    Ok(database)
}

/// Returns how much somebody has on this device that is nowhere else: chunks that were not sent, and unfinished forms. Needs
/// no key.
pub async fn unsent(name: &str) -> Result<usize, StoreError> {
    let database = open(name).await?;
    let transaction = database.transaction([Table::State.name(), Table::Drafts.name()]).build()?;
    let mut count = 0;
    for (table, prefix) in [(Table::State, COPIES), (Table::Drafts, "")] {
        let store = transaction.object_store(table.name())?;
        let keys =
            store.get_all_keys::<String>().with_query::<String, _>(prefix_range(prefix)).primitive()?;
        count += keys.await?.count();
    }
    Ok(count)
}

/// Empties somebody's database, whoever has it open.
pub async fn clear(name: &str) -> Result<(), StoreError> {
    let database = open(name).await?;
    let mut options = TransactionOptions::new();
    options.set_durability(TransactionDurability::Strict);
    let transaction = database.transaction(Table::ALL.map(Table::name)).with_mode(TransactionMode::Readwrite);
    let transaction = transaction.with_options(options).build()?;
    for table in Table::ALL {
        transaction.object_store(table.name())?.clear()?;
    }
    transaction.commit().await?;
    Ok(())
}

/// All strings that start with `prefix`: U+FFFF sorts after every character a key is made of.
fn prefix_range(prefix: &str) -> KeyRange<String> {
    KeyRange::Bound(prefix.to_owned(), false, format!("{prefix}\u{ffff}"), true)
}

fn bytes(value: JsValue) -> Vec<u8> {
    value.unchecked_into::<Uint8Array>().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_tabs_read_pages_documents_and_deeds_again_and_nothing_else() {
        let mut batch = Batch::default();
        batch.put(Table::Chunks, "ab/1", Vec::new());
        batch.put(Table::Chunks, "ab/2", Vec::new());
        batch.delete_prefix(Table::Chunks, "cd/");
        batch.put(Table::Pages, "000001", Vec::new());
        batch.delete(Table::Outbox, "000000000003");
        batch.put(Table::State, "cursor", Vec::new());
        batch.delete(Table::Drafts, "visit/x");
        let touched: Vec<String> = batch.touched().into_iter().collect();
        assert_eq!(touched, ["chunks/ab", "chunks/cd", "outbox/000000000003", "pages/000001"]);
    }
}
