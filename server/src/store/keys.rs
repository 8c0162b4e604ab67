//! Keys of documents that can be erased. They lie apart from the database and its backups: whoever drops a key erases every
//! copy of the document, wherever it is.

use super::{Answer, StoreError, file, is_postgres, postgres, sqlite};
use crate::seal::Seal;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use sync::DocumentId;

/// A key; an erased document has an empty one.
pub type Key = Vec<u8>;

/// Where keys are kept. Whatever returns `Ok` is on stable storage.
pub trait Keys: Send + Sync {
    /// Returns the keys of documents, made if there are none; of erased ones there is no answer.
    fn make(&self, ids: BTreeSet<DocumentId>) -> Answer<'_, BTreeMap<DocumentId, Key>>;
    /// Returns the keys there are, empty ones too; all without a list.
    fn find(&self, ids: Option<BTreeSet<DocumentId>>) -> Answer<'_, BTreeMap<DocumentId, Key>>;
    /// Puts keys in, an empty one over any other.
    fn put(&self, keys: BTreeMap<DocumentId, Key>) -> Answer<'_, ()>;
}

/// Returns where the keys of a database are unless it is said.
pub fn beside(database: &str) -> String {
    match file(database) {
        Some(path) => format!("sqlite:{}.keys", path.display()),
        None => database.to_owned(),
    }
}

/// Opens the place where keys are kept.
pub async fn open(url: &str) -> Result<Arc<dyn Keys>, StoreError> {
    if is_postgres(url) {
        return postgres::keys(url).await;
    }
    sqlite::keys(&file(url).unwrap_or_else(|| PathBuf::from(url))).await
}

/// Seals and opens what lies in the database.
#[derive(Clone)]
pub(super) struct Ring {
    keys: Arc<dyn Keys>,
    kinds: BTreeSet<String>,
}

impl std::fmt::Debug for Ring {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Ring")
    }
}

/// What every Automerge chunk begins with; what is sealed begins with [`SEALED`].
const SEALED: u8 = 1;

impl Ring {
    pub(super) fn new(keys: Arc<dyn Keys>, kinds: BTreeSet<String>) -> Self {
        Self { keys, kinds }
    }

    pub(super) fn keys(&self) -> &dyn Keys {
        &*self.keys
    }

    /// Tells whether documents of a kind can be erased.
    pub(super) fn covers(&self, kind: &str) -> bool {
        self.kinds.contains(kind)
    }

    /// Returns the kinds whose documents can be erased.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &String> {
        self.kinds.iter()
    }

    /// Opens what was read; fails without the key.
    pub(super) async fn open(&self, id: DocumentId, data: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.unlock([(id, data)]).await?.open(id, data)
    }

    /// Finds the keys of all that was read at once.
    pub(super) async fn unlock(
        &self,
        read: impl IntoIterator<Item = (DocumentId, &[u8])>,
    ) -> Result<Unlocked, StoreError> {
        let sealed = read.into_iter().filter(|(_, data)| data.first() == Some(&SEALED));
        let sealed: BTreeSet<DocumentId> = sealed.map(|(id, _)| id).collect();
        Ok(Unlocked(if sealed.is_empty() { BTreeMap::new() } else { self.keys.find(Some(sealed)).await? }))
    }
}

/// The keys of what was read.
pub(super) struct Unlocked(BTreeMap<DocumentId, Key>);

impl Unlocked {
    /// Opens a piece of it; fails without the key.
    pub(super) fn open(&self, id: DocumentId, data: &[u8]) -> Result<Vec<u8>, StoreError> {
        let Some((&SEALED, sealed)) = data.split_first() else {
            return Ok(data.to_vec());
        };
        let seal = self.0.get(&id).and_then(|key| Seal::with(key)).ok_or(StoreError::NoKey(id))?;
        seal.open(&id.to_string(), sealed).ok_or(StoreError::Corrupt(id))
    }
}

/// Seals what is written, if there is a key.
pub(super) fn seal(key: Option<&Key>, id: DocumentId, data: Vec<u8>) -> Result<Vec<u8>, StoreError> {
    let Some(key) = key else {
        return Ok(data);
    };
    let sealed = Seal::with(key).and_then(|seal| seal.seal(&id.to_string(), &data));
    let sealed = sealed.ok_or(StoreError::NoKey(id))?;
    Ok([&[SEALED], &*sealed].concat())
}
