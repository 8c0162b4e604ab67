//! Changes of access in the sequence of places.

use super::{PLACE, Pool, Record, StoreError, TELL, Writing, read};
use crate::store::Access;
use sqlx::Row as _;
use sync::DocumentId;

/// Takes the next place in the sequence; its lock is held until `writing` is over.
pub(super) async fn take_place(writing: &mut Writing) -> Result<i64, StoreError> {
    let place: i64 = sqlx::query_scalar(PLACE).fetch_one(&mut **writing).await?;
    sqlx::query("UPDATE counters SET value = $1 WHERE name = 'place'")
        .bind(place + 1)
        .execute(&mut **writing)
        .await?;
    sqlx::raw_sql(TELL).execute(&mut **writing).await?;
    Ok(place + 1)
}

/// Notes that the rights of `reader` to `document` have changed: its devices look again, now or when they return.
pub(super) async fn changed(writing: &mut Writing, reader: &str, document: &[u8]) -> Result<(), StoreError> {
    let place = take_place(writing).await?;
    sqlx::query("INSERT INTO access_changes VALUES ($1, $2, $3)")
        .bind(place)
        .bind(document)
        .bind(reader)
        .execute(&mut **writing)
        .await?;
    Ok(())
}

/// Lists documents to which the rights of `reader` changed after `place`, with what is there of them.
pub(super) async fn since(
    pool: &Pool,
    reader: String,
    place: u64,
) -> Result<Vec<(DocumentId, Option<super::Row>)>, StoreError> {
    let query = "SELECT DISTINCT access_changes.document, documents.* FROM access_changes
        LEFT JOIN documents ON documents.id = access_changes.document
        WHERE access_changes.reader = $1 AND access_changes.place > $2";
    let rows = sqlx::query(query).bind(reader).bind(place.cast_signed()).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            let is_there = row.try_get::<Option<&[u8]>, _>("id")?.is_some();
            Ok((document(row)?, is_there.then(|| read::read_row(row)).transpose()?))
        })
        .collect()
}

/// Reads a row of the table.
pub(super) fn change(row: &Record) -> Result<Access, StoreError> {
    Ok(Access {
        place: row.try_get::<i64, _>("place")?.cast_unsigned(),
        document: document(row)?,
        reader: row.try_get("reader")?,
    })
}

fn document(row: &Record) -> Result<DocumentId, StoreError> {
    let bytes: &[u8] = row.try_get("document")?;
    DocumentId::try_from(bytes).map_err(|_| StoreError::Missing)
}
