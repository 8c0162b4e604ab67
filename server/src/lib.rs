//! The server: sessions, access, relay, store, static files. It knows no domain word; kinds of documents
//! and who may do what with them are data/policy.toml.
#![allow(clippy::duplicate_mod, reason = "the SQL store is compiled once for each database: docs/adr/0013")]

pub mod account;
pub mod app;
pub mod blobs;
pub mod codes;
pub mod documents;
pub mod http;
pub mod hub;
pub mod metrics;
pub mod policy;
pub mod refusals;
pub mod retention;
pub mod seal;
pub mod second;
pub mod serve;
pub mod shares;
pub mod socket;
pub mod store;
pub mod time;
