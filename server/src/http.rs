//! Requests that are not sync frames.

pub mod address;
pub mod cookie;
pub mod login;
pub mod pages;
pub mod session;
pub mod site;
pub mod upgrade;
