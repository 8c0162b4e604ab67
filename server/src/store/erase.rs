//! Erasing what is known of somebody.

use super::Answer;
use sync::DocumentId;

/// Erases documents whose kind can be erased.
pub trait Erase {
    /// Drops the keys of a subject's documents, the documents and the account's bond; devices are told. Returns how many.
    fn erase(&self, subject: &str, at: i64) -> Answer<'_, usize>;
    /// Drops documents whose keys are erased: a backup from before may have brought them back. Returns how many.
    fn erase_again(&self, at: i64) -> Answer<'_, usize>;
    /// Tells whether a document was erased.
    fn is_erased(&self, id: DocumentId) -> Answer<'_, bool>;
}
