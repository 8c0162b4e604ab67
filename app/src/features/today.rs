//! Today: whom to see first, whom else, what runs out, what is unfinished.

mod page;
mod unfinished;
mod view_model;

pub use page::Today;
