//! Accounts and sessions.

use super::{Pool, StoreError, Writing, audit, begin};
use crate::account::Account;
use crate::store::Event;
use sqlx::Row;

/// Commits, and makes every running server look at its accounts again.
pub(super) async fn commit(mut writing: Writing) -> Result<(), StoreError> {
    sqlx::query("UPDATE counters SET value = value + 1 WHERE name = 'accounts'")
        .execute(&mut *writing)
        .await?;
    Ok(writing.commit().await?)
}

pub(super) async fn add(pool: &Pool, account: Account, password: String) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    insert(&mut writing, &account, password).await?;
    commit(writing).await
}

/// Makes an account and binds it to its subjects.
pub(super) async fn insert(
    writing: &mut Writing,
    account: &Account,
    password: String,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO accounts (name, password, role, institution, team) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING";
    let added = sqlx::query(insert)
        .bind(&account.name)
        .bind(password)
        .bind(&account.role)
        .bind(&account.institution)
        .bind(&account.team)
        .execute(&mut **writing)
        .await?;
    if added.rows_affected() == 0 {
        return Err(StoreError::Exists);
    }
    for subject in &account.residents {
        sqlx::query("INSERT INTO account_subjects (account, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(&account.name)
            .bind(subject)
            .execute(&mut **writing)
            .await?;
    }
    Ok(())
}

pub(super) async fn set_password(
    pool: &Pool,
    name: String,
    password: String,
    keep: Option<[u8; 32]>,
) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    replace_password(&mut writing, &name, password, keep).await?;
    commit(writing).await
}

/// Replaces a password and ends every session but `keep`.
pub(super) async fn replace_password(
    writing: &mut Writing,
    name: &str,
    password: String,
    keep: Option<[u8; 32]>,
) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE accounts SET password = $1 WHERE name = $2")
        .bind(password)
        .bind(name)
        .execute(&mut **writing)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::Missing);
    }
    end_sessions(writing, name, keep).await
}

pub(super) async fn disable(pool: &Pool, name: String) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    let done = sqlx::query("UPDATE accounts SET disabled = 1 WHERE name = $1")
        .bind(&name)
        .execute(&mut *writing)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::Missing);
    }
    end_sessions(&mut writing, &name, None).await?;
    commit(writing).await
}

/// Ends every session of an account but `keep`.
pub(super) async fn end_sessions(
    writing: &mut Writing,
    name: &str,
    keep: Option<[u8; 32]>,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE account = $1 AND token <> $2")
        .bind(name)
        .bind(keep.map(Vec::from).unwrap_or_default())
        .execute(&mut **writing)
        .await?;
    Ok(())
}

pub(super) async fn get(pool: &Pool, name: String) -> Result<Option<(Account, String)>, StoreError> {
    let row = sqlx::query("SELECT * FROM accounts WHERE name = $1 AND disabled = 0")
        .bind(&name)
        .fetch_optional(pool)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let subjects = "SELECT subject FROM account_subjects WHERE account = $1 ORDER BY subject";
    let account = Account {
        name: row.try_get("name")?,
        role: row.try_get("role")?,
        institution: row.try_get("institution")?,
        team: row.try_get("team")?,
        residents: sqlx::query_scalar(subjects).bind(&name).fetch_all(pool).await?,
    };
    Ok(Some((account, row.try_get("password")?)))
}

pub(super) async fn version(pool: &Pool) -> Result<i64, StoreError> {
    let version = sqlx::query_scalar("SELECT value FROM counters WHERE name = 'accounts'");
    Ok(version.fetch_one(pool).await?)
}

/// Keeps a session, and drops those that expired before `now`.
pub(super) async fn add_session(
    pool: &Pool,
    token: [u8; 32],
    account: String,
    device: String,
    now: i64,
    expires: i64,
) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    let event = Event { at: now, account: account.clone(), act: "sign-in", ..Event::default() };
    audit::append(&mut writing, [event]).await?;
    sqlx::query("DELETE FROM sessions WHERE expires <= $1").bind(now).execute(&mut *writing).await?;
    let insert = "INSERT INTO sessions (token, account, expires, device, since, seen)
        VALUES ($1, $2, $3, $4, $5, $5)";
    sqlx::query(insert)
        .bind(token.to_vec())
        .bind(account)
        .bind(expires)
        .bind(device)
        .bind(now)
        .execute(&mut *writing)
        .await?;
    Ok(writing.commit().await?)
}

pub(super) async fn session(
    pool: &Pool,
    token: [u8; 32],
    now: i64,
) -> Result<Option<(Account, i64)>, StoreError> {
    let row = sqlx::query("SELECT account, expires FROM sessions WHERE token = $1 AND expires > $2")
        .bind(token.to_vec())
        .bind(now)
        .fetch_optional(pool)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let expires = row.try_get("expires")?;
    let account = get(pool, row.try_get("account")?).await?;
    Ok(account.map(|(account, _)| (account, expires)))
}

pub(super) async fn end_session(pool: &Pool, token: [u8; 32]) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    sqlx::query("DELETE FROM sessions WHERE token = $1").bind(token.to_vec()).execute(&mut *writing).await?;
    commit(writing).await
}
