//! The store in PostgreSQL, which several relays may share.

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
use sqlx::postgres::PgListener;
use std::sync::Arc;
use std::time::Duration;

type Record = sqlx::postgres::PgRow;
type Pool = sqlx::PgPool;
type Database = sqlx::Postgres;
type Query = sqlx::QueryBuilder<Database>;
type Writing = sqlx::Transaction<'static, Database>;

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

/// The tables of a store.
const TABLES: &str = "SELECT table_name::text FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name";
const OVERRIDING: &str = "OVERRIDING SYSTEM VALUE";
/// Goes on counting after the rows that were copied.
const RESUME: &str = "DO $$ DECLARE c record; BEGIN
    FOR c IN SELECT table_name::text AS t, column_name::text AS n FROM information_schema.columns
      WHERE table_schema = current_schema() AND is_identity = 'YES' LOOP
      EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), (SELECT COALESCE(MAX(%I), 0) + 1 FROM %I), false)',
        c.t, c.n, c.n, c.t);
    END LOOP; END $$";

/// A schema of their own, so that no backup of the store takes them along.
const KEYS: &str = "SELECT pg_advisory_lock(20261123); CREATE SCHEMA IF NOT EXISTS xiangyi_keys; SELECT pg_advisory_unlock(20261123)";
const FORGET: &str = "VACUUM xiangyi_keys.document_keys";

/// How many connections read at once.
const READERS: u32 = 8;
/// How often the sequence is looked at besides: notifications are lost when the connection is.
const LOOK: Duration = Duration::from_secs(1);

/// Connects to the database a URL names.
pub(super) async fn open(url: &str, ring: Ring, news: Sink) -> Result<Arc<dyn Store>, StoreError> {
    let durability = Durability::default();
    let writer = connect::pool(url, "writer", 1, &durability).await?;
    let readers = connect::pool(url, "reader", READERS, &durability).await?;
    let mut listener = PgListener::connect(url).await?;
    listener.listen("xiangyi").await?;
    Ok(Arc::new(Sql::open(writer, readers, durability, ring, Looking(listener), news).await?))
}

/// Opens the keys in a database.
pub(super) async fn keys(url: &str) -> Result<Arc<dyn Keys>, StoreError> {
    let pool = connect::keys(url).await?;
    Ok(Arc::new(sql::keys::SqlKeys::open(pool).await?))
}

/// Says every table of a database, as it is at one moment.
pub(super) async fn export(url: &str, copying: Copying, parts: Sender) -> Result<Copied, StoreError> {
    let pool = connect::pool(url, "reader", 1, &Durability::default()).await?;
    sql::archive::export(&pool, copying, parts).await
}

/// Takes every table into an empty database.
pub(super) async fn import(url: &str, copying: Copying, parts: Receiver) -> Result<(), StoreError> {
    let pool = connect::pool(url, "writer", 1, &Durability::default()).await?;
    sql::archive::import(&pool, copying, parts).await
}

/// Hears that some relay has committed, or finds out by itself.
struct Looking(PgListener);

impl Looking {
    async fn hint(&mut self) {
        // Both ends of the select mean the same: look. A lost connection is made again by the next call.
        let _ = tokio::time::timeout(LOOK, self.0.recv()).await;
    }
}
