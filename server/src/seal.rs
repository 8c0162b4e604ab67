//! What must be read again and yet not lie open in the database: sealed under a key in a file that backups of the database
//! do not hold.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::Rng;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

const NONCE: usize = 24;

/// Says why the key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The file cannot be read or made.
    #[error("key file: {0}")]
    File(#[from] io::Error),
    /// The file holds something else.
    #[error("the key file does not hold 64 hex digits")]
    Form,
}

/// Seals and opens under one key.
pub struct Seal(XChaCha20Poly1305);

impl std::fmt::Debug for Seal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Seal")
    }
}

impl Seal {
    /// Uses the key in a file, which is made, for its owner only, where there is none.
    pub fn open_file(path: &Path) -> Result<Self, SealError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => make(path)?,
            Err(error) => return Err(error.into()),
        };
        let mut key = [0; 32];
        hex::decode_to_slice(text.trim(), &mut key).map_err(|_| SealError::Form)?;
        Ok(Self(XChaCha20Poly1305::new(&key.into())))
    }

    /// Uses this key of 32 bytes.
    pub fn with(key: &[u8]) -> Option<Self> {
        Some(Self(XChaCha20Poly1305::new_from_slice(key).ok()?))
    }

    /// Seals `plain` for `place`; it opens nowhere else. `None` only for more than fits into memory.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE] = rand::rng().random();
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        let sealed = self.0.encrypt(XNonce::from_slice(&nonce), payload).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for `place` under this key.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        self.0.decrypt(XNonce::from_slice(nonce), payload).ok()
    }
}

/// Makes a key; of several that start at once, one wins and all use its key.
fn make(path: &Path) -> Result<String, SealError> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let key = hex::encode(rand::rng().random::<[u8; 32]>());
    let fresh = path.with_extension(format!("{}.new", hex::encode(rand::rng().random::<[u8; 8]>())));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)?;
    file.write_all(key.as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&fresh, path);
    fs::remove_file(&fresh)?;
    match linked {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(fs::read_to_string(path)?),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_file_at_the_same_place_only() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("deep/key");
        let sealed = Seal::open_file(&path).expect("makes a key").seal("a", b"secret").expect("seals");
        let again = Seal::open_file(&path).expect("reads the key");
        assert_eq!(again.open("a", &sealed).as_deref(), Some(b"secret".as_slice()));
        assert_eq!(again.open("b", &sealed), None);
        let other = Seal::open_file(&dir.path().join("other")).expect("makes another");
        assert_eq!(other.open("a", &sealed), None);
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
    }
}
