//! The store in PostgreSQL, which several relays may share.

mod connect;
#[path = "sql.rs"]
mod sql;

use super::{Answer, Conflict, News, Row, Rows, Sink, Store, StoreError, Stored, Write, Written};
use super::{Durability, Durable};
use sql::Sql;
use sqlx::postgres::PgListener;
use std::sync::Arc;
use std::time::Duration;

type Record = sqlx::postgres::PgRow;
type Pool = sqlx::PgPool;
type Writing = sqlx::Transaction<'static, sqlx::Postgres>;

const BYTES: &str = "BYTEA";
const NUMBERED: &str = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
const COUNTED: &str = "BIGINT PRIMARY KEY";
const BEGIN: &str = "BEGIN";
/// A snapshot for several reads.
const BEGIN_READING: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// Relays that start together make the tables one after the other; the number is this program's own.
const LOCK_SCHEMA: &str = "SELECT pg_advisory_xact_lock(20261122)";
/// Holds the row until the commit is over.
const PLACE: &str = "SELECT value FROM counters WHERE name = 'place' FOR UPDATE";
const TELL: &str = "NOTIFY xiangyi";

/// How many connections read at once.
const READERS: u32 = 8;
/// How often the sequence is looked at besides: notifications are lost when the connection is.
const LOOK: Duration = Duration::from_secs(1);

/// Connects to the database a URL names.
pub(super) async fn open(url: &str, news: Sink) -> Result<Arc<dyn Store>, StoreError> {
    let durability = Durability::default();
    let writer = connect::pool(url, "writer", 1, &durability).await?;
    let readers = connect::pool(url, "reader", READERS, &durability).await?;
    let mut listener = PgListener::connect(url).await?;
    listener.listen("xiangyi").await?;
    Ok(Arc::new(Sql::open(writer, readers, durability, Looking(listener), news).await?))
}

/// Hears that some relay has committed, or finds out by itself.
struct Looking(PgListener);

impl Looking {
    async fn hint(&mut self) {
        // Both ends of the select mean the same: look. A lost connection is made again by the next call.
        let _ = tokio::time::timeout(LOOK, self.0.recv()).await;
    }
}
