//! The tables.

use super::StoreError;
use rand::Rng;
use sqlx::SqliteConnection;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
  id BLOB PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, team TEXT NOT NULL, institution TEXT NOT NULL,
  created_by TEXT NOT NULL, place INTEGER NOT NULL, heads BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_by_place ON documents (place);
CREATE INDEX IF NOT EXISTS documents_by_subject ON documents (subject, kind);
CREATE TABLE IF NOT EXISTS chunks (
  id INTEGER PRIMARY KEY AUTOINCREMENT, document BLOB NOT NULL, snapshot INTEGER NOT NULL, data BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS chunks_by_document ON chunks (document, id);
CREATE TABLE IF NOT EXISTS actors (
  document BLOB NOT NULL, actor BLOB NOT NULL, author BLOB NOT NULL, PRIMARY KEY (document, actor)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS accounts (
  name TEXT PRIMARY KEY, password TEXT NOT NULL, role TEXT NOT NULL, institution TEXT NOT NULL, team TEXT NOT NULL,
  disabled INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS account_subjects (
  account TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (account, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
  token BLOB PRIMARY KEY, account TEXT NOT NULL, expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_by_account ON sessions (account);
";

/// Makes what is missing and returns the epoch.
pub(super) async fn create(connection: &mut SqliteConnection) -> Result<String, StoreError> {
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut *connection).await?;
    sqlx::raw_sql(SCHEMA).execute(&mut *connection).await?;
    let epoch = hex::encode(rand::rng().random::<[u8; 16]>());
    for (key, value) in [("epoch", epoch.as_str()), ("schema", "1")] {
        sqlx::query("INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)")
            .bind(key)
            .bind(value)
            .execute(&mut *connection)
            .await?;
    }
    for key in ["place", "accounts"] {
        sqlx::query("INSERT OR IGNORE INTO meta (key, value) VALUES (?, 0)")
            .bind(key)
            .execute(&mut *connection)
            .await?;
    }
    sqlx::raw_sql("COMMIT").execute(&mut *connection).await?;
    let epoch =
        sqlx::query_scalar("SELECT value FROM meta WHERE key = 'epoch'").fetch_one(&mut *connection).await?;
    Ok(epoch)
}
