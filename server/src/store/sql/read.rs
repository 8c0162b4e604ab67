//! Reading documents and their rows.

use super::{BEGIN_READING, Database, Packed, Pool, Query, Reach, Record, Row, Rows, StoreError, Stored};
use crate::store::keys::Ring;
use automerge::{ActorId, Automerge, ChangeHash};
use sqlx::Row as _;
use std::collections::BTreeMap;
use sync::{About, Actors, DocumentId, Heads, Replica};

const NEWEST: &str = "SELECT value FROM counters WHERE name = 'place'";

/// Returns the place of the newest commit.
pub(super) async fn newest(pool: &Pool) -> Result<u64, StoreError> {
    let newest: i64 = sqlx::query_scalar(NEWEST).fetch_one(pool).await?;
    Ok(newest.cast_unsigned())
}

/// Row and chunks in one statement, so that they belong together.
const LOAD: &str = "SELECT documents.*, chunks.id AS chunk, chunks.data
    FROM documents JOIN chunks ON chunks.document = documents.id WHERE documents.id = $1 ORDER BY chunks.id";

pub(super) async fn load(pool: &Pool, ring: &Ring, id: DocumentId) -> Result<Option<Stored>, StoreError> {
    let key = id.bytes().to_vec();
    let chunks = sqlx::query(LOAD).bind(&key).fetch_all(pool).await?;
    let Some(row) = chunks.first() else {
        return Ok(None);
    };
    // Read later, they may be more than belong to these chunks; whoever commits then meets a conflict.
    let actors = sqlx::query("SELECT actor, author FROM actors WHERE document = $1")
        .bind(&key)
        .fetch_all(pool)
        .await?;
    let row = read_row(row)?;
    let mut document = Automerge::new();
    let mut last_chunk = 0;
    let mut bytes = 0;
    let read: Vec<_> = chunks.iter().map(chunk).collect::<Result<_, _>>()?;
    let unlocked = ring.unlock(read.iter().copied()).await?;
    for (chunk, (_, data)) in chunks.iter().zip(read) {
        last_chunk = chunk.try_get("chunk")?;
        bytes += data.len();
        let data = unlocked.open(id, data)?;
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

/// The most bytes of a document in several chunks that is sent as it is stored: opened and saved, a larger one would
/// be worth its work on a slow line.
const PACKED: i64 = 4_096;
/// How many documents one statement names.
pub(super) const NAMED: usize = 256;

/// Reads small documents, and those that lie in one snapshot.
pub(super) async fn packed(
    pool: &Pool,
    ring: &Ring,
    ids: Vec<DocumentId>,
) -> Result<Vec<Packed>, StoreError> {
    let mut all: Vec<Packed> = Vec::with_capacity(ids.len());
    for ids in ids.chunks(NAMED) {
        let bytes = |ids: &[DocumentId]| ids.iter().map(|id| id.bytes().to_vec()).collect::<Vec<_>>();
        let mut reading = pool.begin_with(BEGIN_READING).await?;
        let mut query = Query::new("SELECT * FROM documents WHERE id IN (");
        list(&mut query, bytes(ids).into_iter());
        query
            .push(
                " AND (SELECT CASE WHEN COUNT(*) = 1 AND MAX(place) = 0 THEN 0 ELSE SUM(LENGTH(data)) END
                FROM chunks WHERE document = documents.id) <= ",
            )
            .push_bind(PACKED);
        let rows = query.build().fetch_all(&mut *reading).await?;
        let mut rows = rows
            .iter()
            .map(|row| read_row(row).map(|row| (row.id, row)))
            .collect::<Result<BTreeMap<_, _>, _>>()?;
        if rows.is_empty() {
            continue;
        }
        // Apart from the rows, so that those are not read once for each chunk.
        let mut query = Query::new("SELECT document AS id, data FROM chunks WHERE document IN (");
        list(&mut query, bytes(&rows.keys().copied().collect::<Vec<_>>()).into_iter());
        query.push(" ORDER BY document, id");
        let chunks = query.build().fetch_all(&mut *reading).await?;
        drop(reading);
        let read: Vec<_> = chunks.iter().map(chunk).collect::<Result<_, _>>()?;
        let unlocked = ring.unlock(read.iter().copied()).await?;
        for (id, data) in read {
            let data = match unlocked.open(id, data) {
                Ok(data) => data,
                // It is being erased: whoever opens it finds that out.
                Err(StoreError::NoKey(_)) => {
                    rows.remove(&id);
                    all.pop_if(|last| last.row.id == id);
                    continue;
                }
                Err(error) => return Err(error),
            };
            match (all.last_mut(), rows.remove(&id)) {
                (_, Some(row)) => all.push(Packed { row, data }),
                (Some(last), None) if last.row.id == id => last.data.extend(data),
                _ => {}
            }
        }
    }
    Ok(all)
}

fn chunk(row: &Record) -> Result<(DocumentId, &[u8]), StoreError> {
    let id: &[u8] = row.try_get("id")?;
    Ok((DocumentId::try_from(id).map_err(|_| StoreError::Missing)?, row.try_get("data")?))
}

/// Adds values and the bracket behind them.
pub(super) fn list<T>(query: &mut Query, values: impl Iterator<Item = T>)
where
    T: 'static + sqlx::Encode<'static, Database> + sqlx::Type<Database> + Send,
{
    let mut list = query.separated(", ");
    for value in values {
        list.push_bind(value);
    }
    list.push_unseparated(")");
}

pub(super) async fn changed_since(pool: &Pool, place: u64, reach: Reach) -> Result<Rows, StoreError> {
    // Where all are asked for they are found by what they have in common: the sign keeps the index of places away.
    let after = if place == 0 { "+place > " } else { "place > " };
    let mut query = Query::new("SELECT * FROM documents WHERE ");
    query.push(after).push_bind(place.cast_signed()).push(" AND (1 = 0");
    if !reach.documents.is_empty() {
        query.push(" OR id IN (");
        list(&mut query, reach.documents.iter().map(|id| id.bytes().to_vec()));
    }
    for (column, mut values) in [
        ("kind", reach.kinds),
        ("subject", reach.subjects),
        ("team", vec![reach.team]),
        ("institution", vec![reach.institution]),
        ("created_by", vec![reach.creator]),
    ] {
        values.retain(|value| !value.is_empty());
        if !values.is_empty() {
            query.push(" OR ").push(column).push(" IN (");
            list(&mut query, values.into_iter());
        }
    }
    query.push(") ORDER BY place");
    let mut reading = pool.begin_with(BEGIN_READING).await?;
    let newest: i64 = sqlx::query_scalar(NEWEST).fetch_one(&mut *reading).await?;
    let rows = query.build().fetch_all(&mut *reading).await?;
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
