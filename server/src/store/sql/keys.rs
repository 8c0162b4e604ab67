//! Keys of documents, in a database or a schema of their own.

use super::super::{FORGET, KEYS};
use super::read::{NAMED, list};
use super::{Answer, BEGIN_READING, BYTES, Pool, Query, Record, StoreError, Writing, begin};
use crate::store::keys::{Key, Keys};
use sqlx::{AssertSqlSafe, Row};
use std::collections::{BTreeMap, BTreeSet};
use sync::DocumentId;

/// Keys in a SQL database.
#[derive(Debug)]
pub(in super::super) struct SqlKeys(Pool);

impl SqlKeys {
    /// Makes the table.
    pub(in super::super) async fn open(pool: Pool) -> Result<Self, StoreError> {
        let table = format!(
            "{KEYS}; CREATE TABLE IF NOT EXISTS document_keys (document {BYTES} PRIMARY KEY, key {BYTES} NOT NULL)"
        );
        sqlx::raw_sql(AssertSqlSafe(table)).execute(&pool).await?;
        Ok(Self(pool))
    }
}

async fn find(
    reading: &mut Writing,
    ids: &BTreeSet<DocumentId>,
) -> Result<BTreeMap<DocumentId, Key>, StoreError> {
    let ids: Vec<_> = ids.iter().map(|id| id.bytes().to_vec()).collect();
    let mut found = BTreeMap::new();
    for ids in ids.chunks(NAMED) {
        let mut query = Query::new("SELECT document, key FROM document_keys WHERE document IN (");
        list(&mut query, ids.iter().cloned());
        for row in &query.build().fetch_all(&mut **reading).await? {
            found.extend([read(row)?]);
        }
    }
    Ok(found)
}

async fn all(pool: &Pool) -> Result<BTreeMap<DocumentId, Key>, StoreError> {
    let rows = sqlx::query("SELECT document, key FROM document_keys").fetch_all(pool).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Record) -> Result<(DocumentId, Key), StoreError> {
    let id = DocumentId::try_from(row.try_get::<&[u8], _>("document")?).map_err(|_| StoreError::Missing)?;
    Ok((id, row.try_get("key")?))
}

async fn make(pool: &Pool, ids: BTreeSet<DocumentId>) -> Result<BTreeMap<DocumentId, Key>, StoreError> {
    let mut found = find(&mut pool.begin_with(BEGIN_READING).await?, &ids).await?;
    let fresh: BTreeSet<DocumentId> = ids.into_iter().filter(|id| !found.contains_key(id)).collect();
    if !fresh.is_empty() {
        let mut writing = begin(pool).await?;
        for id in &fresh {
            let key: [u8; 32] = rand::random();
            sqlx::query("INSERT INTO document_keys VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(id.bytes().to_vec())
                .bind(key.to_vec())
                .execute(&mut *writing)
                .await?;
        }
        // Another relay may have been first.
        found.extend(find(&mut writing, &fresh).await?);
        writing.commit().await?;
    }
    found.retain(|_, key| !key.is_empty());
    Ok(found)
}

async fn put(pool: &Pool, keys: BTreeMap<DocumentId, Key>) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    for (id, key) in keys {
        let erases = key.is_empty();
        let put = "INSERT INTO document_keys VALUES ($1, $2) ON CONFLICT (document) DO ";
        let put = [put, if erases { "UPDATE SET key = excluded.key" } else { "NOTHING" }].concat();
        // The text is this program's own.
        sqlx::query(AssertSqlSafe(put)).bind(id.bytes().to_vec()).bind(key).execute(&mut *writing).await?;
    }
    writing.commit().await?;
    // What was overwritten must not lie on in the log or the table.
    sqlx::raw_sql(FORGET).execute(pool).await?;
    Ok(())
}

impl Keys for SqlKeys {
    fn make(&self, ids: BTreeSet<DocumentId>) -> Answer<'_, BTreeMap<DocumentId, Key>> {
        Box::pin(make(&self.0, ids))
    }

    fn find(&self, ids: Option<BTreeSet<DocumentId>>) -> Answer<'_, BTreeMap<DocumentId, Key>> {
        Box::pin(async move {
            match ids {
                Some(ids) => find(&mut self.0.begin_with(BEGIN_READING).await?, &ids).await,
                None => all(&self.0).await,
            }
        })
    }

    fn put(&self, keys: BTreeMap<DocumentId, Key>) -> Answer<'_, ()> {
        Box::pin(put(&self.0, keys))
    }
}
