//! A condition in full, and findings to tap.

use crate::{Level, Source};
use serde::Serialize;

/// What to do about a condition, for one person at one site.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Condition {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its ICD-10 codes.
    pub icd10: Vec<String>,
    /// The level when it is likely.
    pub level: Level,
    /// What this site can examine.
    pub here: Vec<String>,
    /// What higher sites add, the next first: for that the person must be sent.
    pub elsewhere: Vec<String>,
    /// First-line management, without doses.
    pub management: Vec<String>,
    /// What of this person's record or case speaks against a management.
    pub against: Vec<String>,
    /// When to refer, and where.
    pub referral: String,
    /// When to see the person again.
    pub follow_up: String,
    /// What the person is told to come back for, in plain words.
    pub safety_net: String,
    /// What it rests on.
    pub sources: Vec<Source>,
}

domain::read_by_field! {
    Condition {
        id, name, icd10, level, here, elsewhere, management, against, referral, follow_up, safety_net,
        sources
    } needing all
}

/// A finding to tap.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Finding {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

domain::read_by_field! { Finding { id, name } needing all }
