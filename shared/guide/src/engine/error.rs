//! Why there is no guide.

use decision::knowledge::PackError as KnowledgeError;
use decision::model::ModelError;
use medicines::PackError as MedicinesError;

/// Files that no guide can be made of.
#[derive(Debug, thiserror::Error)]
pub enum GuideError {
    /// The knowledge is damaged or of another version.
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
    /// The knowledge does not hold together.
    #[error("the knowledge does not hold together: {0}")]
    Model(#[from] ModelError),
    /// The medicines are damaged or of another version.
    #[error(transparent)]
    Medicines(#[from] MedicinesError),
}
