//! Who acts for whom.

use crate::ask::{Refusal, list};
use crate::language::*;
use crate::replica::{
    Replica,
    drafts::{DraftWriter, draft},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// That an account acts for a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bond {
    /// The account.
    pub account: String,
    /// The subject.
    pub subject: String,
    /// What whoever acts is to them; empty and `self` for oneself.
    pub relation: String,
    /// Who gave the code; empty for an account that was made with it.
    pub given_by: String,
    /// When, in ms since 1970.
    pub since: i64,
}

impl Bond {
    /// Returns whether it is somebody's own record.
    #[must_use]
    pub fn own(&self) -> bool {
        matches!(self.relation.as_str(), "" | "self")
    }
}

/// The words a relation is stored under, in the order in which they are offered.
pub(super) const RELATIONS: [&str; 5] = ["self", "child", "spouse", "parent", "other"];

/// Says what whoever acts is to the resident.
#[must_use]
pub fn relation_words(i18n: Language, relation: &str) -> &'static str {
    match relation {
        "" | "self" => td_string!(i18n, people.relation_self),
        "child" => td_string!(i18n, people.relation_child),
        "spouse" => td_string!(i18n, people.relation_spouse),
        "parent" => td_string!(i18n, people.relation_parent),
        _ => td_string!(i18n, people.relation_other),
    }
}

const KEPT: &str = "acting";

/// Asks the server whom this account acts for and who acts for them, and keeps it for when there is no network.
///
/// # Errors
/// As [`crate::ask::ask`].
pub async fn keep_bonds(replica: Replica) -> Result<Vec<Bond>, Refusal> {
    let bonds: Vec<Bond> = list("GET", "/api/residents", &Value::Null).await?;
    DraftWriter::new(replica, KEPT.to_owned()).keep(&bonds);
    Ok(bonds)
}

/// Returns what was last kept.
pub async fn kept_bonds(replica: Replica) -> Vec<Bond> {
    draft(replica, KEPT).await.ok().flatten().unwrap_or_default()
}
