//! My points: what was counted, what waits, how far it is to the goal, and how every figure came about.

mod entry;
mod line;
mod page;
mod view_model;

pub use entry::{Entry, factor_words};
pub use line::{Arithmetic, State, WorkDay, ruling_words};
pub use page::Points;
