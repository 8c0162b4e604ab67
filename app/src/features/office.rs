//! The pages of administrators and auditors: accounts, teams, what was done; never a record.

mod accounts;
mod audit;
mod edit;
mod view_model;

pub use accounts::AccountsPage;
pub use audit::AuditPage;
