//! Residents, staff, teams and institutions; names in pinyin initials; search.

pub mod pinyin;
pub mod resident;
pub mod search;
pub mod staff;

pub use pinyin::initials;
pub use resident::{Address, Identity, KeyGroup, Resident};
pub use search::{SearchRow, matches};
pub use staff::{Institution, Role, Staff, Team, Tier};
