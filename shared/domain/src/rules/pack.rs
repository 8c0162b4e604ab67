//! Packs shipped with the app.

use serde::de::DeserializeOwned;

use super::{RuleError, VersionHash};

/// Parsed rules with the hash of their text, which is the pack's version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack<T> {
    /// The content hash.
    pub version: VersionHash,
    /// The rules.
    pub rules: T,
}

impl<T: DeserializeOwned> Pack<T> {
    /// Parses the TOML `text` of the pack `name`.
    pub fn parse(name: &str, text: &str) -> Result<Self, RuleError> {
        let rules = toml::from_str(text)
            .map_err(|error| RuleError::Malformed { name: name.to_owned(), why: error.to_string() })?;
        Ok(Self { version: VersionHash::of(text.as_bytes()), rules })
    }
}
