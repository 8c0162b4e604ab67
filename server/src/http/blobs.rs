//! `/api/blobs/{document}/{hash}`: uploads that go on where they were cut, and downloads. Whoever may not read the document is
//! told what somebody is told who asks for nothing that exists.

use super::{session, upgrade};
use crate::app::App;
use crate::blobs::AppendError;
use crate::store::{Blob, Hash, Read, Room, StoreError, Which};
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use sync::DocumentId;
use sync::relay::Rights;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tower::ServiceExt;
use tower_http::services::ServeFile;

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const COMPLETE: HeaderName = HeaderName::from_static("upload-complete");
/// How much is gathered before it goes to the disk.
const GATHERED: usize = 256 << 10;
/// How long an upload may be silent.
const SILENCE: Duration = Duration::from_secs(30);

/// Why a request is refused: the status, and the word that names it in metrics and to the device.
struct Refused(StatusCode, &'static str);

const NOT_FOUND: Refused = Refused(StatusCode::NOT_FOUND, "blob_unknown");

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "blob refused because of the store");
        Self(StatusCode::SERVICE_UNAVAILABLE, "blob_store")
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        tracing::error!(%error, "blob refused because of the disk");
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self(StatusCode::INSUFFICIENT_STORAGE, "blob_disk_full")
            }
            _ => Self(StatusCode::SERVICE_UNAVAILABLE, "blob_disk"),
        }
    }
}

/// A request for a blob, by somebody who may read its document.
struct Asked {
    document: DocumentId,
    hash: Hash,
    account: String,
    rights: Rights,
    /// The grant that lets them read, where it is not the policy.
    grant: Option<String>,
    known: Option<Blob>,
}

async fn asked(app: &App, path: &(String, String), headers: &HeaderMap) -> Result<Asked, Refused> {
    let current = session::current(app, headers).await;
    let current = current.map_err(|status| Refused(status, "blob_store"))?;
    let Some((account, _, _)) = current else {
        return Err(Refused(StatusCode::UNAUTHORIZED, "session"));
    };
    let document: [u8; 16] = from_hex(&path.0).ok_or(NOT_FOUND)?;
    let (document, hash) = (DocumentId::new(document), from_hex(&path.1).ok_or(NOT_FOUND)?);
    let row = app.store.row(document).await?.ok_or(NOT_FOUND)?;
    let mut rights = app.policy.rights(&account, &row.about, &row.creator);
    let mut grant = None;
    if !rights.read {
        let now = app.time.now();
        let granted = app.store.grants(Which::Reader(account.name.clone()), true).await?;
        let found = granted.into_iter().find(|grant| grant.runs(now) && grant.documents.contains(&document));
        grant = Some(found.ok_or(NOT_FOUND)?.id);
        rights.read = true;
    }
    let known = app.store.blob(document, hash).await?;
    Ok(Asked { document, hash, account: account.name, rights, grant, known })
}

fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    hex::decode(text).ok()?.try_into().ok()
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

fn refuse(app: &App, Refused(status, word): Refused) -> Response {
    app.metrics.refuse(word);
    (status, Json(serde_json::json!({ "error": word }))).into_response()
}

/// Says how far an upload is.
fn progress(status: StatusCode, offset: u64, size: Option<u64>, complete: bool) -> Response {
    let mut response = status.into_response();
    let headers = response.headers_mut();
    headers.insert(OFFSET, offset.into());
    headers.insert(COMPLETE, HeaderValue::from_static(if complete { "?1" } else { "?0" }));
    if let Some(size) = size {
        headers.insert(LENGTH, size.into());
    }
    response
}

/// Tells how much of a blob is here: `Upload-Offset`, and `Upload-Complete: ?1` when nothing more is needed.
pub async fn head(
    State(app): State<Arc<App>>,
    Path(path): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let told = async {
        let Asked { document, hash, rights, known, .. } = asked(&app, &path, &headers).await?;
        let shelf = app.shelf.clone();
        let length = blocking(move || shelf.length(document, hash)).await?;
        match known {
            Some(blob) if blob.whole && length == blob.size => {
                Ok(progress(StatusCode::OK, length, Some(length), true))
            }
            Some(blob) if rights.write => Ok(progress(StatusCode::OK, length, Some(blob.size), false)),
            None if rights.write => Ok(progress(StatusCode::OK, 0, None, false)),
            _ => Err(NOT_FOUND),
        }
    };
    told.await.unwrap_or_else(|refused| refuse(&app, refused))
}

/// Sends a whole blob, or the range of it that is asked for.
pub async fn get(
    State(app): State<Arc<App>>,
    Path(path): Path<(String, String)>,
    request: Request,
) -> Response {
    let Asked { document, hash, account, grant, known, .. } =
        match asked(&app, &path, request.headers()).await {
            Ok(asked) => asked,
            Err(refused) => return refuse(&app, refused),
        };
    if !known.is_some_and(|blob| blob.whole) {
        return refuse(&app, NOT_FOUND);
    }
    if let Some(grant) = grant
        && let Err(error) = app.store.note_read(Read { at: app.time.now(), account, document, grant }).await
    {
        return refuse(&app, error.into());
    }
    let Ok(mut response) = ServeFile::new(app.shelf.file(document, hash)).oneshot(request).await;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    response.into_response()
}

/// Appends at `Upload-Offset`; the first piece says the `Upload-Length` of the whole.
pub async fn patch(
    State(app): State<Arc<App>>,
    Path(path): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    // On a task of its own: what has come is kept though the line is cut.
    let task = tokio::spawn(async move {
        let done = receive(&app, &path, &headers, body).await;
        done.unwrap_or_else(|refused| refuse(&app, refused))
    });
    task.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn receive(
    app: &App,
    path: &(String, String),
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    if !upgrade::allowed(&app.settings.origins, headers) {
        return Err(Refused(StatusCode::FORBIDDEN, "origin"));
    }
    let Asked { document, hash, account, rights, known, .. } = asked(app, path, headers).await?;
    if !rights.write {
        return Err(NOT_FOUND);
    }
    let offset = number(headers, &OFFSET).ok_or(Refused(StatusCode::BAD_REQUEST, "blob_offset_missing"))?;
    let size = number(headers, &LENGTH).or(known.map(|blob| blob.size));
    let size = size.ok_or(Refused(StatusCode::BAD_REQUEST, "blob_length_missing"))?;
    let quota = app.settings.blob_quota;
    if size > quota.blob {
        return Err(Refused(StatusCode::PAYLOAD_TOO_LARGE, "blob_too_large"));
    }
    let wish = Blob { document, hash, size, whole: false };
    let blob = match app.store.reserve_blob(wish, &account, app.now(), quota).await? {
        Room::Kept(blob) => blob,
        Room::Document => return Err(Refused(StatusCode::PAYLOAD_TOO_LARGE, "blob_document_full")),
        Room::Account => return Err(Refused(StatusCode::PAYLOAD_TOO_LARGE, "blob_account_full")),
    };
    if blob.size != size {
        return Err(Refused(StatusCode::CONFLICT, "blob_other_length"));
    }
    let shelf = app.shelf.clone();
    let length = blocking(move || shelf.length(document, hash)).await?;
    if blob.whole && length == size {
        return Ok(progress(StatusCode::NO_CONTENT, size, Some(size), true));
    }
    let mut at = offset;
    if length == offset {
        let (reached, end) = gather(app, &blob, offset, body).await;
        at = reached;
        end?;
    } else {
        drain(body).await;
    }
    let shelf = app.shelf.clone();
    let length = blocking(move || shelf.length(document, hash)).await?;
    if length != at {
        app.metrics.refuse("blob_offset");
        return Ok(progress(StatusCode::CONFLICT, length, Some(size), false));
    }
    if length < size {
        return Ok(progress(StatusCode::NO_CONTENT, length, Some(size), false));
    }
    // The right may have gone while the bytes came.
    if !asked(app, path, headers).await?.rights.write {
        return Err(NOT_FOUND);
    }
    let shelf = app.shelf.clone();
    if !blocking(move || shelf.verify(document, hash)).await? {
        let shelf = app.shelf.clone();
        blocking(move || shelf.remove(document, hash)).await?;
        return Err(Refused(StatusCode::UNPROCESSABLE_ENTITY, "blob_hash"));
    }
    app.store.keep_blob(document, hash, app.now()).await?;
    app.metrics.kept_blob(size);
    Ok(progress(StatusCode::NO_CONTENT, size, Some(size), true))
}

/// Writes what comes in, up to the blob's size; returns how far it came, and why it ended if it should not have.
async fn gather(app: &App, blob: &Blob, offset: u64, body: Body) -> (u64, Result<(), Refused>) {
    let mut stream = body.into_data_stream();
    let mut gathered = Vec::new();
    let mut at = offset;
    loop {
        let (piece, end) = match timeout(SILENCE, stream.next()).await {
            Ok(Some(Ok(piece))) => (piece, None),
            Ok(None) => (Bytes::new(), Some(Ok(()))),
            // Nobody may be there to hear it; what came is kept.
            Ok(Some(Err(_))) => (Bytes::new(), Some(Err(Refused(StatusCode::BAD_REQUEST, "blob_cut")))),
            Err(_) => (Bytes::new(), Some(Err(Refused(StatusCode::REQUEST_TIMEOUT, "blob_silent")))),
        };
        gathered.extend_from_slice(&piece);
        if at + gathered.len() as u64 > blob.size {
            return (at, Err(Refused(StatusCode::PAYLOAD_TOO_LARGE, "blob_longer_than_said")));
        }
        if (gathered.len() >= GATHERED || end.is_some()) && !gathered.is_empty() {
            let count = gathered.len() as u64;
            if let Err(refused) = write(app, blob, at, std::mem::take(&mut gathered)).await {
                return (at, refused);
            }
            at += count;
        }
        if let Some(end) = end {
            return (at, end);
        }
    }
}

/// Reads a piece that is of no use, so that its sender gets to hear the answer; nobody sends much more at a time.
async fn drain(body: Body) {
    let mut stream = body.into_data_stream();
    let mut left = 4 * GATHERED;
    while let Ok(Some(Ok(piece))) = timeout(SILENCE, stream.next()).await {
        left = left.saturating_sub(piece.len());
        if left == 0 {
            return;
        }
    }
}

/// Appends to the file. Whoever was overtaken by another upload of the same stops, and is told how far it is.
async fn write(app: &App, blob: &Blob, at: u64, bytes: Vec<u8>) -> Result<(), Result<(), Refused>> {
    let (shelf, document, hash) = (app.shelf.clone(), blob.document, blob.hash);
    let done = blocking(move || match shelf.append(document, hash, at, &bytes) {
        Ok(()) => Ok(true),
        Err(AppendError::Offset(_)) => Ok(false),
        Err(AppendError::Disk(error)) => Err(error),
    });
    match done.await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Ok(())),
        Err(refused) => Err(Err(refused)),
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Refused> {
    match spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(Refused(StatusCode::SERVICE_UNAVAILABLE, "blob_disk")),
    }
}
