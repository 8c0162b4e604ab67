//! One-time codes, and who acts for whom.

use super::accounts::{self, commit};
use super::{Pool, Record, StoreError, Writing, audit, begin, moves};
use crate::account::Account;
use crate::store::{Answer, Bond, Code, Codes, Event, Purpose};
use sqlx::Row;

impl Codes for super::Sql {
    fn add_code(&self, code: Code, event: Event) -> Answer<'_, ()> {
        Box::pin(add(&self.pool, code, event))
    }

    fn reset_password(
        &self,
        code: [u8; 32],
        account: &str,
        password: String,
        event: Event,
    ) -> Answer<'_, ()> {
        Box::pin(reset(&self.pool, code, account.to_owned(), password, event))
    }

    fn enrol(&self, code: [u8; 32], account: &str, password: String, event: Event) -> Answer<'_, Account> {
        Box::pin(enrol(&self.pool, code, account.to_owned(), password, event))
    }

    fn take_on(&self, code: [u8; 32], account: &str, event: Event) -> Answer<'_, Bond> {
        Box::pin(take_on(&self.pool, code, account.to_owned(), event))
    }

    fn acts_for(&self, account: &str) -> Answer<'_, Vec<Bond>> {
        let select = "SELECT * FROM account_subjects WHERE account = $1 ORDER BY subject";
        Box::pin(bonds(&self.pool, select, account.to_owned()))
    }

    fn acting_for(&self, subject: &str) -> Answer<'_, Vec<Bond>> {
        let select = "SELECT * FROM account_subjects WHERE subject = $1 ORDER BY account";
        Box::pin(bonds(&self.pool, select, subject.to_owned()))
    }

    fn part(&self, account: &str, subject: &str, event: Event) -> Answer<'_, ()> {
        Box::pin(part(&self.pool, account.to_owned(), subject.to_owned(), event))
    }
}

async fn add(pool: &Pool, code: Code, event: Event) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    let now = event.at;
    audit::append(&mut writing, [event]).await?;
    sqlx::query("DELETE FROM codes WHERE expires <= $1 OR (purpose = $2 AND account = $3 AND account <> '')")
        .bind(now)
        .bind(code.purpose.word())
        .bind(&code.account)
        .execute(&mut *writing)
        .await?;
    let insert = "INSERT INTO codes (code, purpose, account, subject, relation, given_by, expires)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query(insert)
        .bind(code.hash.to_vec())
        .bind(code.purpose.word())
        .bind(code.account)
        .bind(code.subject)
        .bind(code.relation)
        .bind(code.given_by)
        .bind(code.expires)
        .execute(&mut *writing)
        .await?;
    Ok(writing.commit().await?)
}

/// Takes a code out; it comes back when the transaction is given up.
async fn take(
    writing: &mut Writing,
    code: [u8; 32],
    purpose: Purpose,
    account: &str,
    now: i64,
) -> Result<Record, StoreError> {
    let taken = sqlx::query(
        "DELETE FROM codes WHERE code = $1 AND purpose = $2 AND account = $3 AND expires > $4 RETURNING *",
    )
    .bind(code.to_vec())
    .bind(purpose.word())
    .bind(account)
    .bind(now)
    .fetch_optional(&mut **writing)
    .await?;
    taken.ok_or(StoreError::Missing)
}

async fn reset(
    pool: &Pool,
    code: [u8; 32],
    account: String,
    password: String,
    event: Event,
) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    let now = event.at;
    audit::append(&mut writing, [event]).await?;
    take(&mut writing, code, Purpose::Password, &account, now).await?;
    accounts::replace_password(&mut writing, &account, password, None).await?;
    commit(writing).await
}

async fn enrol(
    pool: &Pool,
    code: [u8; 32],
    name: String,
    password: String,
    event: Event,
) -> Result<Account, StoreError> {
    let mut writing = begin(pool).await?;
    let now = event.at;
    audit::append(&mut writing, [event]).await?;
    let code = take(&mut writing, code, Purpose::Subject, "", now).await?;
    let account = Account {
        name,
        role: "resident".to_owned(),
        institution: String::new(),
        team: String::new(),
        residents: Vec::new(),
    };
    accounts::insert(&mut writing, &account, password).await?;
    let bond = bind(&mut writing, &code, account.name.clone(), now).await?;
    commit(writing).await?;
    Ok(Account { residents: vec![bond.subject], ..account })
}

async fn take_on(pool: &Pool, code: [u8; 32], account: String, event: Event) -> Result<Bond, StoreError> {
    let mut writing = begin(pool).await?;
    let now = event.at;
    audit::append(&mut writing, [event]).await?;
    let code = take(&mut writing, code, Purpose::Subject, "", now).await?;
    let bond = bind(&mut writing, &code, account, now).await?;
    moves::about(&mut writing, &bond.account, &bond.subject).await?;
    commit(writing).await?;
    Ok(bond)
}

async fn bind(writing: &mut Writing, code: &Record, account: String, now: i64) -> Result<Bond, StoreError> {
    let bond = Bond {
        account,
        subject: code.try_get("subject")?,
        relation: code.try_get("relation")?,
        given_by: code.try_get("given_by")?,
        since: now,
    };
    let insert = "INSERT INTO account_subjects (account, subject, relation, given_by, since) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (account, subject) DO UPDATE SET relation = $3, given_by = $4, since = $5
        WHERE account_subjects.relation NOT IN ('', 'self')";
    sqlx::query(insert)
        .bind(&bond.account)
        .bind(&bond.subject)
        .bind(&bond.relation)
        .bind(&bond.given_by)
        .bind(bond.since)
        .execute(&mut **writing)
        .await?;
    Ok(bond)
}

async fn bonds(pool: &Pool, select: &'static str, of: String) -> Result<Vec<Bond>, StoreError> {
    let rows = sqlx::query(select).bind(of).fetch_all(pool).await?;
    let read = |row: &Record| -> Result<Bond, sqlx::Error> {
        Ok(Bond {
            account: row.try_get("account")?,
            subject: row.try_get("subject")?,
            relation: row.try_get("relation")?,
            given_by: row.try_get("given_by")?,
            since: row.try_get("since")?,
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

async fn part(pool: &Pool, account: String, subject: String, event: Event) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    audit::append(&mut writing, [event]).await?;
    let done = sqlx::query("DELETE FROM account_subjects WHERE account = $1 AND subject = $2")
        .bind(&account)
        .bind(&subject)
        .execute(&mut *writing)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::Missing);
    }
    moves::about(&mut writing, &account, &subject).await?;
    commit(writing).await
}
