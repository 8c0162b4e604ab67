//! Follow-up of hypertension and type 2 diabetes by the national norm.

pub mod diabetes;
pub mod due;
pub mod follow_up;
pub mod intervals;
mod outcome;
pub mod states;
pub mod together;

pub use diabetes::{DiabetesFollowUp, DiabetesFollowUpError, diabetes_follow_up};
pub use due::{Due, DueKind, DueState, LastFollowUp, due};
pub use follow_up::{FollowUp, FollowUpError, FollowUpInput, follow_up};
pub use intervals::{FollowUpRules, Intervals};
pub use states::{Action, AdverseReaction, Control, FollowUpClass, PreviousFollowUp};
pub use together::{CareRules, Disease, FollowUps, Followed};
