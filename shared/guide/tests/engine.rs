//! The guide with the knowledge and the medicines that are shipped.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that breaks should break"
)]

#[path = "engine/advice.rs"]
mod advice;
#[path = "engine/condition.rs"]
mod condition;
#[path = "engine/holds.rs"]
mod holds;
#[path = "engine/pack.rs"]
mod pack;
#[path = "engine/packs.rs"]
mod packs;
#[path = "engine/prescription.rs"]
mod prescription;
#[path = "engine/support.rs"]
mod support;
