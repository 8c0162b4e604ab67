//! What is on stable storage, in SQLite or PostgreSQL; both pass the same tests.

pub mod archive;
mod attempts;
pub mod audit;
mod blobs;
mod codes;
mod durability;
pub mod erase;
mod factors;
pub mod grants;
pub mod keys;
mod office;
mod postgres;
pub mod quarantine;
pub mod recovery;
mod sessions;
mod sqlite;

use crate::account::Account;
use futures::future::BoxFuture;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use sync::relay::{Commit, Committed};
use sync::{About, DocumentId, Heads, Replica};

pub use attempts::{Attempts, Counted};
pub use audit::{Audit, Event};
pub use blobs::{Blob, Blobs, Hash, Quota, Room};
pub use codes::{Bond, Code, Codes, Purpose};
pub use durability::{Durability, Durable};
pub use erase::Erase;
pub use factors::{Factor, Factors};
pub use grants::{Emergency, Grant, Grants, Offer, Read, Which};
pub use office::{Listed, Moved, Office};
pub use quarantine::{Held, Quarantine, Wanted};
pub use recovery::Recovery;
pub use sessions::{SHORT, Sessions, Signed};

/// Says why the store could not do something.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The database refused or is out of reach.
    #[error("database: {0}")]
    Database(Arc<str>),
    /// There is no room on the database's disk.
    #[error("the disk is full")]
    Full,
    /// A stored document cannot be read.
    #[error("stored document {0} cannot be read")]
    Corrupt(DocumentId),
    /// Something of that name is there already.
    #[error("exists already")]
    Exists,
    /// The backup was made by a newer version, or the database is not empty.
    #[error("made by a newer version of this server, or the database is not empty")]
    Version,
    /// The key of a document is not among the keys.
    #[error("the key of document {0} is not there: are these the keys of this database?")]
    NoKey(DocumentId),
    /// The other end of a copy stopped.
    #[error("the copy was not finished")]
    Hung,
    /// Nothing of that name is there.
    #[error("does not exist")]
    Missing,
    /// The URL names no database this server knows.
    #[error("unknown database URL, expected sqlite:PATH or postgres://…")]
    Url,
    /// A connection is not as durable as it must be.
    #[error("connection {connection} is not durable: {level}")]
    NotDurable {
        /// Which connection.
        connection: String,
        /// The level it reports.
        level: String,
    },
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        // SQLITE_FULL, and PostgreSQL's disk_full.
        match error.as_database_error().and_then(|error| error.code()).as_deref() {
            Some("13" | "53100") => Self::Full,
            _ => Self::Database(error.to_string().into()),
        }
    }
}

/// The result of a store operation, boxed so that stores can be chosen at run time.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, StoreError>>;

/// A document read from the store, and how many chunks it took.
#[derive(Debug)]
pub struct Stored {
    /// The document.
    pub replica: Replica,
    /// The number of chunks, which compaction brings down to one.
    pub chunks: usize,
    /// The last chunk read.
    pub last_chunk: i64,
}

/// The row of a document.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its id.
    pub id: DocumentId,
    /// What it is about.
    pub about: About,
    /// The account that made it.
    pub creator: String,
    /// Where its last change stands in the sequence.
    pub place: u64,
    /// Its heads.
    pub heads: Heads,
}

/// Rows that changed since a place, and the place they reach.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// The place of the newest commit.
    pub place: u64,
    /// The rows.
    pub rows: Vec<Row>,
}

/// What an account has in common with the documents it may perhaps read: one of these is enough, an empty name is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reach {
    /// Kinds of which it may read any.
    pub kinds: Vec<String>,
    /// Subjects it is, or is bound to.
    pub subjects: Vec<String>,
    /// The team it serves.
    pub team: String,
    /// The institution it belongs to.
    pub institution: String,
    /// The account itself, where creators may read.
    pub creator: String,
    /// Documents by id.
    pub documents: Vec<DocumentId>,
}

/// A whole document as it is stored.
#[derive(Debug, Clone)]
pub struct Packed {
    /// Its row.
    pub row: Row,
    /// What automerge loads it from.
    pub data: Vec<u8>,
}

/// A commit with the account that made it.
#[derive(Debug)]
pub struct Write {
    /// The socket it came from.
    pub origin: u64,
    /// The account.
    pub account: String,
    /// The peer name of the device.
    pub device: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The row of the document, new or not.
    pub about: About,
    /// The account that created the document.
    pub creator: String,
    /// The place of the document that the changes were tried on; `None` for a new document.
    pub base: Option<u64>,
    /// The changes.
    pub commit: Commit,
}

/// What became of a write: the place, and the chunk it lies in.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// The place in the sequence.
    pub place: u64,
    /// The last chunk written.
    pub chunk: i64,
}

/// Somebody else has committed to the document meanwhile: nothing was written, look again.
#[derive(Debug, Clone, Copy)]
pub struct Conflict;

/// What a place in the sequence stands for.
#[derive(Debug)]
pub enum Item {
    /// A commit that is on stable storage, with the socket it came from: 0 if that is another relay's.
    Commit(u64, Committed),
    /// Somebody's rights have changed.
    Access(Access),
}

impl Item {
    /// Returns the place.
    pub fn place(&self) -> u64 {
        match self {
            Self::Commit(_, committed) => committed.place,
            Self::Access(access) => access.place,
        }
    }
}

/// The rights of one account to one document have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Where that stands in the sequence.
    pub place: u64,
    /// Which document.
    pub document: DocumentId,
    /// Which account.
    pub reader: String,
}

/// News of what has happened, on stable storage.
pub type News = Arc<Item>;

/// Hears of everything that has a place, in the order of places; must not wait.
pub type Sink = Arc<dyn Fn(News) + Send + Sync>;

/// Where everything is kept. Whatever returns `Ok` is on stable storage.
pub trait Store:
    Attempts
    + Audit
    + Blobs
    + Codes
    + Erase
    + Factors
    + Grants
    + Office
    + Quarantine
    + Recovery
    + Sessions
    + Send
    + Sync
{
    /// Returns the life of this store; it changes after a restore.
    fn epoch(&self) -> &str;
    /// Returns how durable each open connection is.
    fn durability(&self) -> Vec<Durable>;
    /// Reads a document.
    fn load(&self, id: DocumentId) -> Answer<'_, Option<Stored>>;
    /// Reads documents without opening them; leaves out those that become smaller when they are opened and saved.
    fn packed(&self, ids: Vec<DocumentId>) -> Answer<'_, Vec<Packed>>;
    /// Lists what changed after `place` and is within reach.
    fn changed_since(&self, place: u64, reach: Reach) -> Answer<'_, Rows>;
    /// Returns the row of some document about `subject`.
    fn row_of_subject(&self, subject: &str) -> Answer<'_, Option<About>>;
    /// Commits together with whatever else is waiting; answers when it is safe.
    fn commit(&self, write: Write) -> Answer<'_, Result<Written, Conflict>>;
    /// Writes `snapshot` of a document and deletes the chunks it covers.
    fn compact(&self, id: DocumentId, snapshot: Vec<u8>, covers: i64) -> Answer<'_, i64>;

    /// Adds an account.
    fn add_account(&self, account: Account, password: String) -> Answer<'_, ()>;
    /// Replaces an account's password hash and ends its sessions but `keep`.
    fn set_password(&self, name: &str, password: String, keep: Option<[u8; 32]>) -> Answer<'_, ()>;
    /// Disables an account and ends its sessions.
    fn disable_account(&self, name: &str) -> Answer<'_, ()>;
    /// Returns an account that is not disabled, and its password hash.
    fn account(&self, name: &str) -> Answer<'_, Option<(Account, String)>>;
    /// Returns a number that grows whenever accounts change.
    fn accounts_version(&self) -> Answer<'_, i64>;

    /// Keeps a session under the hash of its token, and drops those that expired before `now`.
    fn add_session(
        &self,
        token: [u8; 32],
        account: &str,
        device: &str,
        now: i64,
        expires: i64,
    ) -> Answer<'_, ()>;
    /// Returns the account of a session that has not expired at `now`, and when it will.
    fn session(&self, token: [u8; 32], now: i64) -> Answer<'_, Option<(Account, i64)>>;
    /// Ends a session.
    fn end_session(&self, token: [u8; 32]) -> Answer<'_, ()>;
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

/// Opens the store a URL names, its keys beside it; `news` hears of every commit in order.
pub async fn open(url: &str, news: Sink) -> Result<Arc<dyn Store>, StoreError> {
    open_with(url, &keys::beside(url), BTreeSet::new(), news).await
}

/// Opens a store whose keys are at `keys`; documents of `erasable` kinds are sealed.
pub async fn open_with(
    url: &str,
    keys: &str,
    erasable: BTreeSet<String>,
    news: Sink,
) -> Result<Arc<dyn Store>, StoreError> {
    let ring = keys::Ring::new(keys::open(keys).await?, erasable);
    if is_postgres(url) {
        return postgres::open(url, ring, news).await;
    }
    sqlite::open(&file(url).ok_or(StoreError::Url)?, ring, news).await
}

/// Returns the file of a database that is one.
pub fn file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    Some(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
}
