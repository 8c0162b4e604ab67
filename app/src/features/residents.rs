//! Finding residents, and one resident's page.

mod contract_card;
mod list;
mod page;
mod search;
mod timeline;
mod void;

pub use list::{Found, Name, Residents};
pub use page::{ResidentBar, ResidentPage};
