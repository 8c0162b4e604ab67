//! The guide with the knowledge and the medicines that are shipped.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that breaks should break"
)]

#[path = "engine/advice.rs"]
mod advice;
#[path = "engine/pack.rs"]
mod pack;
#[path = "engine/support.rs"]
mod support;
