//! What is known of blobs.

use super::{Answer, PLACE, Pool, Record, Row, Sql, StoreError, begin, read};
use crate::store::blobs::{Blob, Blobs, Hash, Quota, Room};
use sqlx::Row as _;
use sync::DocumentId;

/// The time over which what an account brings is counted, in milliseconds.
const MONTH: i64 = 30 * 24 * 3_600_000;

impl Blobs for Sql {
    fn row(&self, id: DocumentId) -> Answer<'_, Option<Row>> {
        Box::pin(async move {
            let row = sqlx::query("SELECT * FROM documents WHERE id = $1").bind(id.bytes().to_vec());
            row.fetch_optional(&self.pool).await?.map(|row| read::read_row(&row)).transpose()
        })
    }

    fn blob(&self, document: DocumentId, hash: Hash) -> Answer<'_, Option<Blob>> {
        Box::pin(async move {
            let row = sqlx::query("SELECT * FROM blobs WHERE document = $1 AND hash = $2")
                .bind(document.bytes().to_vec())
                .bind(hash.to_vec())
                .fetch_optional(&self.pool)
                .await?;
            row.map(|row| read_blob(&row)).transpose()
        })
    }

    fn reserve_blob(&self, blob: Blob, account: &str, now: i64, quota: Quota) -> Answer<'_, Room> {
        Box::pin(reserve(&self.pool, blob, account.to_owned(), now, quota))
    }

    fn keep_blob(&self, document: DocumentId, hash: Hash, now: i64) -> Answer<'_, ()> {
        const KEEP: &str = "UPDATE blobs SET whole = 1, looked = $3 WHERE document = $1 AND hash = $2";
        Box::pin(async move {
            let mut writing = begin(&self.pool).await?;
            sqlx::query(KEEP)
                .bind(document.bytes().to_vec())
                .bind(hash.to_vec())
                .bind(now)
                .execute(&mut *writing)
                .await?;
            Ok(writing.commit().await?)
        })
    }

    fn forget_blob(&self, document: DocumentId, hash: Hash) -> Answer<'_, ()> {
        Box::pin(async move {
            let mut writing = begin(&self.pool).await?;
            sqlx::query("DELETE FROM blobs WHERE document = $1 AND hash = $2")
                .bind(document.bytes().to_vec())
                .bind(hash.to_vec())
                .execute(&mut *writing)
                .await?;
            Ok(writing.commit().await?)
        })
    }

    fn old_blobs(&self, unfinished: i64, whole: i64) -> Answer<'_, Vec<Blob>> {
        const OLD: &str =
            "SELECT * FROM blobs WHERE (whole = 0 AND looked < $1) OR (whole = 1 AND looked < $2)
            OR NOT EXISTS (SELECT 1 FROM documents WHERE documents.id = blobs.document) LIMIT 256";
        Box::pin(async move {
            let rows = sqlx::query(OLD).bind(unfinished).bind(whole).fetch_all(&self.pool).await?;
            rows.iter().map(read_blob).collect()
        })
    }
}

async fn reserve(
    pool: &Pool,
    blob: Blob,
    account: String,
    now: i64,
    quota: Quota,
) -> Result<Room, StoreError> {
    const KNOWN: &str = "UPDATE blobs SET looked = $3 WHERE document = $1 AND hash = $2 RETURNING *";
    const OF_DOCUMENT: &str = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM blobs WHERE document = $1";
    const OF_ACCOUNT: &str =
        "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM blobs WHERE account = $1 AND begun > $2";
    let (document, hash) = (blob.document.bytes().to_vec(), blob.hash.to_vec());
    let mut writing = begin(pool).await?;
    // One at a time, so that two together do not exceed what each alone would not.
    sqlx::query(PLACE).fetch_one(&mut *writing).await?;
    let known =
        sqlx::query(KNOWN).bind(&document).bind(&hash).bind(now).fetch_optional(&mut *writing).await?;
    if let Some(row) = known {
        writing.commit().await?;
        return Ok(Room::Kept(read_blob(&row)?));
    }
    let exceeds = |used: i64, quota: u64| used.cast_unsigned().saturating_add(blob.size) > quota;
    let used = sqlx::query_scalar(OF_DOCUMENT).bind(&document).fetch_one(&mut *writing).await?;
    if exceeds(used, quota.document) {
        return Ok(Room::Document);
    }
    let used =
        sqlx::query_scalar(OF_ACCOUNT).bind(&account).bind(now - MONTH).fetch_one(&mut *writing).await?;
    if exceeds(used, quota.account) {
        return Ok(Room::Account);
    }
    sqlx::query("INSERT INTO blobs VALUES ($1, $2, $3, 0, $4, $5, $5)")
        .bind(&document)
        .bind(&hash)
        .bind(blob.size.cast_signed())
        .bind(account)
        .bind(now)
        .execute(&mut *writing)
        .await?;
    writing.commit().await?;
    Ok(Room::Kept(Blob { whole: false, ..blob }))
}

fn read_blob(row: &Record) -> Result<Blob, StoreError> {
    let document: &[u8] = row.try_get("document")?;
    let hash: &[u8] = row.try_get("hash")?;
    Ok(Blob {
        document: DocumentId::try_from(document).map_err(|_| StoreError::Missing)?,
        hash: hash.try_into().map_err(|_| StoreError::Missing)?,
        size: row.try_get::<i64, _>("size")?.cast_unsigned(),
        whole: row.try_get::<i64, _>("whole")? == 1,
    })
}
