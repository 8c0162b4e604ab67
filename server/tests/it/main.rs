//! The server over real sockets, in this process.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    dead_code,
    reason = "a test stops where it fails; some helpers are for tests on PostgreSQL alone"
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
mod hostile;
mod logs;
mod packed;
mod pages;
mod people;
mod recovery;
mod scan;
mod stopping;
mod support;
mod trust;

use support::Database;

const DATABASE: Database = Database::Sqlite;
