//! Every table out of a store, and into an empty one.

use super::super::{BEGIN_READING, OVERRIDING, RESUME, TABLES};
use super::{Pool, Record, StoreError, Writing, audit, begin, schema};
use crate::store::Event;
use crate::store::archive::{Copied, Copying, Part, Receiver, Sender, Value};
use futures::TryStreamExt;
use rand::Rng;
use sqlx::{AssertSqlSafe, Column, Row, TypeInfo, ValueRef};

/// Says every table as it is at one moment.
pub(in super::super) async fn export(
    pool: &Pool,
    copying: Copying,
    parts: Sender,
) -> Result<Copied, StoreError> {
    let send = async |part| parts.send(part).await.map_err(|_| StoreError::Hung);
    let mut reading = pool.begin_with(BEGIN_READING).await?;
    let steps: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM migrations").fetch_one(&mut *reading).await?;
    send(Part::Schema(usize::try_from(steps).unwrap_or_default())).await?;
    let tables: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(&mut *reading).await?;
    for table in tables {
        if table == "migrations" || copying.skips(&table) {
            continue;
        }
        let select = AssertSqlSafe(format!("SELECT * FROM {table}"));
        send(Part::Table(table)).await?;
        let mut rows = sqlx::query(select).fetch(&mut *reading);
        while let Some(row) = rows.try_next().await? {
            let columns = row.columns().iter().map(|column| column.name().to_owned());
            let fields = columns.enumerate().map(|(n, name)| Ok((name, value(&row, n)?)));
            send(Part::Row(fields.collect::<Result<_, StoreError>>()?)).await?;
        }
    }
    let documents: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM documents").fetch_one(&mut *reading).await?;
    let place: i64 = sqlx::query_scalar("SELECT value FROM counters WHERE name = 'place'")
        .fetch_one(&mut *reading)
        .await?;
    let anchor = audit::head(&mut reading).await?;
    send(Part::End).await?;
    Ok(Copied { documents: documents.cast_unsigned(), place: place.cast_unsigned(), anchor })
}

fn value(row: &Record, n: usize) -> Result<Value, StoreError> {
    let raw = row.try_get_raw(n)?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    Ok(match raw.type_info().name() {
        "INTEGER" | "INT8" => Value::Number(row.try_get(n)?),
        "TEXT" => Value::Text(row.try_get(n)?),
        "BLOB" | "BYTEA" => Value::Bytes(row.try_get(n)?),
        other => return Err(StoreError::Database(format!("a column of type {other}").into())),
    })
}

/// Takes every table into a database that is empty, all or nothing.
pub(in super::super) async fn import(
    pool: &Pool,
    copying: Copying,
    mut parts: Receiver,
) -> Result<(), StoreError> {
    let mut writing = begin(pool).await?;
    let mut table = String::new();
    let mut whole = false;
    while let Some(part) = parts.recv().await {
        match part {
            Part::Schema(steps) => {
                if schema::steps(&mut writing, steps).await? != steps {
                    return Err(StoreError::Version);
                }
                let filled = "SELECT (SELECT COUNT(*) FROM documents) + (SELECT COUNT(*) FROM accounts)";
                if sqlx::query_scalar::<_, i64>(filled).fetch_one(&mut *writing).await? > 0 {
                    return Err(StoreError::Exists);
                }
            }
            Part::Table(name) => {
                let clear = AssertSqlSafe(format!("DELETE FROM {name}"));
                sqlx::raw_sql(clear).execute(&mut *writing).await?;
                table = name;
            }
            Part::Row(fields) => insert(&mut writing, &table, fields).await?,
            Part::End => whole = true,
        }
    }
    if !whole {
        return Err(StoreError::Hung);
    }
    schema::steps(&mut writing, schema::STEPS).await?;
    sqlx::raw_sql(RESUME).execute(&mut *writing).await?;
    if copying != Copying::Backup {
        sqlx::query("UPDATE meta SET value = $1 WHERE key = 'epoch'")
            .bind(hex::encode(rand::rng().random::<[u8; 16]>()))
            .execute(&mut *writing)
            .await?;
        let act = if copying == Copying::Restore { "restore" } else { "migrate" };
        let event = Event { at: crate::app::Clock::default().now(), act, ..Event::command() };
        audit::append_locked(&mut writing, [event]).await?;
    }
    Ok(writing.commit().await?)
}

async fn insert(writing: &mut Writing, table: &str, fields: Vec<(String, Value)>) -> Result<(), StoreError> {
    // A NULL that is bound needs a type; one in the text does not.
    let mut number = 0;
    let places = fields.iter().map(|(_, value)| match value {
        Value::Null => "NULL".to_owned(),
        _ => {
            number += 1;
            format!("${number}")
        }
    });
    let places = places.collect::<Vec<_>>().join(", ");
    let names = fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let text = format!("INSERT INTO {table} ({names}) {OVERRIDING} VALUES ({places})");
    let mut query = sqlx::query(AssertSqlSafe(text));
    for (_, value) in fields {
        query = match value {
            Value::Null => query,
            Value::Number(number) => query.bind(number),
            Value::Text(text) => query.bind(text),
            Value::Bytes(bytes) => query.bind(bytes),
        };
    }
    query.execute(&mut **writing).await?;
    Ok(())
}
