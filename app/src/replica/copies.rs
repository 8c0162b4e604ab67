//! What was not sent is stored twice: should one of the two be damaged, the other is still there.
//!
//! The names of the copies are in clear, so that a device can count what somebody has not sent without their PIN.

use domain::base::json;
use serde::{Deserialize, Serialize};
use sync::About;

/// What the keys of the copies begin with, in the table of single values.
pub const COPIES: &str = "unsent/";

/// A copy of a chunk, with what the index says of its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Kind, subject, team and institution.
    pub about: About,
    /// The chunk.
    pub chunk: Vec<u8>,
}

/// Kind, subject, team and institution as they are stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row(String, String, String, String);

impl Row {
    /// Takes a document's row.
    pub fn of(about: &About) -> Self {
        let About { kind, subject, team, institution } = about.clone();
        Self(kind, subject, team, institution)
    }

    /// Returns the document's row.
    pub fn about(self) -> About {
        let Self(kind, subject, team, institution) = self;
        About { kind, subject, team, institution }
    }
}

impl Copy {
    /// Returns the bytes to store: the length of the row, the row, the chunk.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let row = json::write(&Row::of(&self.about)).unwrap_or_default();
        let length = (row.len() as u32).to_be_bytes();
        [&length, row.as_bytes(), &self.chunk].concat()
    }

    /// Reads a copy; nothing when it is none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk()?;
        let (row, chunk) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        Some(Self { about: json::read::<Row>(row).ok()?.about(), chunk: chunk.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_survives_the_disk_and_what_is_none_is_not_taken_for_one() {
        let about = About {
            kind: "record".into(),
            subject: "s".into(),
            team: String::new(),
            institution: "i".into(),
        };
        let copy = Copy { about, chunk: vec![1, 2, 3] };
        assert_eq!(Copy::read(&copy.write()), Some(copy.clone()));
        for bad in [&b""[..], b"\0\0", b"\0\0\0\x09ab", b"\0\0\0\x02{}x"] {
            assert_eq!(Copy::read(bad), None);
        }
    }
}
