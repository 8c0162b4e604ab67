//! Follow-up of hypertension by the national norm.

pub mod due;
pub mod follow_up;

pub use due::{Due, DueKind, DueState, LastFollowUp, due};
pub use follow_up::{
    Action, AdverseReaction, Control, FollowUp, FollowUpClass, FollowUpError, FollowUpInput,
    PreviousFollowUp, follow_up,
};
