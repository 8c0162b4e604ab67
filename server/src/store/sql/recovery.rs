//! The recovery window: a counter, so that every relay finds it.

use super::{Answer, Pool, Sql, StoreError, audit, begin};
use crate::store::{Event, Recovery};

async fn open(pool: &Pool, until: i64, now: i64) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    let note = format!("{} minutes", (until - now).max(0) / 60_000);
    let event = Event { at: now, act: "recovery", note, ..Event::command() };
    audit::append(&mut writing, [event]).await?;
    let set = "INSERT INTO counters VALUES ('recovery', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    sqlx::query(set).bind(until).execute(&mut *writing).await?;
    // Every running server looks again.
    sqlx::query("UPDATE counters SET value = value + 1 WHERE name = 'accounts'")
        .execute(&mut *writing)
        .await?;
    Ok(writing.commit().await?)
}

async fn until(pool: &Pool) -> Result<i64, StoreError> {
    let until = sqlx::query_scalar("SELECT value FROM counters WHERE name = 'recovery'");
    Ok(until.fetch_optional(pool).await?.unwrap_or_default())
}

impl Recovery for Sql {
    fn open_recovery(&self, until: i64, now: i64) -> Answer<'_, ()> {
        Box::pin(open(&self.pool, until, now))
    }

    fn recovery(&self) -> Answer<'_, i64> {
        Box::pin(until(&self.pool))
    }
}
