//! What a fact rests on.

use serde::{Deserialize, Serialize};

/// A publication, as it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The stable id that rows cite.
    pub id: String,
    /// The title.
    pub title: String,
    /// Who issued or edited it.
    pub issuer: String,
    /// The number of the norm or letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The year of publication.
    pub year: u16,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}
