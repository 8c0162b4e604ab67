//! The words of a follow-up, the same for every disease: class, state, action, reaction.

use serde::{Deserialize, Serialize};

use crate::base::Date;

crate::open_enum! {
    /// The class the follow-up form asks for.
    pub enum FollowUpClass {
        /// Satisfied.
        Controlled = "controlled",
        /// Not satisfied.
        Uncontrolled = "uncontrolled",
        /// Adverse drug reaction.
        AdverseReaction = "adverse_reaction",
        /// Complication.
        Complication = "complication",
    }
}

crate::open_enum! {
    /// The state of the pressure, or of the glucose.
    pub enum Control {
        /// Below target.
        Controlled = "controlled",
        /// At or above target.
        Uncontrolled = "uncontrolled",
        /// Critical by figure or danger sign.
        Critical = "critical",
    }
}

crate::open_enum! {
    /// What the norm asks to be done, least urgent first.
    pub enum Action {
        /// Agree the next follow-up.
        Routine = "routine",
        /// Adjust treatment and see again.
        Adjust = "adjust",
        /// Refer and check.
        Refer = "refer",
        /// Refer urgently and check.
        Urgent = "urgent",
    }
}

crate::open_enum! {
    /// An adverse drug reaction.
    pub enum AdverseReaction {
        /// None.
        None = "none",
        /// Present, can be handled.
        Present = "present",
        /// Hard to control.
        HardToControl = "hard_to_control",
    }
}

impl Action {
    /// Tells whether the next thing due is to check a referral.
    #[must_use]
    pub fn is_referral(&self) -> bool {
        matches!(self, Self::Refer | Self::Urgent)
    }
}

/// What of the follow-up before counts now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousFollowUp {
    /// Its date.
    pub date: Date,
    /// The state then; a critical one counts as uncontrolled.
    pub control: Control,
}
