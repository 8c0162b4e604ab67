//! JSON by way of its value: each type is then read and written by one piece of code, which keeps the app small.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Error, Value};

/// Reads `text`.
///
/// # Errors
/// When it is no JSON, or not of this type.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_value(serde_json::from_str::<Value>(text)?)
}

/// Writes `value`.
///
/// # Errors
/// When a map in it has keys that are no texts.
pub fn write<T: Serialize>(value: &T) -> Result<String, Error> {
    Ok(serde_json::to_value(value)?.to_string())
}
