//! Grants and reads.

use super::{Answer, PLACE, Pool, Record, Row, Sql, StoreError, Writing, access, audit, begin, read};
use crate::store::Event;
use crate::store::grants::{Emergency, Grant, Grants, Offer, Read, Which};
use sqlx::Row as _;
use sync::DocumentId;

impl Grants for Sql {
    fn give(&self, grant: Grant) -> Answer<'_, ()> {
        Box::pin(async move {
            let mut writing = begin(&self.pool).await?;
            give(&mut writing, &grant).await?;
            Ok(writing.commit().await?)
        })
    }

    fn grants(&self, which: Which, running: bool) -> Answer<'_, Vec<Grant>> {
        Box::pin(list(&self.pool, which, running))
    }

    fn offer(&self, offer: Offer, now: i64) -> Answer<'_, ()> {
        Box::pin(async move {
            let mut writing = begin(&self.pool).await?;
            sqlx::query("DELETE FROM offers WHERE expires <= $1").bind(now).execute(&mut *writing).await?;
            sqlx::query("INSERT INTO offers VALUES ($1, $2, $3, $4, $5, $6, $7)")
                .bind(offer.code.to_vec())
                .bind(offer.subject)
                .bind(offer.purpose)
                .bind(offer.given_by)
                .bind(offer.lasts)
                .bind(offer.expires)
                .bind(offer.documents.iter().flat_map(|id| *id.bytes()).collect::<Vec<u8>>())
                .execute(&mut *writing)
                .await?;
            Ok(writing.commit().await?)
        })
    }

    fn redeem(&self, code: [u8; 32], reader: &str, now: i64) -> Answer<'_, Grant> {
        let reader = reader.to_owned();
        Box::pin(redeem(&self.pool, code, reader, now))
    }

    fn judge(&self, id: &str, verdict: &str, judged_by: &str, now: i64) -> Answer<'_, ()> {
        let (id, verdict, judged_by) = (id.to_owned(), verdict.to_owned(), judged_by.to_owned());
        Box::pin(async move {
            let mut writing = begin(&self.pool).await?;
            let note = format!("{id} {verdict}");
            let judged =
                Event { at: now, account: judged_by.clone(), act: "judge", note, ..Event::default() };
            audit::append(&mut writing, [judged]).await?;
            let update = "UPDATE grants SET verdict = $1, judged_by = $2
                WHERE id = $3 AND institution IS NOT NULL AND verdict = ''";
            let done =
                sqlx::query(update).bind(verdict).bind(judged_by).bind(id).execute(&mut *writing).await?;
            if done.rows_affected() == 0 {
                return Err(StoreError::Missing);
            }
            Ok(writing.commit().await?)
        })
    }

    fn end_grant(&self, id: &str, ended_by: &str, now: i64) -> Answer<'_, ()> {
        let (id, account) = (id.to_owned(), ended_by.to_owned());
        Box::pin(async move {
            let mut writing = begin(&self.pool).await?;
            let revoked = Event { at: now, account, act: "revoke", note: id.clone(), ..Event::default() };
            audit::append(&mut writing, [revoked]).await?;
            if !end(&mut writing, &id, now).await? {
                return Err(StoreError::Missing);
            }
            Ok(writing.commit().await?)
        })
    }

    fn end_expired(&self, now: i64) -> Answer<'_, ()> {
        Box::pin(end_expired(&self.pool, now))
    }

    fn documents_about(&self, subject: &str) -> Answer<'_, Vec<Row>> {
        let subject = subject.to_owned();
        Box::pin(async move {
            let rows = sqlx::query("SELECT * FROM documents WHERE subject = $1 ORDER BY kind, id")
                .bind(subject)
                .fetch_all(&self.pool)
                .await?;
            rows.iter().map(read::read_row).collect()
        })
    }

    fn access_since(&self, reader: &str, place: u64) -> Answer<'_, Vec<(DocumentId, Option<Row>)>> {
        Box::pin(access::since(&self.pool, reader.to_owned(), place))
    }

    fn note_read(&self, read: Read) -> Answer<'_, ()> {
        Box::pin(async move {
            let mut writing = begin(&self.pool).await?;
            audit::append(&mut writing, [event("read", read.at, &read.account, read.document, &read.grant)])
                .await?;
            sqlx::query("INSERT INTO reads (at, account, document, grant_id) VALUES ($1, $2, $3, $4)")
                .bind(read.at)
                .bind(read.account)
                .bind(read.document.bytes().to_vec())
                .bind(read.grant)
                .execute(&mut *writing)
                .await?;
            Ok(writing.commit().await?)
        })
    }

    fn reads_about(&self, subject: &str) -> Answer<'_, Vec<Read>> {
        let subject = subject.to_owned();
        Box::pin(async move {
            let query = "SELECT reads.* FROM reads JOIN grants ON grants.id = reads.grant_id
                WHERE grants.subject = $1 ORDER BY reads.id DESC LIMIT 1000";
            let rows = sqlx::query(query).bind(subject).fetch_all(&self.pool).await?;
            rows.iter()
                .map(|row| {
                    let (at, account) = (row.try_get("at")?, row.try_get("account")?);
                    Ok(Read { at, account, document: document(row)?, grant: row.try_get("grant_id")? })
                })
                .collect()
        })
    }

    fn raise_time(&self, now: i64) -> Answer<'_, i64> {
        Box::pin(async move {
            let mut writing = begin(&self.pool).await?;
            sqlx::query("UPDATE counters SET value = $1 WHERE name = 'time' AND value < $1")
                .bind(now)
                .execute(&mut *writing)
                .await?;
            let time = sqlx::query_scalar("SELECT value FROM counters WHERE name = 'time'");
            let time = time.fetch_one(&mut *writing).await?;
            writing.commit().await?;
            Ok(time)
        })
    }
}

async fn give(writing: &mut Writing, grant: &Grant) -> Result<(), StoreError> {
    let act = if grant.emergency.is_some() { "emergency" } else { "grant" };
    let mut events = Vec::with_capacity(grant.documents.len());
    for id in &grant.documents {
        events.push(event(act, grant.given, &grant.given_by, *id, &grant.id));
    }
    audit::append(writing, events).await?;
    sqlx::query("INSERT INTO grants VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8, '', '')")
        .bind(&grant.id)
        .bind(&grant.reader)
        .bind(&grant.subject)
        .bind(&grant.purpose)
        .bind(&grant.given_by)
        .bind(grant.given)
        .bind(grant.expires)
        .bind(grant.emergency.as_ref().map(|emergency| emergency.institution.as_str()))
        .execute(&mut **writing)
        .await?;
    for id in &grant.documents {
        sqlx::query("INSERT INTO granted VALUES ($1, $2)")
            .bind(&grant.id)
            .bind(id.bytes().to_vec())
            .execute(&mut **writing)
            .await?;
        access::changed(writing, &grant.reader, id.bytes()).await?;
    }
    Ok(())
}

fn event(act: &'static str, at: i64, account: &str, document: DocumentId, grant: &str) -> Event {
    let (account, document) = (account.to_owned(), Some(document));
    Event { at, account, act, document, note: grant.to_owned(), ..Event::default() }
}

async fn list(pool: &Pool, which: Which, running: bool) -> Result<Vec<Grant>, StoreError> {
    let (condition, key) = match which {
        Which::Id(id) => ("id = $1", id),
        Which::Reader(reader) => ("reader = $1", reader),
        Which::Subject(subject) => ("subject = $1", subject),
        Which::Institution(institution) => ("institution = $1", institution),
        Which::All => ("$1 = ''", String::new()),
    };
    let ended = if running { "AND ended IS NULL" } else { "" };
    let query = format!("SELECT * FROM grants WHERE {condition} {ended} ORDER BY given DESC, id LIMIT 1000");
    // The text is this program's own; what came from outside is bound.
    let rows = sqlx::query(sqlx::AssertSqlSafe(query)).bind(key).fetch_all(pool).await?;
    let mut grants = Vec::with_capacity(rows.len());
    for row in &rows {
        let id: String = row.try_get("id")?;
        let documents = sqlx::query("SELECT document FROM granted WHERE grant_id = $1 ORDER BY document")
            .bind(&id)
            .fetch_all(pool)
            .await?;
        grants.push(Grant {
            id,
            reader: row.try_get("reader")?,
            subject: row.try_get("subject")?,
            purpose: row.try_get("purpose")?,
            given_by: row.try_get("given_by")?,
            given: row.try_get("given")?,
            expires: row.try_get("expires")?,
            ended: row.try_get("ended")?,
            emergency: match row.try_get::<Option<String>, _>("institution")? {
                Some(institution) => Some(Emergency {
                    institution,
                    verdict: row.try_get("verdict")?,
                    judged_by: row.try_get("judged_by")?,
                }),
                None => None,
            },
            documents: documents.iter().map(document).collect::<Result<_, _>>()?,
        });
    }
    Ok(grants)
}

async fn redeem(pool: &Pool, code: [u8; 32], reader: String, now: i64) -> Result<Grant, StoreError> {
    let mut writing = begin(pool).await?;
    // Locked first, as everything that is recorded.
    let _: i64 = sqlx::query_scalar(PLACE).fetch_one(&mut *writing).await?;
    let offer = sqlx::query("DELETE FROM offers WHERE code = $1 AND expires > $2 RETURNING *")
        .bind(code.to_vec())
        .bind(now)
        .fetch_optional(&mut *writing)
        .await?
        .ok_or(StoreError::Missing)?;
    let documents: &[u8] = offer.try_get("documents")?;
    let (documents, _) = documents.as_chunks::<16>();
    let grant = Grant {
        id: Grant::fresh_id(),
        reader,
        subject: offer.try_get("subject")?,
        purpose: offer.try_get("purpose")?,
        given_by: offer.try_get("given_by")?,
        given: now,
        expires: now + offer.try_get::<i64, _>("lasts")?,
        ended: None,
        emergency: None,
        documents: documents.iter().map(|id| DocumentId::new(*id)).collect(),
    };
    give(&mut writing, &grant).await?;
    writing.commit().await?;
    Ok(grant)
}

/// Ends a grant that runs; returns whether there was one.
async fn end(writing: &mut Writing, id: &str, now: i64) -> Result<bool, StoreError> {
    let reader: Option<String> =
        sqlx::query_scalar("UPDATE grants SET ended = $1 WHERE id = $2 AND ended IS NULL RETURNING reader")
            .bind(now)
            .bind(id)
            .fetch_optional(&mut **writing)
            .await?;
    let Some(reader) = reader else {
        return Ok(false);
    };
    let documents = sqlx::query("SELECT document FROM granted WHERE grant_id = $1")
        .bind(id)
        .fetch_all(&mut **writing)
        .await?;
    for row in &documents {
        access::changed(writing, &reader, document(row)?.bytes()).await?;
    }
    Ok(true)
}

async fn end_expired(pool: &Pool, now: i64) -> Result<(), StoreError> {
    let expired: Vec<String> =
        sqlx::query_scalar("SELECT id FROM grants WHERE ended IS NULL AND expires <= $1")
            .bind(now)
            .fetch_all(pool)
            .await?;
    if expired.is_empty() {
        return Ok(());
    }
    let mut writing = begin(pool).await?;
    for id in expired {
        end(&mut writing, &id, now).await?;
    }
    Ok(writing.commit().await?)
}

fn document(row: &Record) -> Result<DocumentId, StoreError> {
    let bytes: &[u8] = row.try_get("document")?;
    DocumentId::try_from(bytes).map_err(|_| StoreError::Missing)
}
