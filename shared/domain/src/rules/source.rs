//! Where a rule comes from.

use serde::{Deserialize, Serialize};

use super::VersionHash;
use crate::base::Date;

crate::open_enum! {
    /// What stands behind a figure.
    pub enum SourceKind {
        /// A national norm or guideline.
        Norm = "norm",
        /// A decision of the county.
        County = "county",
        /// An example without authority; the screen says so.
        Example = "example",
    }
}

/// The document, and where known the section, that says so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Source {
    /// The document's title.
    pub document: String,
    /// The section or clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// What stands behind it.
    pub kind: SourceKind,
}

crate::read_by_field! { Source { document, article, kind } needing { document, kind } }

/// The rule a result was computed with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RuleRef {
    /// The rule table's id.
    pub rule: String,
    /// The hash of the pack or published version.
    pub version: VersionHash,
    /// The date from which the value is in force.
    pub from: Date,
    /// Its source.
    pub source: Source,
}
