//! The review queue: managers see what was claimed, with its arithmetic, and accept it.

mod group;
mod objection;
mod page;
mod view_model;

pub use page::Review;
