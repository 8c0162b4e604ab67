//! The tables, made and brought up to date when the store is opened.

use super::{StoreError, Writing};
use rand::Rng;
use sqlx::AssertSqlSafe;

/// How many steps there are.
pub(super) const STEPS: usize = MIGRATIONS.len();

/// Every step ever taken, in order; a released one is never changed.
const MIGRATIONS: [&str; 8] = [
    include_str!("../../../migrations/0001_documents.sql"),
    include_str!("../../../migrations/0002_audit.sql"),
    include_str!("../../../migrations/0002_blobs.sql"),
    include_str!("../../../migrations/0002_grants.sql"),
    include_str!("../../../migrations/0002_people.sql"),
    include_str!("../../../migrations/0003_quarantine.sql"),
    include_str!("../../../migrations/0004_erased.sql"),
    include_str!("../../../migrations/0005_reach.sql"),
];

/// Takes the steps up to `upto` that this database has not seen; returns how many it has seen then.
pub(super) async fn steps(writing: &mut Writing, upto: usize) -> Result<usize, StoreError> {
    sqlx::raw_sql(super::LOCK_SCHEMA).execute(&mut **writing).await?;
    sqlx::raw_sql("CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY)")
        .execute(&mut **writing)
        .await?;
    let done: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM migrations").fetch_one(&mut **writing).await?;
    let done = usize::try_from(done).unwrap_or(usize::MAX);
    for (number, text) in (0i64..).zip(MIGRATIONS).take(upto).skip(done) {
        let text = text.replace("BYTES", super::BYTES).replace("NUMBERED", super::NUMBERED);
        let text = text.replace("COUNTED", super::COUNTED);
        // The text is this program's own.
        sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut **writing).await?;
        sqlx::query("INSERT INTO migrations VALUES ($1)").bind(number).execute(&mut **writing).await?;
    }
    Ok(done.max(upto.min(STEPS)))
}

/// Takes the steps that this database has not seen and returns the epoch.
pub(super) async fn migrate(mut writing: Writing) -> Result<String, StoreError> {
    steps(&mut writing, STEPS).await?;
    sqlx::query("INSERT INTO meta VALUES ('epoch', $1) ON CONFLICT DO NOTHING")
        .bind(hex::encode(rand::rng().random::<[u8; 16]>()))
        .execute(&mut *writing)
        .await?;
    let epoch =
        sqlx::query_scalar("SELECT value FROM meta WHERE key = 'epoch'").fetch_one(&mut *writing).await?;
    writing.commit().await?;
    Ok(epoch)
}
