//! Photos, electrocardiograms and PDFs: the entry is in the record, the file is a blob beside it that its key opens.

use domain::base::{EntryId, StaffId, Timestamp, VisitId};
use serde::Serialize;

use crate::visit::Voided;
use crate::{Tx, WriteError};

domain::open_enum! {
    /// What an attachment shows.
    pub enum AttachmentKind {
        /// A photo.
        Photo = "photo",
        /// An electrocardiogram, photographed or scanned.
        Ecg = "ecg",
        /// A document.
        Pdf = "pdf",
    }
}

/// A file that belongs to a record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Attachment {
    /// The id.
    pub id: EntryId,
    /// What it shows.
    pub kind: AttachmentKind,
    /// The media type of the file, such as `image/jpeg`.
    pub media_type: String,
    /// The size of the file in bytes.
    pub size: u64,
    /// The address of its blob: the SHA-256 of the encrypted file, in hex.
    pub hash: String,
    /// The key of the blob: AES-256, in hex. Whoever may read the record can open it.
    pub key: String,
    /// When it was taken or chosen.
    pub taken_at: Timestamp,
    /// Who did.
    pub by: StaffId,
    /// What it is of, in words.
    pub note: String,
    /// The visit it was taken at.
    pub visit: Option<VisitId>,
    /// Whether it was taken out of the record; kept apart in the document.
    #[serde(skip)]
    pub voided: Option<Voided>,
}

domain::read_by_field! {
    Attachment {
        id, kind, media_type, size, hash, key, taken_at, by, note, visit
    } but { voided }
}

impl Tx<'_, '_> {
    /// Adds an attachment. The document needs [`crate::make_room`] first.
    ///
    /// # Errors
    /// [`WriteError::Exists`] when it is there already.
    pub fn attach(&mut self, attachment: &Attachment) -> Result<(), WriteError> {
        self.insert("attachments", attachment.id.as_str(), attachment)
    }

    /// Takes an attachment out of the record, with a reason. It stays readable.
    ///
    /// # Errors
    /// [`WriteError::NoReason`] without one; [`WriteError::NoSuchEntry`] for one that is not there.
    pub fn void_attachment(&mut self, attachment: &str, void: &Voided) -> Result<(), WriteError> {
        if void.reason.trim().is_empty() {
            return Err(WriteError::NoReason);
        }
        self.entry("attachments", attachment)?;
        self.insert("voids", attachment, void)
    }
}
