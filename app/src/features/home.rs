//! The resident's own screens: doctor, last pressure, what is left, recording a pressure.

mod check;
mod chosen;
mod health;
mod medicines;
mod page;
mod reading;
mod reading_page;
mod view_model;
mod words;

pub use check::CheckPage;
pub use chosen::{framed, provide_chosen, use_chosen};
pub use health::Health;
pub use page::Home;
pub use reading_page::NewReading;
