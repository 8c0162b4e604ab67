//! The server: sessions, access, relay, store, static files. It knows no domain word; kinds of documents
//! and who may do what with them are data/policy.toml.

pub mod account;
pub mod app;
pub mod documents;
pub mod http;
pub mod hub;
pub mod metrics;
pub mod policy;
pub mod serve;
pub mod socket;
pub mod store;
