//! Packs shipped with the app.

use serde::{Deserialize, de::DeserializeOwned};

use super::{RuleError, VersionHash};

/// Parsed rules with the hash of their text, which is the pack's version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Pack<T> {
    /// The content hash.
    pub version: VersionHash,
    /// The rules.
    pub rules: T,
}

impl<T: DeserializeOwned> Pack<T> {
    /// Parses the pack `name` as the build script wrote it.
    pub fn parse(name: &str, text: &str) -> Result<Self, RuleError> {
        crate::base::json::read(text.as_bytes())
            .map_err(|error| RuleError::Malformed { name: name.to_owned(), why: error.to_string() })
    }
}
