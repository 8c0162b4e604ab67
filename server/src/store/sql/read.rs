//! Reading documents and their rows.

use super::{BEGIN_READING, Pool, Record, Row, Rows, StoreError, Stored};
use crate::store::keys::Ring;
use automerge::{ActorId, Automerge, ChangeHash};
use sqlx::Row as _;
use sync::{About, Actors, DocumentId, Heads, Replica};

const NEWEST: &str = "SELECT value FROM counters WHERE name = 'place'";

/// Returns the place of the newest commit.
pub(super) async fn newest(pool: &Pool) -> Result<u64, StoreError> {
    let newest: i64 = sqlx::query_scalar(NEWEST).fetch_one(pool).await?;
    Ok(newest.cast_unsigned())
}

pub(super) async fn load(pool: &Pool, ring: &Ring, id: DocumentId) -> Result<Option<Stored>, StoreError> {
    let key = id.bytes().to_vec();
    let mut reading = pool.begin_with(BEGIN_READING).await?;
    let row =
        sqlx::query("SELECT * FROM documents WHERE id = $1").bind(&key).fetch_optional(&mut *reading).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let chunks = sqlx::query("SELECT id, data FROM chunks WHERE document = $1 ORDER BY id")
        .bind(&key)
        .fetch_all(&mut *reading)
        .await?;
    let actors = sqlx::query("SELECT actor, author FROM actors WHERE document = $1")
        .bind(&key)
        .fetch_all(&mut *reading)
        .await?;
    drop(reading);
    let row = read_row(&row)?;
    let mut document = Automerge::new();
    let mut last_chunk = 0;
    let mut bytes = 0;
    for chunk in &chunks {
        last_chunk = chunk.try_get("id")?;
        let data: &[u8] = chunk.try_get("data")?;
        bytes += data.len();
        let data = ring.open(id, data).await?;
        document.load_incremental(&data).map_err(|_| StoreError::Corrupt(id))?;
    }
    let mut owners = Actors::new();
    for actor in &actors {
        let bytes: &[u8] = actor.try_get("actor")?;
        owners.insert(ActorId::from(bytes), actor.try_get("author")?);
    }
    Ok(Some(Stored {
        chunks: chunks.len(),
        last_chunk,
        replica: Replica {
            id,
            about: row.about,
            creator: row.creator,
            document,
            bytes,
            actors: owners,
            place: row.place,
        },
    }))
}

pub(super) async fn changed_since(pool: &Pool, place: u64) -> Result<Rows, StoreError> {
    let mut reading = pool.begin_with(BEGIN_READING).await?;
    let newest: i64 = sqlx::query_scalar(NEWEST).fetch_one(&mut *reading).await?;
    let rows = sqlx::query("SELECT * FROM documents WHERE place > $1 ORDER BY place")
        .bind(place.cast_signed())
        .fetch_all(&mut *reading)
        .await?;
    Ok(Rows { place: newest.cast_unsigned(), rows: rows.iter().map(read_row).collect::<Result<_, _>>()? })
}

pub(super) async fn row_of_subject(pool: &Pool, subject: &str) -> Result<Option<About>, StoreError> {
    let row = sqlx::query("SELECT * FROM documents WHERE subject = $1 AND team <> '' LIMIT 1")
        .bind(subject)
        .fetch_optional(pool)
        .await?;
    Ok(row.map(|row| read_row(&row)).transpose()?.map(|r| r.about))
}

pub(super) fn read_row(row: &Record) -> Result<Row, StoreError> {
    let id: &[u8] = row.try_get("id")?;
    let heads: &[u8] = row.try_get("heads")?;
    Ok(Row {
        id: DocumentId::try_from(id).map_err(|_| StoreError::Missing)?,
        about: About {
            kind: row.try_get("kind")?,
            subject: row.try_get("subject")?,
            team: row.try_get("team")?,
            institution: row.try_get("institution")?,
        },
        creator: row.try_get("created_by")?,
        place: row.try_get::<i64, _>("place")?.cast_unsigned(),
        heads: heads_of(heads),
    })
}

pub(super) fn heads_of(bytes: &[u8]) -> Heads {
    let (hashes, _) = bytes.as_chunks::<32>();
    hashes.iter().map(|hash| ChangeHash(*hash)).collect()
}
