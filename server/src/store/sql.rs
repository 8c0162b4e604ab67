//! The store in SQL. This file and those below it are compiled twice, once under `sqlite` and once under `postgres`:
//! the parent says which database it is and has the few statements that differ.

#[path = "sql/access.rs"]
mod access;
#[path = "sql/accounts.rs"]
mod accounts;
#[path = "sql/archive.rs"]
pub(super) mod archive;
#[path = "sql/attempts.rs"]
mod attempts;
#[path = "sql/audit.rs"]
mod audit;
#[path = "sql/blobs.rs"]
mod blobs;
#[path = "sql/codes.rs"]
mod codes;
#[path = "sql/erase.rs"]
mod erase;
#[path = "sql/factors.rs"]
mod factors;
#[path = "sql/grants.rs"]
mod grants;
#[path = "sql/keys.rs"]
pub(super) mod keys;
#[path = "sql/moves.rs"]
mod moves;
#[path = "sql/office.rs"]
mod office;
#[path = "sql/quarantine.rs"]
mod quarantine;
#[path = "sql/read.rs"]
mod read;
#[path = "sql/recovery.rs"]
mod recovery;
#[path = "sql/schema.rs"]
mod schema;
#[path = "sql/sessions.rs"]
mod sessions;
#[path = "sql/tail.rs"]
mod tail;
#[path = "sql/writer.rs"]
mod writer;

use super::Written;
use super::{
    Answer, BEGIN, Conflict, Database, Durability, Durable, Looking, News, Packed, Query, Reach, Row, Rows,
    Sink, Store, StoreError,
};
use super::{
    BEGIN_READING, BYTES, COUNTED, LOCK_SCHEMA, NUMBERED, PLACE, Pool, Record, Stored, TELL, Write, Writing,
};
use crate::account::Account;
use crate::store::keys::Ring;
use sync::{About, DocumentId};
use writer::{Request, Writer};

/// A store in a SQL database.
#[derive(Debug)]
pub(super) struct Sql {
    pool: Pool,
    writer: Writer,
    epoch: String,
    durability: Durability,
    ring: Ring,
}

/// Starts writing; documents are written on a connection of their own, everything else in turns.
async fn begin(pool: &Pool) -> Result<Writing, StoreError> {
    Ok(pool.begin_with(BEGIN).await?)
}

impl Sql {
    /// Makes the tables and starts the task that writes and the task that reports; `news` hears of every commit in order.
    pub(super) async fn open(
        writer: Pool,
        readers: Pool,
        durability: Durability,
        ring: Ring,
        looking: Looking,
        news: Sink,
    ) -> Result<Self, StoreError> {
        let epoch = schema::migrate(begin(&writer).await?).await?;
        let place = read::newest(&readers).await?;
        let own = tail::start(readers.clone(), ring.clone(), place, looking, news);
        Ok(Self { pool: readers, writer: Writer::start(writer, ring.clone(), own), epoch, durability, ring })
    }
}

impl Store for Sql {
    fn epoch(&self) -> &str {
        &self.epoch
    }

    fn durability(&self) -> Vec<Durable> {
        self.durability.list()
    }

    fn load(&self, id: DocumentId) -> Answer<'_, Option<Stored>> {
        Box::pin(read::load(&self.pool, &self.ring, id))
    }

    fn packed(&self, ids: Vec<DocumentId>) -> Answer<'_, Vec<Packed>> {
        Box::pin(read::packed(&self.pool, &self.ring, ids))
    }

    fn changed_since(&self, place: u64, reach: Reach) -> Answer<'_, Rows> {
        Box::pin(read::changed_since(&self.pool, place, reach))
    }

    fn row_of_subject(&self, subject: &str) -> Answer<'_, Option<About>> {
        let subject = subject.to_owned();
        Box::pin(async move { read::row_of_subject(&self.pool, &subject).await })
    }

    fn commit(&self, write: Write) -> Answer<'_, Result<Written, Conflict>> {
        Box::pin(self.writer.ask(|done| Request::Commit { write: Box::new(write), done }))
    }

    fn compact(&self, id: DocumentId, snapshot: Vec<u8>, covers: i64) -> Answer<'_, i64> {
        Box::pin(self.writer.ask(move |done| Request::Compact { id, snapshot, covers, done }))
    }

    fn add_account(&self, account: Account, password: String) -> Answer<'_, ()> {
        Box::pin(accounts::add(&self.pool, account, password))
    }

    fn set_password(&self, name: &str, password: String, keep: Option<[u8; 32]>) -> Answer<'_, ()> {
        Box::pin(accounts::set_password(&self.pool, name.to_owned(), password, keep))
    }

    fn disable_account(&self, name: &str) -> Answer<'_, ()> {
        Box::pin(accounts::disable(&self.pool, name.to_owned()))
    }

    fn account(&self, name: &str) -> Answer<'_, Option<(Account, String)>> {
        Box::pin(accounts::get(&self.pool, name.to_owned()))
    }

    fn accounts_version(&self) -> Answer<'_, i64> {
        Box::pin(accounts::version(&self.pool))
    }

    fn add_session(
        &self,
        token: [u8; 32],
        account: &str,
        device: &str,
        now: i64,
        expires: i64,
    ) -> Answer<'_, ()> {
        let (account, device) = (account.to_owned(), device.to_owned());
        Box::pin(accounts::add_session(&self.pool, token, account, device, now, expires))
    }

    fn session(&self, token: [u8; 32], now: i64) -> Answer<'_, Option<(Account, i64)>> {
        Box::pin(accounts::session(&self.pool, token, now))
    }

    fn end_session(&self, token: [u8; 32]) -> Answer<'_, ()> {
        Box::pin(accounts::end_session(&self.pool, token))
    }
}
