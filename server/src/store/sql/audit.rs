//! The chain of what was done. Its end is guarded by the lock under which places are given.

use super::writer::Request;
use super::{Answer, BEGIN_READING, PLACE, Pool, Record, Sql, StoreError, Writing, begin};
use crate::store::audit::{Anchor, Audit, Broken, Entry, Event, MOVE_OUT, Search};
use futures::TryStreamExt;
use sqlx::{QueryBuilder, Row};

const HEAD: &str = "SELECT value FROM meta WHERE key = 'audit'";
const BEGINNING: &str = "SELECT value FROM meta WHERE key = 'audit_beginning'";

/// Records events in the transaction of what they record. Comes first in it: whoever locked a row before would wait for
/// another who holds the place and waits for the row.
pub(super) async fn append(
    writing: &mut Writing,
    events: impl IntoIterator<Item = Event>,
) -> Result<(), StoreError> {
    let _: i64 = sqlx::query_scalar(PLACE).fetch_one(&mut **writing).await?;
    append_locked(writing, events).await
}

/// The same for a transaction that holds the lock.
pub(super) async fn append_locked(
    writing: &mut Writing,
    events: impl IntoIterator<Item = Event>,
) -> Result<(), StoreError> {
    let mut events = events.into_iter().peekable();
    if events.peek().is_none() {
        return Ok(());
    }
    let mut head = head(writing).await?;
    let mut rows = Vec::new();
    for event in events {
        let entry = Entry::new(head.sequence + 1, event);
        head = Anchor { sequence: entry.sequence, hash: entry.hash(head.hash) };
        rows.push((entry, head.hash));
    }
    let mut insert = QueryBuilder::new("INSERT INTO audit ");
    let few = rows.len() == 1;
    insert.push_values(rows, |mut row, (entry, hash)| {
        row.push_bind(entry.sequence.cast_signed())
            .push_bind(entry.at)
            .push_bind(entry.account)
            .push_bind(entry.device)
            .push_bind(entry.act)
            .push_bind(entry.document)
            .push_bind(entry.changes)
            .push_bind(entry.refusal)
            .push_bind(entry.note)
            .push_bind(hash.to_vec());
    });
    // The text differs by the number of rows: only the most frequent one is worth remembering.
    insert.build().persistent(few).execute(&mut **writing).await?;
    sqlx::query("UPDATE meta SET value = $1 WHERE key = 'audit'")
        .bind(head.to_string())
        .execute(&mut **writing)
        .await?;
    Ok(())
}

fn anchor(text: &str) -> Result<Anchor, StoreError> {
    text.parse().map_err(|_| StoreError::Database("the head of the audit cannot be read".into()))
}

fn read(row: &Record) -> Result<Entry, StoreError> {
    Ok(Entry {
        sequence: row.try_get::<i64, _>("sequence")?.cast_unsigned(),
        at: row.try_get("at")?,
        account: row.try_get("account")?,
        device: row.try_get("device")?,
        act: row.try_get("act")?,
        document: row.try_get("document")?,
        changes: row.try_get("changes")?,
        refusal: row.try_get("refusal")?,
        note: row.try_get("note")?,
    })
}

pub(super) async fn head(reading: &mut Writing) -> Result<Anchor, StoreError> {
    anchor(&sqlx::query_scalar::<_, String>(HEAD).fetch_one(&mut **reading).await?)
}

async fn beginning(reading: &mut Writing) -> Result<Anchor, StoreError> {
    let text = sqlx::query_scalar::<_, String>(BEGINNING).fetch_optional(&mut **reading).await?;
    text.map_or(Ok(Anchor::default()), |text| anchor(&text))
}

async fn search(pool: &Pool, search: Search) -> Result<Vec<Entry>, StoreError> {
    let mut query = QueryBuilder::new("SELECT * FROM audit WHERE sequence < ");
    query.push_bind(search.before.map_or(i64::MAX, u64::cast_signed));
    if let Some(act) = search.act {
        query.push(" AND act = ").push_bind(act);
    }
    if let Some(document) = search.document {
        query.push(" AND document = ").push_bind(document.bytes().to_vec());
    }
    if search.refused {
        query.push(" AND refusal <> ''");
    }
    query.push(" ORDER BY sequence DESC LIMIT ").push_bind(i64::from(search.limit));
    query.build().fetch_all(pool).await?.iter().map(read).collect()
}

async fn verify(pool: &Pool, anchors: Vec<Anchor>) -> Result<Result<Anchor, Broken>, StoreError> {
    let mut reading = pool.begin_with(BEGIN_READING).await?;
    let head = head(&mut reading).await?;
    let begins = beginning(&mut reading).await?;
    if let Some(moved) = anchors.iter().find(|anchor| anchor.sequence < begins.sequence) {
        return Ok(Err(Broken::Moved(moved.sequence)));
    }
    if let Some(other) =
        anchors.iter().find(|anchor| anchor.sequence == begins.sequence && **anchor != begins)
    {
        return Ok(Err(Broken::Anchor(other.sequence)));
    }
    let mut rows = sqlx::query("SELECT * FROM audit ORDER BY sequence").fetch(&mut *reading);
    let (mut at, mut said) = (begins, Anchor::default());
    while let Some(row) = rows.try_next().await? {
        let (entry, hash) = (read(&row)?, row.try_get::<Vec<u8>, _>("hash")?);
        if entry.sequence != at.sequence + 1 {
            return Ok(Err(Broken::Missing(at.sequence + 1)));
        }
        at = Anchor { sequence: entry.sequence, hash: entry.hash(at.hash) };
        if hash != at.hash {
            return Ok(Err(Broken::Altered(entry.sequence)));
        }
        let named = anchors.iter().find(|anchor| anchor.sequence == at.sequence);
        if named.is_some_and(|anchor| *anchor != at) {
            return Ok(Err(Broken::Anchor(at.sequence)));
        }
        if entry.act == MOVE_OUT {
            said = anchor(&entry.note)?;
        }
    }
    if at != head {
        return Ok(Err(Broken::Tail { found: at.sequence, head: head.sequence }));
    }
    if begins != said {
        return Ok(Err(Broken::Beginning(begins.sequence)));
    }
    let beyond = anchors.iter().find(|anchor| anchor.sequence > at.sequence);
    Ok(beyond.map_or(Ok(at), |anchor| Err(Broken::Anchor(anchor.sequence))))
}

/// What was over by then: the chain tells of it, wherever that lies now.
const OVER: [&str; 3] = [
    "DELETE FROM reads WHERE at < $1",
    "DELETE FROM granted WHERE grant_id IN (SELECT id FROM grants WHERE ended < $1 AND (institution IS NULL OR verdict <> ''))",
    "DELETE FROM grants WHERE ended < $1 AND (institution IS NULL OR verdict <> '')",
];

async fn move_out(pool: &Pool, upto: Anchor, before: i64, now: i64) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    let event = Event { at: now, act: MOVE_OUT, note: upto.to_string(), ..Event::command() };
    append(&mut writing, [event]).await?;
    let last = upto.sequence.cast_signed();
    let hash: Option<Vec<u8>> = sqlx::query_scalar("SELECT hash FROM audit WHERE sequence = $1")
        .bind(last)
        .fetch_optional(&mut *writing)
        .await?;
    if hash.is_none_or(|hash| hash != upto.hash) {
        return Err(StoreError::Missing);
    }
    sqlx::query("DELETE FROM audit WHERE sequence <= $1").bind(last).execute(&mut *writing).await?;
    sqlx::query(
        "INSERT INTO meta VALUES ('audit_beginning', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )
    .bind(upto.to_string())
    .execute(&mut *writing)
    .await?;
    for statement in OVER {
        sqlx::query(statement).bind(before).execute(&mut *writing).await?;
    }
    Ok(writing.commit().await?)
}

impl Audit for Sql {
    fn audit(&self, event: Event) -> Answer<'_, ()> {
        Box::pin(self.writer.ask(|done| Request::Audit { event: Box::new(event), done }))
    }

    fn audited(&self, asked: Search) -> Answer<'_, Vec<Entry>> {
        Box::pin(search(&self.pool, asked))
    }

    fn audit_head(&self) -> Answer<'_, Anchor> {
        Box::pin(async { head(&mut self.pool.begin_with(BEGIN_READING).await?).await })
    }

    fn verify_audit(&self, anchors: Vec<Anchor>) -> Answer<'_, Result<Anchor, Broken>> {
        Box::pin(verify(&self.pool, anchors))
    }

    fn audit_beginning(&self) -> Answer<'_, Anchor> {
        Box::pin(async { beginning(&mut self.pool.begin_with(BEGIN_READING).await?).await })
    }

    fn audited_after(&self, sequence: u64, limit: u32) -> Answer<'_, Vec<Entry>> {
        Box::pin(async move {
            let rows = sqlx::query("SELECT * FROM audit WHERE sequence > $1 ORDER BY sequence LIMIT $2")
                .bind(sequence.cast_signed())
                .bind(i64::from(limit))
                .fetch_all(&self.pool)
                .await?;
            rows.iter().map(read).collect()
        })
    }

    fn move_out(&self, upto: Anchor, before: i64, now: i64) -> Answer<'_, ()> {
        Box::pin(move_out(&self.pool, upto, before, now))
    }
}
