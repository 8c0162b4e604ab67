//! The imperative shell: documents in memory and on the device's disk, the socket, unlocking.
//!
//! Nothing here knows a screen. What a person saw as saved has gone through [`store`] with strict durability;
//! what they saw as sent has been confirmed by the server's `durable`.

pub mod store;
pub mod vault;
