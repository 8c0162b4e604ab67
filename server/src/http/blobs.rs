//! `/api/blobs/{document}/{hash}`: uploads that go on where they were cut, and downloads. Whoever may not read the document is
//! told what somebody is told who asks for nothing that exists.

mod upload;

pub use upload::patch;

use super::session;
use crate::app::App;
use crate::store::{Blob, Hash, Read, StoreError, Which};
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::io;
use std::sync::Arc;
use sync::DocumentId;
use sync::relay::Rights;
use tokio::task::spawn_blocking;
use tower::ServiceExt;
use tower_http::services::ServeFile;

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const COMPLETE: HeaderName = HeaderName::from_static("upload-complete");

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

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Refused> {
    match spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(Refused(StatusCode::SERVICE_UNAVAILABLE, "blob_disk")),
    }
}
