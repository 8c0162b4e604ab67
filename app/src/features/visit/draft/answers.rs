//! What can be answered in a visit.

use serde::{Deserialize, Serialize};

/// Whether medication is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taking {
    /// As agreed.
    Regular,
    /// Now and then.
    Irregular,
    /// Not at all.
    None,
}

/// Whether medication causes trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// No.
    None,
    /// Yes, can be handled.
    Present,
    /// Yes, hard to control.
    HardToControl,
}

/// Where the visit takes place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At the resident's home.
    #[default]
    Home,
    /// At the clinic.
    Clinic,
    /// By telephone.
    Phone,
}
