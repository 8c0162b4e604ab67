//! Requests that are not sync frames.

pub mod address;
pub mod audit;
pub mod blobs;
pub mod caller;
pub mod cookie;
pub mod emergency;
pub mod enrol;
pub mod factor;
pub mod failure;
pub mod grants;
pub mod login;
pub mod office;
pub mod pages;
pub mod password;
pub mod quarantine;
pub mod recovery;
pub mod session;
pub mod sessions;
pub mod site;
pub mod upgrade;
