//! What can go wrong.

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// It is no pack of this version.
    #[error("the medicines cannot be read: {0}")]
    Format(#[from] serde_json::Error),
}
