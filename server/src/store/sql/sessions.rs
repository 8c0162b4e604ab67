//! Where an account is signed in.

use super::accounts::commit;
use super::{Pool, StoreError, audit, begin};
use crate::store::{Answer, Event, SHORT, Sessions, Signed};
use sqlx::Row;

/// A session is not written more often than this.
const SEEN_MS: i64 = 5 * 60_000;

impl Sessions for super::Sql {
    fn sessions(&self, account: &str, now: i64) -> Answer<'_, Vec<Signed>> {
        Box::pin(list(&self.pool, account.to_owned(), now))
    }

    fn seen(&self, token: [u8; 32], now: i64) -> Answer<'_, ()> {
        Box::pin(seen(&self.pool, token, now))
    }

    fn end_one(&self, account: &str, id: Vec<u8>, event: Event) -> Answer<'_, ()> {
        Box::pin(end_one(&self.pool, account.to_owned(), id, event))
    }

    fn end_others(&self, account: &str, keep: Option<[u8; 32]>, event: Event) -> Answer<'_, ()> {
        Box::pin(end_others(&self.pool, account.to_owned(), keep, event))
    }
}

async fn list(pool: &Pool, account: String, now: i64) -> Result<Vec<Signed>, StoreError> {
    let select = "SELECT token, device, since, seen FROM sessions WHERE account = $1 AND expires > $2
        ORDER BY seen DESC, token";
    let rows = sqlx::query(select).bind(account).bind(now).fetch_all(pool).await?;
    let read = |row| -> Result<Signed, sqlx::Error> {
        let row: &super::Record = row;
        let token: &[u8] = row.try_get("token")?;
        let id = token.iter().take(SHORT).copied().collect();
        Ok(Signed {
            id,
            device: row.try_get("device")?,
            since: row.try_get("since")?,
            seen: row.try_get("seen")?,
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

async fn seen(pool: &Pool, token: [u8; 32], now: i64) -> Result<(), StoreError> {
    let token = token.to_vec();
    // Looked at first: even a statement that changes nothing would wait for its turn to write.
    let seen: Option<i64> = sqlx::query_scalar("SELECT seen FROM sessions WHERE token = $1")
        .bind(&token)
        .fetch_optional(pool)
        .await?;
    if seen.is_some_and(|seen| seen < now - SEEN_MS) {
        sqlx::query("UPDATE sessions SET seen = $1 WHERE token = $2")
            .bind(now)
            .bind(token)
            .execute(pool)
            .await?;
    }
    Ok(())
}

async fn end_one(pool: &Pool, account: String, id: Vec<u8>, event: Event) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    audit::append(&mut writing, [event]).await?;
    let short = i64::try_from(SHORT).unwrap_or_default();
    let done =
        sqlx::query("DELETE FROM sessions WHERE account = $1 AND substr(token, 1, CAST($2 AS INTEGER)) = $3")
            .bind(account)
            .bind(short)
            .bind(id)
            .execute(&mut *writing)
            .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::Missing);
    }
    commit(writing).await
}

async fn end_others(
    pool: &Pool,
    account: String,
    keep: Option<[u8; 32]>,
    event: Event,
) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    audit::append(&mut writing, [event]).await?;
    super::accounts::end_sessions(&mut writing, &account, keep).await?;
    commit(writing).await
}
