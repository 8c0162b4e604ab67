//! Residents, staff, teams and institutions; names in pinyin initials; search.

pub mod resident;
pub mod staff;
pub mod pinyin;
pub mod search;

pub use pinyin::initials;
pub use resident::{Address, Identity, KeyGroup, Resident};
pub use search::{SearchRow, matches};
pub use staff::{Institution, Role, Staff, Team, Tier};
