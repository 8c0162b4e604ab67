//! Signing a contract: one question a page, offline, both signatures on the glass.

mod agreement;
mod check;
mod closing;
mod copy;
mod desk;
mod draft;
mod flow;
mod identity;
mod packages;
mod signatures;
mod term;
mod view_model;
mod words;

pub use copy::ContractCopy;
pub use draft::{Draft as SigningDraft, Step as SigningStep};
pub use flow::{Signing, draft_key as signing_draft_key};
