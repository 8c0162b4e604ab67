//! The one connection that writes documents. Whatever waits is committed together with one fsync.

use super::{News, StoreError, Write, Written};
use sqlx::SqliteConnection;
use std::sync::Arc;
use sync::DocumentId;
use sync::relay::Committed;
use tokio::sync::{broadcast, mpsc, oneshot};

/// How many requests one transaction takes.
const GROUP: usize = 256;

pub(super) type Done = oneshot::Sender<Result<Written, StoreError>>;

#[derive(Debug)]
pub(super) enum Request {
    Commit { write: Box<Write>, done: Done },
    Compact { id: DocumentId, snapshot: Vec<u8>, covers: i64, done: Done },
}

#[derive(Debug)]
pub(super) struct Writer(mpsc::Sender<Request>);

impl Writer {
    pub(super) fn start(connection: SqliteConnection, news: broadcast::Sender<News>) -> Self {
        let (ask, asked) = mpsc::channel(4 * GROUP);
        tokio::spawn(run(connection, asked, news));
        Self(ask)
    }

    pub(super) async fn ask(&self, request: impl FnOnce(Done) -> Request) -> Result<Written, StoreError> {
        let gone = || StoreError::Database("the writer has stopped".into());
        let (done, answer) = oneshot::channel();
        self.0.send(request(done)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

async fn run(
    mut connection: SqliteConnection,
    mut asked: mpsc::Receiver<Request>,
    news: broadcast::Sender<News>,
) {
    let mut group = Vec::with_capacity(GROUP);
    while asked.recv_many(&mut group, GROUP).await > 0 {
        let outcome = transact(&mut connection, &group).await;
        if outcome.is_err() {
            // Nothing of the group is kept, and everyone in it hears so.
            let _ = sqlx::raw_sql("ROLLBACK").execute(&mut connection).await;
        }
        match outcome {
            Ok(written) => {
                for (request, written) in group.drain(..).zip(written) {
                    finish(request, written, &news);
                }
            }
            Err(error) => {
                tracing::error!(%error, "commit failed");
                for request in group.drain(..) {
                    let (Request::Commit { done, .. } | Request::Compact { done, .. }) = request;
                    let _ = done.send(Err(error.clone()));
                }
            }
        }
    }
}

fn finish(request: Request, written: Written, news: &broadcast::Sender<News>) {
    let done = match request {
        Request::Compact { done, .. } => done,
        Request::Commit { write, done } => {
            let commit = write.commit;
            let committed = Committed {
                place: written.place,
                id: commit.id,
                about: write.about,
                creator: write.creator,
                since: commit.since,
                heads: commit.heads,
                acknowledged: commit.acknowledged,
                data: joined(&commit.changes),
            };
            // Nobody listens while the server stops; what is safe stays safe.
            let _ = news.send(Arc::new((write.origin, committed)));
            done
        }
    };
    let _ = done.send(Ok(written));
}

fn joined(changes: &[automerge::Change]) -> Vec<u8> {
    let bytes = changes.iter().flat_map(|change| change.raw_bytes());
    bytes.copied().collect()
}

async fn transact(connection: &mut SqliteConnection, group: &[Request]) -> Result<Vec<Written>, StoreError> {
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut *connection).await?;
    let place: i64 =
        sqlx::query_scalar("SELECT value FROM meta WHERE key = 'place'").fetch_one(&mut *connection).await?;
    let mut place = place.cast_unsigned();
    let mut written = Vec::with_capacity(group.len());
    for request in group {
        let chunk = match request {
            Request::Commit { write, .. } => {
                place += 1;
                commit(connection, write, place).await?
            }
            Request::Compact { id, snapshot, covers, .. } => {
                compact(connection, *id, snapshot, *covers).await?
            }
        };
        written.push(Written { place, chunk });
    }
    sqlx::query("UPDATE meta SET value = ? WHERE key = 'place'")
        .bind(place.cast_signed())
        .execute(&mut *connection)
        .await?;
    sqlx::raw_sql("COMMIT").execute(&mut *connection).await?;
    Ok(written)
}

async fn commit(connection: &mut SqliteConnection, write: &Write, place: u64) -> Result<i64, StoreError> {
    let commit = &write.commit;
    let key = commit.id.bytes().to_vec();
    let heads: Vec<u8> = commit.heads.iter().flat_map(|hash| hash.0).collect();
    if let Some(about) = &commit.new {
        sqlx::query("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(&key)
            .bind(&about.kind)
            .bind(&about.subject)
            .bind(&about.team)
            .bind(&about.institution)
            .bind(&write.creator)
            .bind(place.cast_signed())
            .bind(&heads)
            .execute(&mut *connection)
            .await?;
    } else {
        sqlx::query("UPDATE documents SET place = ?, heads = ? WHERE id = ?")
            .bind(place.cast_signed())
            .bind(&heads)
            .bind(&key)
            .execute(&mut *connection)
            .await?;
    }
    for (actor, author) in &commit.bound {
        sqlx::query("INSERT INTO actors VALUES (?, ?, ?)")
            .bind(&key)
            .bind(actor.to_bytes())
            .bind(author)
            .execute(&mut *connection)
            .await?;
    }
    insert_chunk(connection, &key, false, &joined(&commit.changes)).await
}

/// Writes first, then deletes only what the snapshot covers.
async fn compact(
    connection: &mut SqliteConnection,
    id: DocumentId,
    snapshot: &[u8],
    covers: i64,
) -> Result<i64, StoreError> {
    let key = id.bytes().to_vec();
    let chunk = insert_chunk(connection, &key, true, snapshot).await?;
    sqlx::query("DELETE FROM chunks WHERE document = ? AND id <= ?")
        .bind(&key)
        .bind(covers)
        .execute(&mut *connection)
        .await?;
    Ok(chunk)
}

async fn insert_chunk(
    connection: &mut SqliteConnection,
    key: &[u8],
    snapshot: bool,
    data: &[u8],
) -> Result<i64, StoreError> {
    let done = sqlx::query("INSERT INTO chunks (document, snapshot, data) VALUES (?, ?, ?)")
        .bind(key)
        .bind(snapshot)
        .bind(data)
        .execute(&mut *connection)
        .await?;
    Ok(done.last_insert_rowid())
}
