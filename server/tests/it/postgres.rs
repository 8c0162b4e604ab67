//! The same tests as `it`, on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    dead_code,
    reason = "a test stops where it fails; some helpers are for tests of SQLite alone"
)]

mod access;
mod accounts;
mod archive;
mod audit;
mod blobs;
mod durability;
mod erasing;
mod giving_back;
mod grants;
mod packed;
mod people;
mod recovery;
mod relays;
mod support;
mod trust;

use support::Database;

const DATABASE: Database = Database::Postgres;
