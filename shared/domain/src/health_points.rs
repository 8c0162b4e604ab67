//! Health points: what residents earn by taking part in their care, what they get for it, and why each figure is so.
//!
//! Nothing here is stored as a sum. What earned lies in the records ([`Deed`]s); who asked for what, who handed it out, what
//! was disputed and answered are entries of the resident's and the team's documents; [`ledger()`] makes the rest of them.

pub mod deed;
pub mod dispute;
mod earn;
pub mod ledger;
pub mod participation;
pub mod redemption;
pub mod rules;
pub mod templates;

pub use deed::{Deed, DeedKind, TakenBack};
pub use dispute::{Answer, EntryDispute, Outcome, waiting};
pub use ledger::{Ledger, Papers, ledger};
pub use participation::{Participation, participation};
pub use redemption::{Redeemed, RedeemedState, Redemption, RedemptionRequest, RequestState, Requested};
pub use rules::{HealthItem, HealthRules, Reward, in_force};
pub use templates::health_templates;

pub use earn::{EntryState, HealthEntry};
