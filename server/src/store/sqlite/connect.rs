//! Connections, each of which is asked whether it is as durable as it must be.

use super::StoreError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What `PRAGMA synchronous` answers for FULL.
const FULL: i64 = 2;

/// Which connections were opened; all of them with synchronous=FULL, others are refused.
#[derive(Debug, Clone, Default)]
pub(super) struct Durability(Arc<Mutex<Vec<String>>>);

impl Durability {
    pub(super) fn list(&self) -> Vec<(String, &'static str)> {
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.iter().map(|name| (name.clone(), "FULL")).collect()
    }

    async fn verify(&self, connection: &mut SqliteConnection, name: &str) -> Result<(), StoreError> {
        let level: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *connection).await?;
        let connection = {
            let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let connection = format!("{name}-{}", names.len());
            names.push(connection.clone());
            connection
        };
        if level != FULL {
            return Err(StoreError::NotDurable { connection, level });
        }
        tracing::info!(%connection, synchronous = "FULL", "database connection opened");
        Ok(())
    }
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

pub(super) async fn single(
    path: &Path,
    name: &str,
    durability: &Durability,
) -> Result<SqliteConnection, StoreError> {
    let mut connection = options(path).connect().await?;
    durability.verify(&mut connection, name).await?;
    Ok(connection)
}

pub(super) async fn pool(path: &Path, size: u32, durability: &Durability) -> Result<SqlitePool, StoreError> {
    let durability = durability.clone();
    let pool = SqlitePoolOptions::new()
        .max_connections(size)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(move |connection, _| {
            let durability = durability.clone();
            Box::pin(async move {
                let verified = durability.verify(connection, "reader").await;
                verified.map_err(|error| sqlx::Error::Configuration(error.into()))
            })
        })
        .connect_with(options(path))
        .await?;
    Ok(pool)
}
