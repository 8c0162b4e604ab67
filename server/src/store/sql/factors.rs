//! Second factors.

use super::{Pool, StoreError, audit, begin};
use crate::store::{Answer, Event, Factor, Factors};
use sqlx::Row;

impl Factors for super::Sql {
    fn factor(&self, account: &str) -> Answer<'_, Option<Factor>> {
        Box::pin(get(&self.pool, account.to_owned()))
    }

    fn begin_factor(&self, account: &str, secret: Vec<u8>) -> Answer<'_, ()> {
        Box::pin(start(&self.pool, account.to_owned(), secret))
    }

    fn confirm_factor(
        &self,
        account: &str,
        step: u64,
        recovery: Vec<[u8; 32]>,
        event: Event,
    ) -> Answer<'_, ()> {
        Box::pin(confirm(&self.pool, account.to_owned(), step, recovery, event))
    }

    fn use_step(&self, account: &str, step: u64) -> Answer<'_, bool> {
        Box::pin(use_step(&self.pool, account.to_owned(), step))
    }

    fn use_recovery(&self, account: &str, code: [u8; 32], event: Event) -> Answer<'_, bool> {
        Box::pin(use_recovery(&self.pool, account.to_owned(), code, event))
    }

    fn drop_factor(&self, account: &str, event: Event) -> Answer<'_, ()> {
        Box::pin(forget(&self.pool, account.to_owned(), event))
    }
}

async fn get(pool: &Pool, account: String) -> Result<Option<Factor>, StoreError> {
    let row =
        sqlx::query("SELECT * FROM factors WHERE account = $1").bind(account).fetch_optional(pool).await?;
    row.map(|row| {
        Ok(Factor { secret: row.try_get("secret")?, confirmed: row.try_get::<i64, _>("confirmed")? != 0 })
    })
    .transpose()
}

async fn start(pool: &Pool, account: String, secret: Vec<u8>) -> Result<(), StoreError> {
    let upsert = "INSERT INTO factors (account, secret, confirmed, step) VALUES ($1, $2, 0, 0)
        ON CONFLICT (account) DO UPDATE SET secret = $2 WHERE factors.confirmed = 0";
    let done = sqlx::query(upsert).bind(account).bind(secret).execute(pool).await?;
    if done.rows_affected() == 0 { Err(StoreError::Exists) } else { Ok(()) }
}

async fn confirm(
    pool: &Pool,
    account: String,
    step: u64,
    recovery: Vec<[u8; 32]>,
    event: Event,
) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    audit::append(&mut writing, [event]).await?;
    let done =
        sqlx::query("UPDATE factors SET confirmed = 1, step = $2 WHERE account = $1 AND confirmed = 0")
            .bind(&account)
            .bind(step.cast_signed())
            .execute(&mut *writing)
            .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::Missing);
    }
    for code in recovery {
        sqlx::query("INSERT INTO recovery_codes (account, code) VALUES ($1, $2)")
            .bind(&account)
            .bind(code.to_vec())
            .execute(&mut *writing)
            .await?;
    }
    Ok(writing.commit().await?)
}

async fn use_step(pool: &Pool, account: String, step: u64) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE factors SET step = $2 WHERE account = $1 AND step < $2")
        .bind(account)
        .bind(step.cast_signed())
        .execute(pool)
        .await?;
    Ok(done.rows_affected() == 1)
}

async fn use_recovery(
    pool: &Pool,
    account: String,
    code: [u8; 32],
    event: Event,
) -> Result<bool, StoreError> {
    let mut writing = begin(pool).await?;
    audit::append(&mut writing, [event]).await?;
    let done = sqlx::query("DELETE FROM recovery_codes WHERE account = $1 AND code = $2")
        .bind(account)
        .bind(code.to_vec())
        .execute(&mut *writing)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    writing.commit().await?;
    Ok(true)
}

async fn forget(pool: &Pool, account: String, event: Event) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    audit::append(&mut writing, [event]).await?;
    let done =
        sqlx::query("DELETE FROM factors WHERE account = $1").bind(&account).execute(&mut *writing).await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::Missing);
    }
    sqlx::query("DELETE FROM recovery_codes WHERE account = $1").bind(account).execute(&mut *writing).await?;
    Ok(writing.commit().await?)
}
