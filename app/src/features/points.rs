//! My points: what was counted, what waits, how far it is to the goal, and how every figure came about.

mod claim;
mod claiming;
mod dispute;
mod entry;
mod line;
mod page;
mod row;
mod view_model;

pub use claim::ClaimPage;
pub use entry::{Entry, factor_words};
pub use line::{Arithmetic, State, WorkDay, ruling_words, state_words};
pub use page::Points;
