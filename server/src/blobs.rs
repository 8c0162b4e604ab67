//! Blobs on disk: a folder a document, a file a blob, named by their addresses. A file grows while its blob comes in.

pub mod sweep;

use crate::store::Hash;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use sync::DocumentId;

/// The folder of all blobs.
#[derive(Debug, Clone)]
pub struct Shelf(PathBuf);

/// Says why bytes were not appended.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The file has another length than the bytes begin at.
    #[error("the blob has {0} bytes")]
    Offset(u64),
    /// The disk.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

impl Shelf {
    /// Keeps blobs in `folder`, which is made when the first one comes.
    pub fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Returns the file of a blob.
    pub fn file(&self, document: DocumentId, hash: Hash) -> PathBuf {
        let document = hex::encode(document.bytes());
        let (first, _) = document.split_at(2);
        self.0.join(first).join(&document).join(hex::encode(hash))
    }

    /// Returns how many bytes of a blob are here.
    pub fn length(&self, document: DocumentId, hash: Hash) -> io::Result<u64> {
        match fs::metadata(self.file(document, hash)) {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Appends bytes that begin at `offset`; they are on stable storage when this returns.
    pub fn append(
        &self,
        document: DocumentId,
        hash: Hash,
        offset: u64,
        bytes: &[u8],
    ) -> Result<(), AppendError> {
        let path = self.file(document, hash);
        if offset == 0 {
            make_folder(&self.0, path.parent().unwrap_or(&self.0))?;
        }
        let opened = OpenOptions::new().append(true).create(offset == 0).open(&path);
        let mut file = match opened {
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(AppendError::Offset(0)),
            opened => opened?,
        };
        // Whoever else appends, in this relay or in another one on the same disk, waits; closing the file ends it.
        file.lock()?;
        let length = file.metadata()?.len();
        if length != offset {
            return Err(AppendError::Offset(length));
        }
        file.write_all(bytes)?;
        file.sync_data()?;
        if offset == 0 {
            sync_folder(path.parent().unwrap_or(&self.0))?;
        }
        Ok(())
    }

    /// Tells whether a file is what its address says, and puts all of it on stable storage if so.
    pub fn verify(&self, document: DocumentId, hash: Hash) -> io::Result<bool> {
        let mut file = match File::open(self.file(document, hash)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            opened => opened?,
        };
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = file.read(&mut buffer)?;
            let Some(read) = buffer.get(..count).filter(|read| !read.is_empty()) else { break };
            hasher.update(read);
        }
        file.sync_all()?;
        Ok(hasher.finalize().as_slice() == hash)
    }

    /// Removes a file, and its document's folder with the last one.
    pub fn remove(&self, document: DocumentId, hash: Hash) -> io::Result<()> {
        let path = self.file(document, hash);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        // Others lie in it, or it is not there.
        let _ = fs::remove_dir(path.parent().unwrap_or(&self.0));
        Ok(())
    }
}

/// Makes the folders from `root` down to `folder`, so that they are there after a loss of power too.
fn make_folder(root: &Path, folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    for made in folder.ancestors().skip(1) {
        sync_folder(made)?;
        if made == root {
            break;
        }
    }
    Ok(())
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
