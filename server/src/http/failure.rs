//! What a request is told that was not done: a status, and a word that a program reads.

use crate::store::StoreError;
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request was not carried out.
#[derive(Debug)]
pub enum Failure {
    /// A status and a word.
    Refused(StatusCode, &'static str),
    /// Too many attempts; the seconds to wait.
    Limited(i64),
    /// The store.
    Store(StoreError),
}

impl Failure {
    /// Not this account's to do.
    pub const FORBIDDEN: Self = Self::Refused(StatusCode::FORBIDDEN, "forbidden");
    /// Nobody is signed in.
    pub const NOBODY: Self = Self::Refused(StatusCode::UNAUTHORIZED, "session");
    /// The password is not theirs.
    pub const PASSWORD: Self = Self::Refused(StatusCode::FORBIDDEN, "password");
    /// The code is not known, used, or over.
    pub const CODE: Self = Self::Refused(StatusCode::NOT_FOUND, "code");
    /// What was typed cannot be.
    pub const FORM: Self = Self::Refused(StatusCode::UNPROCESSABLE_ENTITY, "form");
    /// Something failed here.
    pub const SERVER: Self = Self::Refused(StatusCode::INTERNAL_SERVER_ERROR, "server");
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, word) = match self {
            Self::Refused(status, word) => (status, word),
            Self::Limited(seconds) => {
                let body = Json(json!({ "error": "limited", "seconds": seconds }));
                let wait = [(RETRY_AFTER, seconds.to_string())];
                return (StatusCode::TOO_MANY_REQUESTS, wait, body).into_response();
            }
            Self::Store(StoreError::Exists) => (StatusCode::CONFLICT, "exists"),
            Self::Store(StoreError::Missing) => (StatusCode::NOT_FOUND, "missing"),
            Self::Store(error) => {
                tracing::error!(%error, "request failed because of the store");
                (StatusCode::SERVICE_UNAVAILABLE, "store")
            }
        };
        (status, Json(json!({ "error": word }))).into_response()
    }
}
