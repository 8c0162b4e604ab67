//! The site: precompressed files, and headers that let a page do nothing but its work.

use crate::app::App;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// How long a small request may take.
const IN_TIME: Duration = Duration::from_secs(20);
/// For a year; whether other names of the domain are on https too is not known here.
const HTTPS_ONLY: &str = "max-age=31536000";
/// The camera is for codes and photographs; a page needs nothing else of the device.
const PERMISSIONS: &str = "camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), \
    microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), display-capture=()";
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Serves a file; a path without a dot is a page of the app.
pub async fn serve(State(app): State<Arc<App>>, request: Request) -> Response {
    let Some(site) = &app.settings.site else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let path = request.uri().path();
    let last = path.rsplit('/').next().unwrap_or_default();
    let path = if last.contains('.') { path.to_owned() } else { "/index.html".to_owned() };
    let Ok(uri) = path.parse::<Uri>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (mut parts, _) = request.into_parts();
    parts.uri = uri;
    let files = ServeDir::new(site).append_index_html_on_directories(false);
    let files = files.precompressed_br().precompressed_gzip();
    let answer = files.oneshot(Request::from_parts(parts, Body::empty())).await;
    let Ok(mut response) = answer.map(IntoResponse::into_response);
    let cache = if is_hashed(&path) && response.status().is_success() {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// Ends a request that does not come or is not answered in time.
pub async fn in_time(request: Request, next: Next) -> Response {
    match timeout(IN_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

/// Adds what every answer carries.
pub async fn protect(request: Request, next: Next) -> Response {
    let https = super::cookie::is_https(request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    if https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HTTPS_ONLY));
    }
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Tells whether a name, or a directory above it, holds the hash of its content: `-<16 hex>` and then `.` or `/`.
fn is_hashed(path: &str) -> bool {
    path.split('-').skip(1).any(|rest| {
        let (hash, tail) = rest.split_at_checked(16).unwrap_or(("", ""));
        tail.starts_with(['.', '/']) && hash.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_starts_workers_of_its_own_site_only() {
        let workers: Vec<&str> = POLICY.split("; ").filter(|rule| rule.starts_with("worker-src")).collect();
        assert_eq!(workers, ["worker-src 'self'"]);
    }

    #[test]
    fn only_names_with_a_content_hash_are_kept_for_ever() {
        assert!(is_hashed("/app-0123456789abcdef.wasm"));
        assert!(is_hashed("/a-b-0123456789abcdef.js"));
        assert!(is_hashed("/app-0123456789abcdef/app.js"));
        assert!(!is_hashed("/app-0123456789abcde.wasm"));
        assert!(!is_hashed("/app-0123456789abcdefg.wasm"));
        assert!(!is_hashed("/sw.js"));
        assert!(!is_hashed("/index.html"));
    }
}
