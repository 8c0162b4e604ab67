//! Names of documents and of positions in a store.

use automerge::ChangeHash;
use std::{fmt, str::FromStr};

/// Names a document: 16 bytes, written as base58check like every automerge-repo client does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId([u8; 16]);

impl DocumentId {
    /// Wraps the 16 bytes of an id.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Returns the 16 bytes.
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// Says that a text or byte string is no document id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a document id")]
pub struct BadDocumentId;

impl TryFrom<&[u8]> for DocumentId {
    type Error = BadDocumentId;

    fn try_from(bytes: &[u8]) -> Result<Self, BadDocumentId> {
        bytes.try_into().map(Self).map_err(|_| BadDocumentId)
    }
}

impl FromStr for DocumentId {
    type Err = BadDocumentId;

    fn from_str(text: &str) -> Result<Self, BadDocumentId> {
        // 16 bytes and a 4-byte check never need more than 28 characters.
        if text.len() > 28 {
            return Err(BadDocumentId);
        }
        let bytes = bs58::decode(text).with_check(None).into_vec().map_err(|_| BadDocumentId)?;
        Self::try_from(bytes.as_slice())
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bs58::encode(self.0).with_check().into_string())
    }
}

impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The newest changes of a document, sorted; together they name one state of it.
pub type Heads = Vec<ChangeHash>;

/// Returns `heads` sorted, so that equal states compare equal.
pub fn sorted(mut heads: Heads) -> Heads {
    heads.sort_unstable();
    heads
}

/// A position in the one sequence of a store: everything up to `place` has been received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Names the life of the store; another epoch makes every place meaningless.
    pub epoch: String,
    /// The last place that is wholly received.
    pub place: u64,
}

/// What a document is about: the row the server decides access by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// The kind, a key of the server's policy.
    pub kind: String,
    /// Whom or what it concerns, opaque to the server.
    pub subject: String,
    /// The team that serves the subject, if any.
    pub team: String,
    /// The institution of that team, if any.
    pub institution: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_base58check_text() {
        let id = DocumentId::new([7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn the_text_equals_what_automerge_repo_writes() {
        // Printed by automerge-repo's binaryToDocumentId for the bytes 0..16.
        let bytes: [u8; 16] = std::array::from_fn(|i| i as u8);
        let id = DocumentId::new(bytes);
        assert_eq!(id.to_string(), "1Bhh3pU9gLXZiNDL6PEa1Gs9fh");
    }

    #[test]
    fn a_text_with_one_wrong_letter_is_refused() {
        let mut text = DocumentId::new([9; 16]).to_string();
        text.replace_range(3..4, if &text[3..4] == "x" { "y" } else { "x" });
        assert_eq!(text.parse::<DocumentId>(), Err(BadDocumentId));
        assert_eq!("".parse::<DocumentId>(), Err(BadDocumentId));
    }
}
