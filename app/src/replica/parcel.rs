//! What somebody has not sent, as a file: sealed with a passphrase, read again on any device where they are signed in.

use super::{
    copies::Row,
    outbox::Sending,
    vault::{self, Vault, VaultError},
};
use crate::figures::{PASSPHRASE_MEMORY, PASSPHRASE_PASSES};
use domain::base::json;
use serde::{Deserialize, Serialize};

/// What a file begins with.
const MAGIC: &[u8; 8] = b"XIANGYI1";
/// The most memory in KiB and the most passes that a file may ask for.
const MOST: (u32, u32) = (256 * 1024, 16);

/// What is in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parcel {
    /// Whose changes these are, in hex.
    pub author: String,
    /// What was done, oldest first.
    pub deeds: Vec<Sending>,
    /// The documents that carry it.
    pub documents: Vec<Piece>,
    /// Unfinished forms.
    pub drafts: Vec<Draft>,
    /// Files beside the documents.
    #[serde(default)]
    pub blobs: Vec<Beside>,
}

/// A whole document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    /// Which.
    #[serde(with = "hex")]
    pub id: [u8; 16],
    /// Kind, subject, team and institution.
    pub row: Row,
    /// As Automerge saves it.
    #[serde(with = "hex")]
    pub data: Vec<u8>,
}

/// A sealed file beside a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Beside {
    /// The document.
    #[serde(with = "hex")]
    pub id: [u8; 16],
    /// Its address.
    #[serde(with = "hex")]
    pub hash: [u8; 32],
    /// As it is sent.
    #[serde(with = "hex")]
    pub bytes: Vec<u8>,
}

/// An unfinished form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Where it is kept.
    pub key: String,
    /// What was filled in.
    #[serde(with = "hex")]
    pub form: Vec<u8>,
}

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParcelError {
    /// It is not such a file.
    #[error("not an exported file")]
    Other,
    /// The passphrase does not open it, or it was damaged.
    #[error("the passphrase does not open this file")]
    Passphrase,
    /// Somebody else exported it.
    #[error("exported by somebody else")]
    Stranger,
    /// The browser or the disk refused.
    #[error("this device refused")]
    Device,
}

/// What a key is derived with, as the file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Head {
    salt: [u8; 16],
    memory: u32,
    passes: u32,
}

impl Head {
    fn write(&self) -> Vec<u8> {
        [&MAGIC[..], &self.salt, &self.memory.to_be_bytes(), &self.passes.to_be_bytes()].concat()
    }

    fn read(file: &[u8]) -> Option<(Self, &[u8])> {
        let rest = file.strip_prefix(MAGIC)?;
        let (salt, rest) = rest.split_first_chunk()?;
        let (memory, rest) = rest.split_first_chunk()?;
        let (passes, rest) = rest.split_first_chunk()?;
        let head =
            Self { salt: *salt, memory: u32::from_be_bytes(*memory), passes: u32::from_be_bytes(*passes) };
        // A file from anywhere must not take all the memory.
        (head.memory <= MOST.0 && head.passes <= MOST.1).then_some((head, rest))
    }

    async fn key(&self, passphrase: &str) -> Result<Vault, ParcelError> {
        let key = vault::with_passphrase(passphrase, &self.salt, self.memory, self.passes).await;
        key.map_err(|_| ParcelError::Device)
    }

    /// Binds what is sealed to how its key was derived.
    fn label(&self) -> String {
        ["parcel ", &hex::encode(self.write())].concat()
    }
}

impl Parcel {
    /// Returns the file.
    pub async fn seal(&self, passphrase: &str) -> Result<Vec<u8>, ParcelError> {
        let mut head = Head { salt: [0; 16], memory: PASSPHRASE_MEMORY, passes: PASSPHRASE_PASSES };
        vault::random(&mut head.salt).map_err(|_| ParcelError::Device)?;
        let text = json::write(self).map_err(|_| ParcelError::Other)?;
        let sealed = head.key(passphrase).await?.seal(&head.label(), text.as_bytes()).await;
        Ok([head.write(), sealed.map_err(|_| ParcelError::Device)?].concat())
    }

    /// Reads a file.
    pub async fn open(file: &[u8], passphrase: &str) -> Result<Self, ParcelError> {
        let (head, sealed) = Head::read(file).ok_or(ParcelError::Other)?;
        let text =
            head.key(passphrase).await?.open(&head.label(), sealed).await.map_err(|error| match error {
                VaultError::Unavailable => ParcelError::Device,
                _ => ParcelError::Passphrase,
            })?;
        json::read(&text).map_err(|_| ParcelError::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replica::outbox::Deed;
    use sync::About;

    #[test]
    fn what_a_file_says_of_its_key_is_read_as_it_was_written() {
        let head = Head { salt: [7; 16], memory: 65536, passes: 3 };
        let file = [head.write(), vec![1, 2]].concat();
        assert_eq!(head.write().len(), 32);
        assert_eq!(Head::read(&file), Some((head, &[1, 2][..])));
    }

    #[test]
    fn another_file_and_one_that_asks_for_all_the_memory_are_refused() {
        let greedy = Head { salt: [0; 16], memory: u32::MAX, passes: 1 }.write();
        let slow = Head { salt: [0; 16], memory: 8, passes: 1000 }.write();
        for file in [&b""[..], b"PK\x03\x04", &MAGIC[..], &greedy, &slow] {
            assert_eq!(Head::read(file), None);
        }
    }

    #[test]
    fn deeds_documents_and_drafts_survive_the_file() {
        let about =
            About { kind: "record".into(), subject: "s".into(), team: "t".into(), institution: "i".into() };
        let parcel = Parcel {
            author: "00ff".into(),
            deeds: vec![Sending {
                deed: Deed::Visit,
                subject: "s".into(),
                at: 5,
                sent: None,
                submitted: false,
                open: vec![([1; 16], [2; 32])],
                blobs: vec![([1; 16], [3; 32])],
            }],
            documents: vec![Piece { id: [1; 16], row: Row::of(&about), data: vec![9, 8] }],
            drafts: vec![Draft { key: "visit/s".into(), form: b"{}".to_vec() }],
            blobs: vec![Beside { id: [1; 16], hash: [3; 32], bytes: vec![7] }],
        };
        let text = json::write(&parcel).unwrap();
        assert_eq!(json::read::<Parcel>(text.as_bytes()).unwrap(), parcel);
    }
}
