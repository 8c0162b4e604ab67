//! The news of every commit and every change of access, in the order of places, whichever relay made it.

use super::{BEGIN_READING, Looking, News, Pool, Record, Sink, StoreError, access, read};
use crate::store::Item;
use crate::store::keys::Ring;
use sqlx::Row;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use sync::relay::Committed;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;

/// How many places are read at once.
const STEP: u64 = 256;
/// How many own commits may wait to be reported.
const WAITING: usize = 1_024;

/// The writer's end: says what this relay has committed, so that it need not be read again.
#[derive(Debug, Clone)]
pub(super) struct Own {
    relay: Arc<AtomicI64>,
    news: mpsc::Sender<News>,
}

impl Own {
    /// Returns the number under which this relay writes.
    pub(super) fn relay(&self) -> i64 {
        self.relay.load(Ordering::Acquire)
    }

    /// Writes under another number from now on; what the old one wrote is read back like anyone else's.
    pub(super) fn become_another(&self, relay: i64) {
        self.relay.store(relay, Ordering::Release);
    }

    /// Reports a commit of this relay.
    pub(super) async fn report(&self, news: News) {
        // The other end lives as long as this one.
        let _ = self.news.send(news).await;
    }
}

/// Starts reporting what is committed after `place`.
pub(super) fn start(pool: Pool, ring: Ring, place: u64, looking: Looking, sink: Sink) -> Own {
    let (news, own) = mpsc::channel(WAITING);
    let relay = Arc::new(AtomicI64::new(rand::random()));
    let tail = Tail { pool, ring, relay: Arc::clone(&relay), own, waiting: BTreeMap::new(), at: place, sink };
    tokio::spawn(tail.run(looking));
    Own { relay, news }
}

struct Tail {
    pool: Pool,
    ring: Ring,
    relay: Arc<AtomicI64>,
    own: mpsc::Receiver<News>,
    /// Own commits whose turn has not come.
    waiting: BTreeMap<u64, News>,
    /// The last place that was reported.
    at: u64,
    sink: Sink,
}

impl Tail {
    async fn run(mut self, mut looking: Looking) {
        let hint = Arc::new(Notify::new());
        let mut hints = JoinSet::new();
        let hinting = Arc::clone(&hint);
        hints.spawn(async move {
            loop {
                looking.hint().await;
                hinting.notify_one();
            }
        });
        loop {
            let look = tokio::select! {
                news = self.own.recv() => match news {
                    Some(news) => {
                        self.waiting.insert(news.place(), news);
                        false
                    }
                    None => return,
                },
                () = hint.notified() => true,
            };
            if let Err(error) = self.report(look).await {
                tracing::warn!(%error, "commits cannot be followed");
            }
        }
    }

    /// Reports what is next for as long as it is known; what others did in between is read.
    async fn report(&mut self, mut look: bool) -> Result<(), StoreError> {
        loop {
            while let Some(news) = self.waiting.remove(&(self.at + 1)) {
                self.at += 1;
                (self.sink)(news);
            }
            if (self.waiting.is_empty() && !look) || self.others().await? == 0 {
                return Ok(());
            }
            look = true;
        }
    }

    /// Reads the places after the last one up to this relay's next; returns how many there were.
    async fn others(&mut self) -> Result<u64, StoreError> {
        let before = self.at;
        let newest = read::newest(&self.pool).await?;
        if newest <= before {
            return Ok(0);
        }
        let mut reading = self.pool.begin_with(BEGIN_READING).await?;
        let upto = newest.min(before + STEP);
        let chunks = sqlx::query(CHUNKS)
            .bind(before.cast_signed())
            .bind(upto.cast_signed())
            .fetch_all(&mut *reading)
            .await?;
        let rows = sqlx::query("SELECT * FROM documents WHERE place > $1 AND place <= $2 ORDER BY place")
            .bind(before.cast_signed())
            .bind(upto.cast_signed())
            .fetch_all(&mut *reading)
            .await?;
        let changes = sqlx::query("SELECT * FROM access_changes WHERE place > $1 AND place <= $2")
            .bind(before.cast_signed())
            .bind(upto.cast_signed())
            .fetch_all(&mut *reading)
            .await?;
        drop(reading);
        // An own commit is said before it can be compacted away, so whatever was read is known by now.
        while let Ok(news) = self.own.try_recv() {
            self.waiting.insert(news.place(), news);
        }
        let relay = self.relay.load(Ordering::Acquire);
        let mut upto = self.waiting.range(before + 1..).next().map_or(upto, |(next, _)| upto.min(next - 1));
        let mut found = BTreeMap::new();
        for chunk in &chunks {
            let place = place(chunk, "its_place")?;
            if chunk.try_get::<i64, _>("relay")? == relay {
                upto = upto.min(place - 1);
            }
            let mut committed = committed(chunk)?;
            match self.ring.open(committed.id, &committed.data).await {
                Ok(data) => committed.data = data,
                // It is being erased; that has a place of its own.
                Err(StoreError::NoKey(_)) => continue,
                Err(error) => return Err(error),
            }
            found.insert(place, Item::Commit(0, committed));
        }
        let lying: BTreeSet<u64> = found.keys().copied().collect();
        for change in &changes {
            let change = access::change(change)?;
            found.insert(change.place, Item::Access(change));
        }
        for row in &rows {
            let (row, place) = (read::read_row(row)?, place(row, "place")?);
            // Its chunk lies in a snapshot by now: what it is today stands for it.
            if place <= upto
                && !lying.contains(&place)
                && let Some(stored) = read::load(&self.pool, &self.ring, row.id).await?
            {
                let document = &stored.replica.document;
                let (heads, data) = (sync::sorted(document.get_heads()), document.save());
                let committed = Committed {
                    place,
                    id: row.id,
                    about: row.about,
                    creator: row.creator,
                    since: Vec::new(),
                    heads,
                    acknowledged: Vec::new(),
                    data,
                };
                found.insert(place, Item::Commit(0, committed));
            }
        }
        for (_, item) in found.into_iter().take_while(|(place, _)| *place <= upto) {
            (self.sink)(Arc::new(item));
        }
        self.at = self.at.max(upto);
        Ok(self.at - before)
    }
}

const CHUNKS: &str = "SELECT chunks.place AS its_place, chunks.relay, chunks.since, chunks.heads AS after, chunks.data, documents.*
    FROM chunks JOIN documents ON documents.id = chunks.document
    WHERE chunks.place > $1 AND chunks.place <= $2 ORDER BY chunks.place";

fn place(row: &Record, column: &str) -> Result<u64, StoreError> {
    Ok(row.try_get::<i64, _>(column)?.cast_unsigned())
}

fn committed(chunk: &Record) -> Result<Committed, StoreError> {
    let row = read::read_row(chunk)?;
    Ok(Committed {
        place: place(chunk, "its_place")?,
        id: row.id,
        about: row.about,
        creator: row.creator,
        since: read::heads_of(chunk.try_get("since")?),
        heads: read::heads_of(chunk.try_get("after")?),
        acknowledged: Vec::new(),
        data: chunk.try_get("data")?,
    })
}
