//! The one connection that writes documents. Whatever waits is committed together with one fsync.

use super::{BEGIN, Conflict, News, PLACE, Pool, StoreError, TELL, Write, Writing, Written, audit, tail};
use crate::store::Item;
use crate::store::audit::Event;
use crate::store::keys::{Key, Ring, seal};
use rand::Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use sync::DocumentId;
use sync::relay::Committed;
use tokio::sync::{mpsc, oneshot};

/// How many requests one transaction takes.
const GROUP: usize = 256;

pub(super) type Done<T> = oneshot::Sender<Result<T, StoreError>>;

#[derive(Debug)]
pub(super) enum Request {
    Commit { write: Box<Write>, done: Done<Result<Written, Conflict>> },
    Compact { id: DocumentId, snapshot: Vec<u8>, covers: i64, done: Done<i64> },
    Audit { event: Box<Event>, done: Done<()> },
}

/// What became of a request.
enum Outcome {
    Written(Written),
    Conflict,
    Compacted(i64),
    Audited,
}

#[derive(Debug)]
pub(super) struct Writer(mpsc::Sender<Request>);

impl Writer {
    pub(super) fn start(pool: Pool, ring: Ring, own: tail::Own) -> Self {
        let (ask, asked) = mpsc::channel(4 * GROUP);
        tokio::spawn(run(pool, ring, asked, own));
        Self(ask)
    }

    pub(super) async fn ask<T>(&self, request: impl FnOnce(Done<T>) -> Request) -> Result<T, StoreError> {
        let gone = || StoreError::Database("the writer has stopped".into());
        let (done, answer) = oneshot::channel();
        self.0.send(request(done)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

async fn run(pool: Pool, ring: Ring, mut asked: mpsc::Receiver<Request>, own: tail::Own) {
    let mut group = Vec::with_capacity(GROUP);
    while asked.recv_many(&mut group, GROUP).await > 0 {
        match transact(&pool, &ring, &group, own.relay()).await {
            Ok(outcomes) => {
                for (request, outcome) in group.drain(..).zip(outcomes) {
                    finish(request, outcome, &own).await;
                }
            }
            Err(error) => {
                tracing::error!(%error, "commit failed");
                // Whether it was kept is unknown. What is there after all counts as another relay's from now on.
                own.become_another(rand::rng().random());
                for request in group.drain(..) {
                    refuse(request, error.clone());
                }
            }
        }
    }
}

fn refuse(request: Request, error: StoreError) {
    match request {
        Request::Commit { done, .. } => drop(done.send(Err(error))),
        Request::Compact { done, .. } => drop(done.send(Err(error))),
        Request::Audit { done, .. } => drop(done.send(Err(error))),
    }
}

/// Reports what was done, the news first.
async fn finish(request: Request, outcome: Outcome, own: &tail::Own) {
    match (request, outcome) {
        (Request::Commit { write, done }, Outcome::Written(written)) => {
            own.report(news(*write, written.place)).await;
            let _ = done.send(Ok(Ok(written)));
        }
        (Request::Commit { done, .. }, _) => drop(done.send(Ok(Err(Conflict)))),
        (Request::Compact { done, .. }, Outcome::Compacted(chunk)) => drop(done.send(Ok(chunk))),
        (Request::Compact { done, .. }, _) => drop(done),
        (Request::Audit { done, .. }, _) => drop(done.send(Ok(()))),
    }
}

fn news(write: Write, place: u64) -> News {
    let commit = write.commit;
    let committed = Committed {
        place,
        id: commit.id,
        about: write.about,
        creator: write.creator,
        since: commit.since,
        heads: commit.heads,
        acknowledged: commit.acknowledged,
        data: joined(&commit.changes),
    };
    Arc::new(Item::Commit(write.origin, committed))
}

fn joined(changes: &[automerge::Change]) -> Vec<u8> {
    let bytes = changes.iter().flat_map(|change| change.raw_bytes());
    bytes.copied().collect()
}

/// Returns the keys of what is sealed; those of new documents are on stable storage before the documents are.
async fn keys(ring: &Ring, group: &[Request]) -> Result<BTreeMap<DocumentId, Key>, StoreError> {
    let (mut made, mut known) = (BTreeSet::new(), BTreeSet::new());
    for request in group {
        match request {
            Request::Commit { write, .. } if ring.covers(&write.about.kind) => {
                made.insert(write.commit.id);
            }
            Request::Compact { id, .. } => {
                known.insert(*id);
            }
            _ => {}
        }
    }
    let mut keys = if known.is_empty() { BTreeMap::new() } else { ring.keys().find(Some(known)).await? };
    if !made.is_empty() {
        keys.extend(ring.keys().make(made).await?);
    }
    Ok(keys)
}

async fn transact(
    pool: &Pool,
    ring: &Ring,
    group: &[Request],
    relay: i64,
) -> Result<Vec<Outcome>, StoreError> {
    let keys = keys(ring, group).await?;
    let mut writing = pool.begin_with(BEGIN).await?;
    let place: i64 = sqlx::query_scalar(PLACE).fetch_one(&mut *writing).await?;
    let mut place = place.cast_unsigned();
    let mut outcomes = Vec::with_capacity(group.len());
    let mut events = Vec::new();
    for request in group {
        outcomes.push(match request {
            // Erased meanwhile: whoever looks again finds that out.
            Request::Commit { write, .. }
                if ring.covers(&write.about.kind) && !keys.contains_key(&write.commit.id) =>
            {
                Outcome::Conflict
            }
            Request::Commit { write, .. } => {
                match commit(&mut writing, write, &keys, place + 1, relay).await? {
                    Ok(chunk) => {
                        place += 1;
                        events.push(event(write));
                        Outcome::Written(Written { place, chunk })
                    }
                    Err(Conflict) => Outcome::Conflict,
                }
            }
            Request::Compact { id, snapshot, covers, .. } => {
                Outcome::Compacted(compact(&mut writing, keys.get(id), *id, snapshot, *covers).await?)
            }
            Request::Audit { event, .. } => {
                events.push((**event).clone());
                Outcome::Audited
            }
        });
    }
    audit::append_locked(&mut writing, events).await?;
    sqlx::query("UPDATE counters SET value = $1 WHERE name = 'place'")
        .bind(place.cast_signed())
        .execute(&mut *writing)
        .await?;
    sqlx::raw_sql(TELL).execute(&mut *writing).await?;
    writing.commit().await?;
    Ok(outcomes)
}

fn event(write: &Write) -> Event {
    let changes = &write.commit.changes;
    let built_on: BTreeSet<_> = changes.iter().flat_map(|change| change.deps()).collect();
    let tips = changes.iter().map(automerge::Change::hash).filter(|hash| !built_on.contains(hash));
    Event {
        at: write.at,
        account: write.account.clone(),
        device: write.device.clone(),
        act: if write.commit.given_back { "give-back" } else { "commit" },
        document: Some(write.commit.id),
        changes: tips.collect(),
        ..Event::default()
    }
}

/// Writes one commit, unless the document is no longer what the commit builds on.
async fn commit(
    writing: &mut Writing,
    write: &Write,
    keys: &BTreeMap<DocumentId, Key>,
    place: u64,
    relay: i64,
) -> Result<Result<i64, Conflict>, StoreError> {
    let commit = &write.commit;
    let key = commit.id.bytes().to_vec();
    let heads = bytes(&commit.heads);
    let done = match write.base {
        None => {
            let insert = "INSERT INTO documents SELECT $1, $2, $3, $4, $5, $6, $7, $8
                WHERE NOT EXISTS (SELECT 1 FROM erased WHERE document = $1) ON CONFLICT DO NOTHING";
            sqlx::query(insert)
                .bind(&key)
                .bind(&write.about.kind)
                .bind(&write.about.subject)
                .bind(&write.about.team)
                .bind(&write.about.institution)
                .bind(&write.creator)
                .bind(place.cast_signed())
                .bind(&heads)
                .execute(&mut **writing)
                .await?
        }
        Some(base) => {
            sqlx::query("UPDATE documents SET place = $1, heads = $2 WHERE id = $3 AND place = $4")
                .bind(place.cast_signed())
                .bind(&heads)
                .bind(&key)
                .bind(base.cast_signed())
                .execute(&mut **writing)
                .await?
        }
    };
    if done.rows_affected() == 0 {
        return Ok(Err(Conflict));
    }
    for (actor, author) in &commit.bound {
        sqlx::query("INSERT INTO actors VALUES ($1, $2, $3)")
            .bind(&key)
            .bind(actor.to_bytes())
            .bind(author)
            .execute(&mut **writing)
            .await?;
    }
    let chunk = sqlx::query_scalar(CHUNK)
        .bind(&key)
        .bind(place.cast_signed())
        .bind(relay)
        .bind(bytes(&commit.since))
        .bind(&heads)
        .bind(seal(keys.get(&commit.id), commit.id, joined(&commit.changes))?)
        .fetch_one(&mut **writing)
        .await?;
    Ok(Ok(chunk))
}

const CHUNK: &str = "INSERT INTO chunks (document, place, relay, since, heads, data)
    VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";

/// Writes first, then deletes only what the snapshot covers.
async fn compact(
    writing: &mut Writing,
    key: Option<&Key>,
    id: DocumentId,
    snapshot: &[u8],
    covers: i64,
) -> Result<i64, StoreError> {
    let sealed = seal(key, id, snapshot.to_vec())?;
    let key = id.bytes().to_vec();
    let nothing: &[u8] = &[];
    let chunk = sqlx::query_scalar(CHUNK)
        .bind(&key)
        .bind(0i64)
        .bind(0i64)
        .bind(nothing)
        .bind(nothing)
        .bind(sealed)
        .fetch_one(&mut **writing)
        .await?;
    sqlx::query("DELETE FROM chunks WHERE document = $1 AND id <= $2")
        .bind(&key)
        .bind(covers)
        .execute(&mut **writing)
        .await?;
    Ok(chunk)
}

fn bytes(heads: &sync::Heads) -> Vec<u8> {
    heads.iter().flat_map(|hash| hash.0).collect()
}
