//! The store in one SQLite file: one connection writes documents, a few read.

mod connect;
#[path = "sql.rs"]
mod sql;

use super::archive::{Copied, Copying, Receiver, Sender};
use super::keys::{Keys, Ring};
use super::{
    Answer, Conflict, News, Packed, Reach, Row, Rows, Sink, Store, StoreError, Stored, Write, Written,
};
use super::{Durability, Durable};
use sql::Sql;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

type Record = sqlx::sqlite::SqliteRow;
type Pool = sqlx::SqlitePool;
type Database = sqlx::Sqlite;
type Query = sqlx::QueryBuilder<Database>;
type Writing = sqlx::Transaction<'static, Database>;

const BYTES: &str = "BLOB";
const NUMBERED: &str = "INTEGER PRIMARY KEY AUTOINCREMENT";
/// Takes the one right to write.
const COUNTED: &str = "INTEGER PRIMARY KEY";
const BEGIN: &str = "BEGIN IMMEDIATE";
/// A snapshot for several reads.
const BEGIN_READING: &str = "BEGIN";
const LOCK_SCHEMA: &str = "SELECT 1";
const PLACE: &str = "SELECT value FROM counters WHERE name = 'place'";
const TELL: &str = "SELECT 1";

/// The tables of a store.
const TABLES: &str =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
const OVERRIDING: &str = "";
const RESUME: &str = "SELECT 1";
const KEYS: &str = "PRAGMA secure_delete = ON";
const FORGET: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// How many connections read at once.
const READERS: u32 = 4;
/// How often the file is looked at: a command may have written to it.
const LOOK: Duration = Duration::from_millis(300);

/// Opens the file, making it and its parents if need be.
pub(super) async fn open(path: &Path, ring: Ring, news: Sink) -> Result<Arc<dyn Store>, StoreError> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|error| StoreError::Database(error.to_string().into()))?;
    }
    let durability = Durability::default();
    let writer = connect::pool(path, "writer", 1, &durability).await?;
    let readers = connect::pool(path, "reader", READERS, &durability).await?;
    Ok(Arc::new(Sql::open(writer, readers, durability, ring, Looking, news).await?))
}

/// Opens a file of keys.
pub(super) async fn keys(path: &Path) -> Result<Arc<dyn Keys>, StoreError> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|error| StoreError::Database(error.to_string().into()))?;
    }
    let pool = connect::pool(path, "keys", 1, &Durability::default()).await?;
    Ok(Arc::new(sql::keys::SqlKeys::open(pool).await?))
}

/// Says every table of a file, which stays as it is.
pub(super) async fn export(path: &Path, copying: Copying, parts: Sender) -> Result<Copied, StoreError> {
    let pool = connect::reading(path).await?;
    let copied = sql::archive::export(&pool, copying, parts).await;
    pool.close().await;
    copied
}

/// Takes every table into a file that is empty or new, and leaves it in one piece.
pub(super) async fn import(path: &Path, copying: Copying, parts: Receiver) -> Result<(), StoreError> {
    let pool = connect::pool(path, "writer", 1, &Durability::default()).await?;
    let imported = sql::archive::import(&pool, copying, parts).await;
    if imported.is_ok() && copying == Copying::Backup {
        sqlx::raw_sql("PRAGMA journal_mode = DELETE").execute(&pool).await?;
    }
    pool.close().await;
    imported
}

/// Nobody says when a command has written to the file.
struct Looking;

impl Looking {
    async fn hint(&mut self) {
        tokio::time::sleep(LOOK).await;
    }
}
