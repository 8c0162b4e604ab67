//! Erasing: first the keys, so that no copy can be read from then on; then what lies here.

use super::{Answer, PLACE, Sql, StoreError, TELL, Writing, accounts, audit, begin};
use crate::store::Event;
use crate::store::erase::Erase;
use sqlx::Row;
use std::collections::BTreeSet;
use sync::DocumentId;

/// Everybody who may hold it hears of it, now or on return.
const NOTE: &str = "INSERT INTO access_changes (place, document, reader)
    SELECT $1 + ROW_NUMBER() OVER (ORDER BY accounts.name), documents.id, accounts.name FROM documents, accounts
    WHERE documents.id = $2 AND ((accounts.team <> '' AND accounts.team = documents.team)
      OR accounts.name IN (SELECT account FROM account_subjects WHERE subject = documents.subject)
      OR accounts.name IN (SELECT grants.reader FROM grants JOIN granted ON granted.grant_id = grants.id
        WHERE granted.document = documents.id))";
/// What is known of attachments stays until the sweep has removed their files.
const DROPS: [&str; 5] = [
    "DELETE FROM documents WHERE id = $1",
    "DELETE FROM chunks WHERE document = $1",
    "DELETE FROM actors WHERE document = $1",
    "DELETE FROM granted WHERE document = $1",
    "DELETE FROM submissions WHERE document = $1",
];

async fn drop_all(writing: &mut Writing, ids: &BTreeSet<DocumentId>, at: i64) -> Result<(), StoreError> {
    let event = |id: &DocumentId| Event { at, act: "erase", document: Some(*id), ..Event::command() };
    audit::append(writing, ids.iter().map(event)).await?;
    for id in ids {
        let key = id.bytes().to_vec();
        let place: i64 = sqlx::query_scalar(PLACE).fetch_one(&mut **writing).await?;
        let noted = sqlx::query(NOTE).bind(place).bind(&key).execute(&mut **writing).await?;
        sqlx::query("UPDATE counters SET value = value + $1 WHERE name = 'place'")
            .bind(noted.rows_affected().cast_signed())
            .execute(&mut **writing)
            .await?;
        for statement in DROPS {
            sqlx::query(statement).bind(&key).execute(&mut **writing).await?;
        }
        sqlx::query("INSERT INTO erased VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(&key)
            .bind(at)
            .execute(&mut **writing)
            .await?;
    }
    sqlx::raw_sql(TELL).execute(&mut **writing).await?;
    Ok(())
}

impl Sql {
    async fn erase_subject(&self, subject: String, at: i64) -> Result<usize, StoreError> {
        let mut ids = BTreeSet::new();
        for kind in self.ring.kinds() {
            let rows = sqlx::query("SELECT id FROM documents WHERE subject = $1 AND kind = $2")
                .bind(&subject)
                .bind(kind)
                .fetch_all(&self.pool)
                .await?;
            for row in &rows {
                ids.insert(id(row.try_get("id")?)?);
            }
        }
        self.ring.keys().put(ids.iter().map(|id| (*id, Vec::new())).collect()).await?;
        let mut writing = begin(&self.pool).await?;
        drop_all(&mut writing, &ids, at).await?;
        sqlx::query("DELETE FROM account_subjects WHERE subject = $1")
            .bind(&subject)
            .execute(&mut *writing)
            .await?;
        accounts::commit(writing).await?;
        Ok(ids.len())
    }

    async fn erase_known(&self, at: i64) -> Result<usize, StoreError> {
        let keys = self.ring.keys().find(None).await?;
        let mut there = BTreeSet::new();
        for id in keys.into_iter().filter(|(_, key)| key.is_empty()).map(|(id, _)| id) {
            let found = sqlx::query("SELECT id FROM documents WHERE id = $1").bind(id.bytes().to_vec());
            if found.fetch_optional(&self.pool).await?.is_some() {
                there.insert(id);
            }
        }
        if !there.is_empty() {
            let mut writing = begin(&self.pool).await?;
            drop_all(&mut writing, &there, at).await?;
            accounts::commit(writing).await?;
        }
        Ok(there.len())
    }
}

fn id(bytes: &[u8]) -> Result<DocumentId, StoreError> {
    DocumentId::try_from(bytes).map_err(|_| StoreError::Missing)
}

impl Erase for Sql {
    fn erase(&self, subject: &str, at: i64) -> Answer<'_, usize> {
        Box::pin(self.erase_subject(subject.to_owned(), at))
    }

    fn erase_again(&self, at: i64) -> Answer<'_, usize> {
        Box::pin(self.erase_known(at))
    }

    fn is_erased(&self, id: DocumentId) -> Answer<'_, bool> {
        Box::pin(async move {
            let found =
                sqlx::query("SELECT document FROM erased WHERE document = $1").bind(id.bytes().to_vec());
            Ok(found.fetch_optional(&self.pool).await?.is_some())
        })
    }
}
