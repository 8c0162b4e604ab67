//! Rules as dated, cited data: shipped packs and entries a county publishes; caps, which points of all kinds share.

pub mod caps;
pub mod pack;
pub mod published;
pub mod reason;
pub mod source;
pub mod table;

pub use caps::{Caps, Span, Used};
pub use pack::Pack;
pub use published::{Published, Shelf};
pub use reason::{Reason, ReasonCode};
pub use source::{RuleRef, Source, SourceKind};
pub use table::{Dated, Table};

use serde::{Deserialize, Serialize};

use crate::base::Date;

/// The content hash of a pack or published entry: 64 hexadecimal digits of SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VersionHash(pub String);

impl VersionHash {
    /// Returns the hash of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::{Digest, Sha256};
        Self(hex::encode(Sha256::digest(bytes)))
    }

    /// Returns the first eight digits, for print and screen.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.get(..8).unwrap_or(&self.0)
    }
}

/// Why a rule cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// The table has no value in force on that date.
    #[error("no value of {table} is in force on {date}")]
    NotInForce {
        /// The table's id.
        table: String,
        /// The date of service.
        date: Date,
    },
    /// This device lacks the version: it needs an update or a synchronisation.
    #[error("version {} is not on this device", .0.short())]
    UnknownVersion(VersionHash),
    /// A pack or entry cannot be read.
    #[error("rule data {name} cannot be read: {why}")]
    Malformed {
        /// The pack or entry.
        name: String,
        /// What the parser said.
        why: String,
    },
    /// A published entry does not have the hash it is filed under.
    #[error("a published entry does not match its hash {}", .0.short())]
    Tampered(VersionHash),
}
