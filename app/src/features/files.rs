//! Photos and other files of a record: taken or chosen, sealed, shown.

mod add;
mod list;
mod photo;

pub use list::Files;
