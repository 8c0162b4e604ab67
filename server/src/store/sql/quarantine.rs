//! Submissions.

use super::{Answer, Pool, Record, Sql, StoreError, audit, begin, read};
use crate::store::Event;
use crate::store::keys::{Ring, seal};
use crate::store::quarantine::{Held, MOST, Quarantine, Wanted};
use sqlx::Row as _;
use sync::DocumentId;
use sync::relay::Submission;

impl Quarantine for Sql {
    fn submit(&self, account: &str, institution: &str, at: i64, submission: Submission) -> Answer<'_, bool> {
        let (account, institution) = (account.to_owned(), institution.to_owned());
        Box::pin(submit(&self.pool, &self.ring, account, institution, at, submission))
    }

    fn submissions(&self, wanted: Wanted) -> Answer<'_, Vec<Held>> {
        Box::pin(async move {
            let mut found = list(&self.pool, wanted).await?;
            for held in &mut found {
                held.data = self.ring.open(held.document, &held.data).await?;
            }
            Ok(found)
        })
    }

    fn decide(&self, id: i64, state: &str, decided_by: &str, at: i64) -> Answer<'_, ()> {
        let (state, decided_by) = (state.to_owned(), decided_by.to_owned());
        Box::pin(async move {
            let mut writing = begin(&self.pool).await?;
            let note = format!("{id} {state}");
            let event = Event { at, account: decided_by.clone(), act: "decide", note, ..Event::default() };
            audit::append(&mut writing, [event]).await?;
            let update = "UPDATE submissions SET state = $1, decided_by = $2, decided = $3
                WHERE id = $4 AND state = 'waiting'";
            let done = sqlx::query(update)
                .bind(state)
                .bind(decided_by)
                .bind(at)
                .bind(id)
                .execute(&mut *writing)
                .await?;
            if done.rows_affected() == 0 {
                return Err(StoreError::Missing);
            }
            Ok(writing.commit().await?)
        })
    }
}

async fn submit(
    pool: &Pool,
    ring: &Ring,
    account: String,
    institution: String,
    at: i64,
    submission: Submission,
) -> Result<bool, StoreError> {
    let Submission { id, about, data, changes, heads } = submission;
    // What names somebody lies under the document's key here, too.
    let key = match ring.covers(&about.kind) {
        true => ring.keys().make([id].into()).await?,
        false => ring.keys().find(Some([id].into())).await?,
    };
    if ring.covers(&about.kind) && key.is_empty() {
        return Ok(false);
    }
    let data = seal(key.get(&id), id, data)?;
    let mut writing = begin(pool).await?;
    let event = Event {
        at,
        account: account.clone(),
        act: "submit",
        document: Some(id),
        changes: heads.clone(),
        ..Event::default()
    };
    audit::append(&mut writing, [event]).await?;
    let held = "SELECT COUNT(*), CAST(COALESCE(SUM(LENGTH(data)), 0) AS BIGINT) FROM submissions
        WHERE account = $1 AND state = 'waiting'";
    let (count, bytes): (i64, i64) = sqlx::query_as(held).bind(&account).fetch_one(&mut *writing).await?;
    let size = i64::try_from(data.len()).unwrap_or(i64::MAX);
    if count >= MOST.0 || bytes.saturating_add(size) > MOST.1 {
        return Ok(false);
    }
    let insert = "INSERT INTO submissions
        (account, institution, at, document, kind, subject, changes, heads, data, state, decided_by, decided)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', '', 0) ON CONFLICT DO NOTHING";
    sqlx::query(insert)
        .bind(account)
        .bind(institution)
        .bind(at)
        .bind(id.bytes().to_vec())
        .bind(about.kind)
        .bind(about.subject)
        .bind(i64::try_from(changes).unwrap_or(i64::MAX))
        .bind(heads.iter().flat_map(|hash| hash.0).collect::<Vec<u8>>())
        .bind(data)
        .execute(&mut *writing)
        .await?;
    writing.commit().await?;
    Ok(true)
}

async fn list(pool: &Pool, wanted: Wanted) -> Result<Vec<Held>, StoreError> {
    let with_data = matches!(wanted, Wanted::Id(_));
    let (condition, text, number) = match wanted {
        Wanted::Id(id) => ("id = $2 AND $1 = ''", String::new(), id),
        Wanted::Waiting => ("state = $1 AND $2 = 0", "waiting".to_owned(), 0),
        Wanted::Of(account) => ("account = $1 AND $2 = 0", account, 0),
    };
    let query = format!("SELECT * FROM submissions WHERE {condition} ORDER BY id DESC LIMIT 1000");
    // The text is this program's own; what came from outside is bound.
    let rows = sqlx::query(sqlx::AssertSqlSafe(query)).bind(text).bind(number).fetch_all(pool).await?;
    rows.iter().map(|row| held(row, with_data)).collect()
}

fn held(row: &Record, with_data: bool) -> Result<Held, StoreError> {
    let document: &[u8] = row.try_get("document")?;
    Ok(Held {
        id: row.try_get("id")?,
        account: row.try_get("account")?,
        institution: row.try_get("institution")?,
        at: row.try_get("at")?,
        document: DocumentId::try_from(document).map_err(|_| StoreError::Missing)?,
        about: (row.try_get("kind")?, row.try_get("subject")?),
        changes: row.try_get("changes")?,
        heads: read::heads_of(row.try_get("heads")?),
        data: if with_data { row.try_get("data")? } else { Vec::new() },
        state: row.try_get("state")?,
        decided_by: row.try_get("decided_by")?,
    })
}
