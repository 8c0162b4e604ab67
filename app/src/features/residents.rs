//! Finding residents, and one resident's page.

mod complaint;
mod contract_card;
mod facts;
mod facts_body;
mod facts_lists;
mod facts_page;
mod list;
mod page;
mod problems;
mod replan;
mod search;
mod timeline;
mod void;

pub use facts_lists::taken;
pub use facts_page::FactsPage;
pub use list::{Found, Name, Residents};
pub use page::{ResidentBar, ResidentPage};
