//! Photos and other files of a record: sealed on this device under a key that lies in the record, sent piece by piece when there
//! is a line, fetched when somebody looks at them.

use super::{
    Replica,
    core::{Core, Edit, FileOf, SaveError, blobs::Hash},
    files::find,
    outbox::{Deed, Outbox},
    random_id,
    vault::Vault,
};
use crate::clock;
use crate::figures::{UPLOAD_PAUSE, UPLOAD_PIECE};
use documents::{Attachment, Kind, WriteError, author, make_room, write};
use domain::base::{EntryId, StaffId};
use futures::{FutureExt, StreamExt, channel::mpsc, pin_mut, select};
use gloo_net::http::{Request, Response};
use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use leptos::prelude::*;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, rc::Rc};
use sync::DocumentId;

/// Binds a sealed file to its purpose.
const LABEL: &str = "attachment";
const KIBIBYTE: usize = 1024;
const SECOND: u32 = 1000;

/// How much of which blob the server has, in percent, while it is being sent.
pub type Uploading = ArcRwSignal<Option<(Hash, u32)>>;

/// Why a file cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// It is not on this device and there is no line.
    Offline,
    /// The server does not have it, or does not give it.
    Missing,
    /// What came, or what is stored, is not what the record names.
    Damaged,
}

impl Replica {
    /// Adds a file to a record. When this returns, both are on the disk.
    ///
    /// # Errors
    /// When the disk or the document refuses; nothing is then written.
    pub async fn attach(self, subject: &str, entry: Attachment, file: Vec<u8>) -> Result<(), SaveError> {
        let core = self.core();
        let Some((id, about)) = find(&core, subject, Kind::Record) else {
            return Err(WriteError::NoSuchEntry.into());
        };
        let (vault, key) = Vault::once().await.map_err(super::store::StoreError::from)?;
        let sealed = vault.seal(LABEL, &file).await.map_err(super::store::StoreError::from)?;
        let hash: Hash = Sha256::digest(&sealed).into();
        let account = self.account().account;
        let (now, writer) = (clock::now(), author(&account));
        let entry = Attachment {
            id: EntryId::new(random_id()),
            size: file.len() as u64,
            hash: hex::encode(hash),
            key: hex::encode(key),
            taken_at: now,
            by: StaffId::new(account),
            ..entry
        };
        let apply = move |document: &mut automerge::Automerge| {
            make_room(document, Kind::Record, "attachments")?;
            write(document, &writer, now, |tx| tx.attach(&entry)).map(drop)
        };
        let edit = Edit { id, about, apply: Box::new(apply) };
        let file = FileOf { id, hash, bytes: sealed };
        core.write_with(Deed::Attachment, subject, vec![edit], None, vec![file]).await
    }

    /// Returns the file of an attachment: from this device, or fetched and kept.
    pub async fn attached(self, subject: &str, attachment: &Attachment) -> Result<Vec<u8>, Unseen> {
        let core = self.core();
        let (id, _) = find(&core, subject, Kind::Record).ok_or(Unseen::Missing)?;
        let hash = from_hex(&attachment.hash).ok_or(Unseen::Damaged)?;
        let key: Hash = from_hex(&attachment.key).ok_or(Unseen::Damaged)?;
        let sealed = match core.blob(id, &hash).await {
            Ok(Some(bytes)) => bytes,
            _ => {
                let bytes = fetch(id, &hash).await?;
                // It can be looked at though there is no room to keep it.
                let _ = core.keep_blob(id, &hash, bytes.clone()).await;
                bytes
            }
        };
        let vault = Vault::with(key).await.map_err(|_| Unseen::Damaged)?;
        vault.open(LABEL, &sealed).await.map_err(|_| Unseen::Damaged)
    }

    /// Returns whether a file waits to be sent.
    #[must_use]
    pub fn is_unsent(self, attachment: &Attachment) -> bool {
        let waiting = self.core().outbox(Outbox::blobs);
        from_hex(&attachment.hash).is_some_and(|hash| waiting.iter().any(|(_, blob)| *blob == hash))
    }

    /// Returns how much of a file the server has, in percent, while it is being sent; tracked.
    #[must_use]
    pub fn upload_of(self, attachment: &Attachment) -> Option<u32> {
        let (hash, percent) = self.core().uploading.get()?;
        (hex::encode(hash) == attachment.hash).then_some(percent)
    }
}

fn from_hex(text: &str) -> Option<Hash> {
    hex::decode(text).ok()?.try_into().ok()
}

fn address(id: DocumentId, hash: &Hash) -> String {
    ["/api/blobs/", &hex::encode(id.bytes()), "/", &hex::encode(hash)].concat()
}

async fn fetch(id: DocumentId, hash: &Hash) -> Result<Vec<u8>, Unseen> {
    let answer = Request::get(&address(id, hash)).send().await.map_err(|_| Unseen::Offline)?;
    if !answer.ok() {
        return Err(Unseen::Missing);
    }
    let bytes = answer.binary().await.map_err(|_| Unseen::Offline)?;
    if Sha256::digest(&bytes).as_slice() == hash { Ok(bytes) } else { Err(Unseen::Damaged) }
}

/// Why a blob was not sent now.
enum Kept {
    /// The line broke, or the server cannot at the moment.
    Line,
    /// The server does not take it.
    Refused,
    /// The device is locked, or another tab has the socket.
    Over,
}

/// How long a blob rests that the server did not take, in ms.
const REST: i64 = 600_000;
/// The longest wait before another attempt over a bad line, in ms.
const LONGEST: u32 = 60_000;

/// Sends what waits whenever `bell` rings, and tries again by itself while the line is bad; ends when nobody can ring any more.
pub async fn send_all(core: Rc<Core>, mut bell: mpsc::UnboundedReceiver<()>) {
    let mut resting: BTreeMap<Hash, i64> = BTreeMap::new();
    let mut pause = None;
    loop {
        let rung = match pause {
            None => bell.next().await.is_some(),
            Some(wait) => {
                let timer = TimeoutFuture::new(wait).fuse();
                let ring = bell.next().fuse();
                pin_mut!(timer, ring);
                select! { () = timer => true, ring = ring => ring.is_some() }
            }
        };
        if !rung {
            return;
        }
        let mut bad = false;
        for (id, hash) in core.sendable() {
            if resting.get(&hash).is_some_and(|until| clock::now().0 < *until) {
                continue;
            }
            let sent = send(&core, id, &hash, &mut bell).await;
            core.uploading.set(None);
            match sent {
                Ok(()) => {}
                Err(Kept::Refused) => drop(resting.insert(hash, clock::now().0 + REST)),
                Err(Kept::Line) => {
                    bad = true;
                    break;
                }
                Err(Kept::Over) => return,
            }
        }
        pause = bad.then(|| pause.map_or(UPLOAD_PAUSE * SECOND, |wait| (2 * wait).min(LONGEST)));
    }
}

/// Sends one blob from where the server has it to its end.
async fn send(
    core: &Core,
    id: DocumentId,
    hash: &Hash,
    bell: &mut mpsc::UnboundedReceiver<()>,
) -> Result<(), Kept> {
    let Some(bytes) = core.blob(id, hash).await.map_err(|_| Kept::Line)? else {
        core.store.health.change(|health| health.lost += 1);
        return core.uploaded(id, hash, None).await.map_err(|_| Kept::Line);
    };
    let address = address(id, hash);
    // Nothing at first: the answer says how far it came before.
    let (mut offset, mut piece) = (0, 0);
    let mut anew = false;
    loop {
        let part = bytes.get(offset..offset + piece).unwrap_or_default();
        let answer = patch(&address, offset, bytes.len(), part).await.ok_or(Kept::Line)?;
        // Rung meanwhile, it is at work; without anybody who could ring, it is over.
        loop {
            match bell.try_recv() {
                Ok(()) => {}
                Err(error) if error.is_closed() => return Err(Kept::Over),
                Err(_) => break,
            }
        }
        match answer.status() {
            204 | 409 => {}
            // What came before is not what was sealed here; it is gone there, and sent once more.
            422 if !anew => {
                (anew, offset, piece) = (true, 0, 0);
                continue;
            }
            401 | 408 | 429 | 500.. => return Err(Kept::Line),
            _ => return Err(Kept::Refused),
        }
        if answer.headers().get("upload-complete").as_deref() == Some("?1") {
            break;
        }
        let told = answer.headers().get("upload-offset").and_then(|offset| offset.parse().ok());
        offset = told.filter(|told| *told <= bytes.len()).ok_or(Kept::Refused)?;
        piece = (UPLOAD_PIECE as usize * KIBIBYTE).min(bytes.len() - offset);
        core.uploading.set(Some((*hash, percent(offset, bytes.len()))));
    }
    core.uploaded(id, hash, Some(bytes)).await.map_err(|_| Kept::Line)
}

async fn patch(address: &str, offset: usize, size: usize, part: &[u8]) -> Option<Response> {
    let request = Request::patch(address)
        .header("upload-offset", &offset.to_string())
        .header("upload-length", &size.to_string())
        .body(Uint8Array::from(part));
    request.ok()?.send().await.ok()
}

fn percent(part: usize, whole: usize) -> u32 {
    (part * 100 / whole.max(1)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_begin_at_nothing_and_say_a_hundred_only_at_the_end() {
        assert_eq!([percent(0, 7), percent(6, 7), percent(7, 7), percent(0, 0)], [0, 85, 100, 0]);
        assert_eq!(percent(9_999_999, 10_000_000), 99);
    }
}
