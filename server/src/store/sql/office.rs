//! What administrators see and change.

use super::accounts::{commit, end_sessions};
use super::{Pool, Record, StoreError, audit, begin, moves, read};
use crate::store::{Answer, Event, Listed, Moved, Office};
use sqlx::Row;
use sync::About;

impl Office for super::Sql {
    fn accounts(&self, name: &str) -> Answer<'_, Vec<Listed>> {
        Box::pin(list(&self.pool, name.to_owned()))
    }

    fn change_account(
        &self,
        name: &str,
        role: &str,
        institution: &str,
        team: &str,
        event: Event,
    ) -> Answer<'_, ()> {
        Box::pin(change(&self.pool, [name, role, institution, team].map(str::to_owned), event))
    }

    fn set_disabled(&self, name: &str, disabled: bool, event: Event) -> Answer<'_, ()> {
        Box::pin(disable(&self.pool, name.to_owned(), disabled, event))
    }

    fn rows_about(&self, subject: &str, kinds: Vec<String>) -> Answer<'_, Vec<About>> {
        Box::pin(rows_about(&self.pool, subject.to_owned(), kinds))
    }

    fn transfer(&self, moved: Moved, kinds: Vec<String>, team: &str, event: Event) -> Answer<'_, u64> {
        Box::pin(moves::transfer(&self.pool, moved, kinds, team.to_owned(), event))
    }
}

async fn list(pool: &Pool, name: String) -> Result<Vec<Listed>, StoreError> {
    let select = "SELECT accounts.*, factors.confirmed FROM accounts
        LEFT JOIN factors ON factors.account = accounts.name AND factors.confirmed = 1
        WHERE accounts.role <> 'resident' OR accounts.name = $1 ORDER BY accounts.name";
    let rows = sqlx::query(select).bind(name).fetch_all(pool).await?;
    let read = |row: &Record| -> Result<Listed, sqlx::Error> {
        Ok(Listed {
            name: row.try_get("name")?,
            role: row.try_get("role")?,
            institution: row.try_get("institution")?,
            team: row.try_get("team")?,
            disabled: row.try_get::<i64, _>("disabled")? != 0,
            factor: row.try_get::<Option<i64>, _>("confirmed")?.is_some(),
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

async fn change(
    pool: &Pool,
    [name, role, institution, team]: [String; 4],
    event: Event,
) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    audit::append(&mut writing, [event]).await?;
    let left: Option<String> = sqlx::query_scalar("SELECT team FROM accounts WHERE name = $1")
        .bind(&name)
        .fetch_optional(&mut *writing)
        .await?;
    let left = left.ok_or(StoreError::Missing)?;
    sqlx::query("UPDATE accounts SET role = $2, institution = $3, team = $4 WHERE name = $1")
        .bind(&name)
        .bind(role)
        .bind(institution)
        .bind(&team)
        .execute(&mut *writing)
        .await?;
    moves::of_member(&mut writing, &name, &left, &team).await?;
    commit(writing).await
}

async fn disable(pool: &Pool, name: String, disabled: bool, event: Event) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    audit::append(&mut writing, [event]).await?;
    let done = sqlx::query("UPDATE accounts SET disabled = $2 WHERE name = $1")
        .bind(&name)
        .bind(i64::from(disabled))
        .execute(&mut *writing)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::Missing);
    }
    if disabled {
        end_sessions(&mut writing, &name, None).await?;
    }
    commit(writing).await
}

async fn rows_about(pool: &Pool, subject: String, kinds: Vec<String>) -> Result<Vec<About>, StoreError> {
    let select = "SELECT * FROM documents WHERE subject = $1 AND team <> ''";
    let rows = sqlx::query(select).bind(subject).fetch_all(pool).await?;
    let mut found = Vec::new();
    for row in &rows {
        let row = read::read_row(row)?;
        if kinds.contains(&row.about.kind) {
            found.push(row.about);
        }
    }
    Ok(found)
}
