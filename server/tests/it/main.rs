//! The server over real sockets, in this process.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test stops where it fails"
)]

mod access;
mod accounts;
mod durability;
mod pages;
mod support;
