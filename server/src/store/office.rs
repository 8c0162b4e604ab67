//! What administrators see and change: accounts, never a record.

use super::{Answer, Event};
use sync::About;

/// An account as an administrator sees it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The name typed at sign-in.
    pub name: String,
    /// The role.
    pub role: String,
    /// The institution, or empty.
    pub institution: String,
    /// The team, or empty.
    pub team: String,
    /// Whether it cannot sign in.
    pub disabled: bool,
    /// Whether it has a second factor.
    pub factor: bool,
}

/// Which documents go to another team.
#[derive(Debug, Clone)]
pub enum Moved {
    /// Those about one subject.
    Subject(String),
    /// Those of a whole team.
    Team(String),
}

/// Changes accounts, and whose documents are whose.
pub trait Office {
    /// Lists the accounts of staff by name, and the one of `name`, whoever it is: residents are not listed.
    fn accounts(&self, name: &str) -> Answer<'_, Vec<Listed>>;
    /// Gives an account another role, institution and team; its devices look again.
    fn change_account(
        &self,
        name: &str,
        role: &str,
        institution: &str,
        team: &str,
        event: Event,
    ) -> Answer<'_, ()>;
    /// Disables an account and ends its sessions, or lets it sign in again.
    fn set_disabled(&self, name: &str, disabled: bool, event: Event) -> Answer<'_, ()>;
    /// Returns the rows of documents of `kinds` about a subject that belong to a team.
    fn rows_about(&self, subject: &str, kinds: Vec<String>) -> Answer<'_, Vec<About>>;
    /// Gives documents of `kinds` to another team, and to the institution of those who serve it; returns how many, `Missing` for
    /// a team that nobody serves.
    fn transfer(&self, moved: Moved, kinds: Vec<String>, team: &str, event: Event) -> Answer<'_, u64>;
}
