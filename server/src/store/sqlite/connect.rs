//! Connections, each of which is asked whether it is as durable as it must be.

use super::{Durability, Durable, Pool, StoreError};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::path::Path;
use std::time::Duration;

const METRIC: &str = "sqlite_synchronous";
/// What `PRAGMA synchronous` answers for FULL.
const FULL: i64 = 2;

async fn verify(
    connection: &mut SqliteConnection,
    name: &'static str,
    all: &Durability,
) -> Result<(), StoreError> {
    let value: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *connection).await?;
    let level = if value == FULL { "FULL".to_owned() } else { value.to_string() };
    all.add(Durable { metric: METRIC, connection: name.to_owned(), level, value }, value == FULL)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .disable_statement_logging()
}

pub(super) async fn pool(
    path: &Path,
    name: &'static str,
    size: u32,
    durability: &Durability,
) -> Result<Pool, StoreError> {
    let durability = durability.clone();
    let pool = SqlitePoolOptions::new()
        .max_connections(size)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        // A connection is a file of this machine: it does not go away by itself.
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            let durability = durability.clone();
            Box::pin(async move {
                let verified = verify(connection, name, &durability).await;
                verified.map_err(|error| sqlx::Error::Configuration(error.into()))
            })
        })
        // A full disk ends a transaction before sqlx hears of it, which takes it for open ever after.
        .after_release(|connection, _| {
            Box::pin(async move {
                if connection.is_in_transaction() {
                    connection.ping().await?;
                }
                Ok(!connection.is_in_transaction())
            })
        })
        .connect_with(options(path))
        .await?;
    Ok(pool)
}

/// Opens a file for reading only.
pub(super) async fn reading(path: &Path) -> Result<Pool, StoreError> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).disable_statement_logging();
    Ok(SqlitePoolOptions::new().max_connections(1).connect_with(options).await?)
}
