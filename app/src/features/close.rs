//! A month of an institution: what stands in the way of closing it, what it came to, and what is paid for it.

mod closed;
mod csv;
mod open;
mod page;
mod pay;
mod people;
mod view_model;

pub use page::{ClosePage, month_value, read_month};
pub use pay::PayPage;
pub use people::Corrections;
