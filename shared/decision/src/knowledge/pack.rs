//! The compact file that the app loads.

use super::Knowledge;
use sha2::{Digest, Sha256};

/// A file that cannot be packed or unpacked.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// It could not be written.
    #[error("the knowledge could not be packed: {0}")]
    Write(String),
    /// It is damaged or of another version.
    #[error("the knowledge could not be unpacked: {0}")]
    Read(String),
}

/// Packs the knowledge: CBOR, the same bytes for the same knowledge.
///
/// # Errors
/// [`PackError::Write`].
pub fn pack(knowledge: &Knowledge) -> Result<Vec<u8>, PackError> {
    let mut bytes = Vec::new();
    ciborium::into_writer(knowledge, &mut bytes).map_err(|error| PackError::Write(error.to_string()))?;
    Ok(bytes)
}

/// Unpacks what [`pack`] made.
///
/// # Errors
/// [`PackError::Read`].
pub fn unpack(bytes: &[u8]) -> Result<Knowledge, PackError> {
    ciborium::from_reader(bytes).map_err(|error| PackError::Read(error.to_string()))
}

/// Returns the version of packed knowledge: its SHA-256 in hexadecimal.
#[must_use]
pub fn version(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
