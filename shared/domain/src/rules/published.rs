//! Entries a county publishes: frozen by the hash of their canonical text.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};

use super::{RuleError, VersionHash};

/// A published entry: its hash, its frozen text and what the text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published<T> {
    /// The hash of `text`.
    pub hash: VersionHash,
    /// The canonical JSON, kept as published so that fields of newer versions survive.
    pub text: String,
    /// The entry.
    pub content: T,
}

impl<T: Serialize> Published<T> {
    /// Freezes `content`: the same content has the same hash on every device.
    pub fn freeze(content: T) -> Result<Self, RuleError> {
        let malformed = |error: serde_json::Error| RuleError::Malformed {
            name: "published entry".to_owned(),
            why: error.to_string(),
        };
        let value = serde_json::to_value(&content).map_err(malformed)?;
        let mut text = String::new();
        canonical(&value, &mut text);
        Ok(Self { hash: VersionHash::of(text.as_bytes()), text, content })
    }
}

impl<T: DeserializeOwned> Published<T> {
    /// Opens `text` filed under `hash`.
    ///
    /// # Errors
    /// When the text does not have that hash or cannot be read.
    pub fn open(hash: &VersionHash, text: &str) -> Result<Self, RuleError> {
        if VersionHash::of(text.as_bytes()) != *hash {
            return Err(RuleError::Tampered(hash.clone()));
        }
        let content = crate::base::json::read(text.as_bytes()).map_err(|error| RuleError::Malformed {
            name: hash.short().to_owned(),
            why: error.to_string(),
        })?;
        Ok(Self { hash: hash.clone(), text: text.to_owned(), content })
    }
}

/// Writes JSON with sorted keys and no spaces, whatever map serde_json was built with.
fn canonical(value: &serde_json::Value, out: &mut String) {
    use serde_json::Value;
    match value {
        Value::Object(map) => {
            let sorted: BTreeMap<_, _> = map.iter().collect();
            out.push('{');
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                canonical(value, out);
            }
            out.push('}');
        }
        Value::Array(list) => {
            out.push('[');
            for (index, value) in list.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                canonical(value, out);
            }
            out.push(']');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

/// The published entries this device holds, by hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf<T>(BTreeMap<VersionHash, T>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Shelf<T> {
    /// Puts `content` on the shelf under `hash`.
    pub fn insert(&mut self, hash: VersionHash, content: T) {
        self.0.insert(hash, content);
    }

    /// Returns the entry of `hash`.
    ///
    /// # Errors
    /// [`RuleError::UnknownVersion`] when this device lacks it; another version is never taken instead.
    pub fn get(&self, hash: &VersionHash) -> Result<&T, RuleError> {
        self.0.get(hash).ok_or_else(|| RuleError::UnknownVersion(hash.clone()))
    }

    /// Iterates over hash and entry.
    pub fn iter(&self) -> impl Iterator<Item = (&VersionHash, &T)> {
        self.0.iter()
    }

    /// Tells whether nothing is on the shelf.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl<T> FromIterator<Published<T>> for Shelf<T> {
    fn from_iter<I: IntoIterator<Item = Published<T>>>(entries: I) -> Self {
        Self(entries.into_iter().map(|entry| (entry.hash, entry.content)).collect())
    }
}
