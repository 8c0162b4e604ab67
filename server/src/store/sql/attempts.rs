//! Failed attempts.

use super::{Pool, StoreError, begin};
use crate::store::{Answer, Attempts, Counted};
use sqlx::Row;

/// The first wait; each further failure doubles it.
const FIRST_MS: i64 = 60_000;
/// The longest wait.
const LONGEST_MS: i64 = 3_600_000;
/// After this time without an attempt nothing is known any more.
const KEPT_MS: i64 = 24 * 3_600_000;

/// Counts in one statement, so that attempts at the same moment are all counted; no row while one has to wait.
/// A wait that a clock turned back has made longer than the longest is over.
const COUNT: &str = "INSERT INTO attempts VALUES ($1, 1, $2, 0)
    ON CONFLICT (who) DO UPDATE SET last = $2, until = 0, failures = 1 + CASE
        WHEN attempts.last > $2 THEN attempts.failures
        WHEN attempts.failures > ($2 - attempts.last) / $3 THEN attempts.failures - ($2 - attempts.last) / $3
        ELSE 0 END
    WHERE attempts.until <= $2 OR attempts.until > $2 + $4
    RETURNING failures";

/// The wait of somebody, unless it is over.
const WAITS: &str = "SELECT until FROM attempts WHERE who = $1 AND until > $2 AND until <= $2 + $3";

impl Attempts for super::Sql {
    fn attempt(&self, counted: Vec<Counted>, now: i64) -> Answer<'_, Result<(), i64>> {
        Box::pin(attempt(&self.pool, counted, now))
    }

    fn forgive(&self, who: Vec<[u8; 32]>, where_from: [u8; 32]) -> Answer<'_, ()> {
        Box::pin(forgive(&self.pool, who, where_from))
    }
}

async fn attempt(pool: &Pool, counted: Vec<Counted>, now: i64) -> Result<Result<(), i64>, StoreError> {
    // Told without a write: hundreds of guesses a second would keep the lock from everybody who has something to store.
    for Counted { who, .. } in &counted {
        let waits = sqlx::query_scalar(WAITS).bind(who.to_vec()).bind(now).bind(LONGEST_MS);
        if let Some(until) = waits.fetch_optional(pool).await? {
            return Ok(Err(until));
        }
    }
    let mut writing = begin(pool).await?;
    for Counted { who, free, forgets } in counted {
        let row = sqlx::query(COUNT)
            .bind(who.to_vec())
            .bind(now)
            .bind(forgets.max(1))
            .bind(LONGEST_MS)
            .fetch_optional(&mut *writing)
            .await?;
        let Some(row) = row else {
            let until = sqlx::query_scalar("SELECT until FROM attempts WHERE who = $1")
                .bind(who.to_vec())
                .fetch_one(&mut *writing)
                .await?;
            return Ok(Err(until));
        };
        let failures: i64 = row.try_get("failures")?;
        if failures >= i64::from(free) {
            sqlx::query("UPDATE attempts SET until = $1 WHERE who = $2")
                .bind(now + wait(failures - i64::from(free)))
                .bind(who.to_vec())
                .execute(&mut *writing)
                .await?;
        }
    }
    sqlx::query("DELETE FROM attempts WHERE last < $1").bind(now - KEPT_MS).execute(&mut *writing).await?;
    writing.commit().await?;
    Ok(Ok(()))
}

fn wait(further: i64) -> i64 {
    let doublings = u32::try_from(further.clamp(0, 10)).unwrap_or_default();
    (FIRST_MS << doublings).min(LONGEST_MS)
}

async fn forgive(pool: &Pool, who: Vec<[u8; 32]>, where_from: [u8; 32]) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    for who in who {
        sqlx::query("DELETE FROM attempts WHERE who = $1").bind(who.to_vec()).execute(&mut *writing).await?;
    }
    sqlx::query("UPDATE attempts SET failures = failures - 1, until = 0 WHERE who = $1 AND failures > 0")
        .bind(where_from.to_vec())
        .execute(&mut *writing)
        .await?;
    Ok(writing.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_further_failure_waits_twice_as_long_up_to_an_hour() {
        let minutes: Vec<i64> = (0..8).map(|further| wait(further) / 60_000).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60]);
    }
}
