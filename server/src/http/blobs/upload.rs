//! Uploads: pieces that are appended, and the moment when they are whole.

use super::super::upgrade;
use super::{Asked, LENGTH, NOT_FOUND, OFFSET, Refused, asked, blocking, number, progress, refuse};
use crate::app::App;
use crate::blobs::AppendError;
use crate::store::{Blob, Room};
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How much is gathered before it goes to the disk.
const GATHERED: usize = 256 << 10;
/// How long an upload may be silent.
const SILENCE: Duration = Duration::from_secs(30);

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
