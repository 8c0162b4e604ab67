//! Connections, each of which is asked whether it is as durable as it must be.

use super::{Durability, Durable, Pool, StoreError};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgConnection};
use std::time::Duration;

const METRIC: &str = "postgres_synchronous_commit";
/// How long whoever shares connections waits for one.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a connection that nobody else uses may take to come back: devices are told soon, and try again.
const ALONE: Duration = Duration::from_secs(3);

/// Refuses a database that acknowledges before it has written.
async fn verify(
    connection: &mut PgConnection,
    name: &'static str,
    all: &Durability,
) -> Result<(), StoreError> {
    let level: String = sqlx::query_scalar("SHOW synchronous_commit").fetch_one(&mut *connection).await?;
    let fsync: String = sqlx::query_scalar("SHOW fsync").fetch_one(&mut *connection).await?;
    let durable = fsync == "on" && matches!(&*level, "on" | "remote_apply");
    let level = if fsync == "on" { level } else { "fsync=off".to_owned() };
    all.add(Durable { metric: METRIC, connection: name.to_owned(), level, value: 1 }, durable)
}

pub(super) async fn pool(
    url: &str,
    name: &'static str,
    size: u32,
    durability: &Durability,
) -> Result<Pool, StoreError> {
    let durability = durability.clone();
    let options: PgConnectOptions = url.parse()?;
    let pool = PgPoolOptions::new()
        .max_connections(size)
        .min_connections(1)
        .acquire_timeout(if size == 1 { ALONE } else { PATIENCE })
        .after_connect(move |connection, _| {
            let durability = durability.clone();
            Box::pin(async move {
                let verified = verify(connection, name, &durability).await;
                verified.map_err(|error| sqlx::Error::Configuration(error.into()))
            })
        })
        .connect_with(options.disable_statement_logging())
        .await?;
    Ok(pool)
}

/// Connects to the schema of keys; it is there once the first connection has made it.
pub(super) async fn keys(url: &str) -> Result<Pool, StoreError> {
    let options: PgConnectOptions = url.parse()?;
    let options = options.options([("search_path", "xiangyi_keys")]);
    let pool = PgPoolOptions::new().max_connections(2).acquire_timeout(PATIENCE);
    Ok(pool.connect_with(options.disable_statement_logging()).await?)
}
