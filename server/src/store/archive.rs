//! A whole store on its way into another database: backups, restores and moves are one copy of every table.

use super::audit::Anchor;
use super::{StoreError, file, is_postgres, postgres, sqlite};
use std::path::Path;
use tokio::sync::mpsc;

/// Where nothing of a backup is kept: whoever was signed out since, or used a code, must not come back with it.
const PASSING: [&str; 3] = ["sessions", "codes", "attempts"];
/// How many parts may be under way.
const UNDER_WAY: usize = 1_024;

/// One field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing.
    Null,
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A piece of a store.
#[derive(Debug)]
pub(super) enum Part {
    /// How many steps of the schema the store has seen; comes first.
    Schema(usize),
    /// Rows of this table follow.
    Table(String),
    /// Names and values of a row.
    Row(Vec<(String, Value)>),
    /// Everything was said; without it nothing is kept.
    End,
}

pub(super) type Sender = mpsc::Sender<Part>;
pub(super) type Receiver = mpsc::Receiver<Part>;

/// Which tables are copied, and what the copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copying {
    /// A backup: the same life, at rest.
    Backup,
    /// A store from a backup: a new life.
    Restore,
    /// A store in another database: a new life, and everybody stays signed in.
    Move,
}

impl Copying {
    /// Tells whether a table is left out.
    pub(super) fn skips(self, table: &str) -> bool {
        self != Self::Move && PASSING.contains(&table)
    }
}

/// What was copied.
#[derive(Debug, Clone, Copy)]
pub struct Copied {
    /// How many documents.
    pub documents: u64,
    /// The place of the newest commit.
    pub place: u64,
    /// The end of the audit.
    pub anchor: Anchor,
}

/// Copies a store as it is at one moment into an empty database; whoever works on it is not disturbed.
pub async fn copy(from: &str, to: &str, copying: Copying) -> Result<Copied, StoreError> {
    let (parts, arriving) = mpsc::channel(UNDER_WAY);
    let export = async {
        if is_postgres(from) {
            postgres::export(from, copying, parts).await
        } else {
            sqlite::export(&file(from).ok_or(StoreError::Url)?, copying, parts).await
        }
    };
    let import = async {
        if is_postgres(to) {
            postgres::import(to, copying, arriving).await
        } else {
            sqlite::import(&file(to).ok_or(StoreError::Url)?, copying, arriving).await
        }
    };
    // The end that failed is the reason why the other one did.
    let (exported, imported) = tokio::join!(export, import);
    match (exported, imported) {
        (Err(StoreError::Hung), Err(error)) | (Err(error), _) | (Ok(_), Err(error)) => Err(error),
        (Ok(copied), Ok(())) => Ok(copied),
    }
}

/// Writes a backup into a file that does not exist yet; it is there when it is whole.
pub async fn backup(database: &str, target: &Path) -> Result<Copied, StoreError> {
    let file_error = |error: std::io::Error| StoreError::Database(error.to_string().into());
    if target.exists() {
        return Err(StoreError::Exists);
    }
    let part = target.with_added_extension("part");
    let _ = std::fs::remove_file(&part);
    let copied = copy(database, &format!("sqlite:{}", part.display()), Copying::Backup).await?;
    settle(&part, target).map_err(file_error)?;
    Ok(copied)
}

/// Gives a file that is whole its name, when all of it is on the disk.
pub(crate) fn settle(part: &Path, target: &Path) -> std::io::Result<()> {
    std::fs::File::open(part)?.sync_all()?;
    std::fs::rename(part, target)?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}
