//! The store in one SQLite file.

mod accounts;
mod connect;
mod read;
mod schema;
mod writer;

use super::{Answer, News, Row, Rows, Store, StoreError, Stored, Write, Written};
use crate::account::Account;
use connect::Durability;
use sqlx::SqlitePool;
use std::path::Path;
use sync::{About, DocumentId};
use tokio::sync::broadcast;
use writer::{Request, Writer};

/// How many connections read at once.
const READERS: u32 = 4;

/// The store in one SQLite file: one connection writes documents, a few read.
#[derive(Debug)]
pub struct Sqlite {
    pool: SqlitePool,
    writer: Writer,
    epoch: String,
    durability: Durability,
}

impl Sqlite {
    /// Opens the file, making it and its parents if need be.
    pub async fn open(path: &Path, news: broadcast::Sender<News>) -> Result<Self, StoreError> {
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)
                .map_err(|error| StoreError::Database(error.to_string().into()))?;
        }
        let durability = Durability::default();
        let mut connection = connect::single(path, "writer", &durability).await?;
        let epoch = schema::create(&mut connection).await?;
        let pool = connect::pool(path, READERS, &durability).await?;
        Ok(Self { pool, writer: Writer::start(connection, news), epoch, durability })
    }
}

impl Store for Sqlite {
    fn epoch(&self) -> &str {
        &self.epoch
    }

    fn durability(&self) -> Vec<(String, &'static str)> {
        self.durability.list()
    }

    fn load(&self, id: DocumentId) -> Answer<'_, Option<Stored>> {
        Box::pin(read::load(&self.pool, id))
    }

    fn changed_since(&self, place: u64) -> Answer<'_, Rows> {
        Box::pin(read::changed_since(&self.pool, place))
    }

    fn row_of_subject(&self, subject: &str) -> Answer<'_, Option<About>> {
        let subject = subject.to_owned();
        Box::pin(async move { read::row_of_subject(&self.pool, &subject).await })
    }

    fn commit(&self, write: Write) -> Answer<'_, Written> {
        Box::pin(self.writer.ask(|done| Request::Commit { write: Box::new(write), done }))
    }

    fn compact(&self, id: DocumentId, snapshot: Vec<u8>, covers: i64) -> Answer<'_, i64> {
        Box::pin(async move {
            let request = |done| Request::Compact { id, snapshot, covers, done };
            Ok(self.writer.ask(request).await?.chunk)
        })
    }

    fn add_account(&self, account: Account, password: String) -> Answer<'_, ()> {
        Box::pin(accounts::add(&self.pool, account, password))
    }

    fn set_password(&self, name: &str, password: String) -> Answer<'_, ()> {
        Box::pin(accounts::set_password(&self.pool, name.to_owned(), password))
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

    fn add_session(&self, token: [u8; 32], account: &str, now: i64, expires: i64) -> Answer<'_, ()> {
        Box::pin(accounts::add_session(&self.pool, token, account.to_owned(), now, expires))
    }

    fn session(&self, token: [u8; 32], now: i64) -> Answer<'_, Option<(Account, i64)>> {
        Box::pin(accounts::session(&self.pool, token, now))
    }

    fn end_session(&self, token: [u8; 32]) -> Answer<'_, ()> {
        Box::pin(accounts::end_session(&self.pool, token))
    }
}
