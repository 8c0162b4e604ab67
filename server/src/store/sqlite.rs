//! The store in one SQLite file: one connection writes documents, a few read.

mod connect;
#[path = "sql.rs"]
mod sql;

use super::{Answer, Conflict, News, Row, Rows, Sink, Store, StoreError, Stored, Write, Written};
use super::{Durability, Durable};
use sql::Sql;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

type Record = sqlx::sqlite::SqliteRow;
type Pool = sqlx::SqlitePool;
type Writing = sqlx::Transaction<'static, sqlx::Sqlite>;

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

/// How many connections read at once.
const READERS: u32 = 4;
/// How often the file is looked at: a command may have written to it.
const LOOK: Duration = Duration::from_millis(300);

/// Opens the file, making it and its parents if need be.
pub(super) async fn open(path: &Path, news: Sink) -> Result<Arc<dyn Store>, StoreError> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|error| StoreError::Database(error.to_string().into()))?;
    }
    let durability = Durability::default();
    let writer = connect::pool(path, "writer", 1, &durability).await?;
    let readers = connect::pool(path, "reader", READERS, &durability).await?;
    Ok(Arc::new(Sql::open(writer, readers, durability, Looking, news).await?))
}

/// Nobody says when a command has written to the file.
struct Looking;

impl Looking {
    async fn hint(&mut self) {
        tokio::time::sleep(LOOK).await;
    }
}
