//! What the store knows of blobs: whose they are, how large, and whether all of it is here. Their bytes are files (`crate::blobs`).

use super::{Answer, Row};
use sync::DocumentId;

/// The SHA-256 of a blob's bytes, which is its address.
pub type Hash = [u8; 32];

/// A blob of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blob {
    /// The document it belongs to.
    pub document: DocumentId,
    /// Its address.
    pub hash: Hash,
    /// Its size in bytes, as announced.
    pub size: u64,
    /// Whether all of it has come, and is what its address says.
    pub whole: bool,
}

/// How many bytes of blobs may be kept.
#[derive(Debug, Clone, Copy)]
pub struct Quota {
    /// One blob.
    pub blob: u64,
    /// All blobs of a document.
    pub document: u64,
    /// What one account brings in thirty days.
    pub account: u64,
}

impl Default for Quota {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self { blob: 20 * MIB, document: 400 * MIB, account: 2_048 * MIB }
    }
}

/// What became of a wish for room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// There is room, and it is kept.
    Kept(Blob),
    /// The document has too much.
    Document,
    /// The account has brought too much.
    Account,
}

/// Blobs as the store knows them.
pub trait Blobs: Send + Sync {
    /// Returns the row of a document.
    fn row(&self, id: DocumentId) -> Answer<'_, Option<Row>>;
    /// Returns a blob of a document.
    fn blob(&self, document: DocumentId, hash: Hash) -> Answer<'_, Option<Blob>>;
    /// Keeps room for a blob that `account` brings at `now`, unless that would exceed the quota; one that is known stays as it is.
    fn reserve_blob(&self, blob: Blob, account: &str, now: i64, quota: Quota) -> Answer<'_, Room>;
    /// Notes at `now` that a blob is whole, or that it still is.
    fn keep_blob(&self, document: DocumentId, hash: Hash, now: i64) -> Answer<'_, ()>;
    /// Forgets a blob.
    fn forget_blob(&self, document: DocumentId, hash: Hash) -> Answer<'_, ()>;
    /// Lists some unfinished blobs not touched since `unfinished`, some whole ones not looked at since `whole`, and those
    /// whose document is gone.
    fn old_blobs(&self, unfinished: i64, whole: i64) -> Answer<'_, Vec<Blob>>;
}
