//! `GET /sync`: from a request with a session to a socket.

use super::session;
use crate::app::App;
use crate::socket;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use sync::wire::MAX_FRAME;

/// What a silent socket keeps in memory; most frames are small.
const READ_BUFFER: usize = 8 * 1024;

/// Opens a socket: 401 without a session, 403 from a foreign origin.
pub async fn upgrade(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Response {
    if !allowed(&app.settings.origins, &headers) {
        app.metrics.refuse("origin");
        return StatusCode::FORBIDDEN.into_response();
    }
    let (account, token, expires) = match session::current(&app, &headers).await {
        Ok(Some(current)) => current,
        Ok(None) => {
            app.metrics.refuse("session");
            return StatusCode::UNAUTHORIZED.into_response();
        }
        Err(status) => return status.into_response(),
    };
    if *app.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the server is stopping\n").into_response();
    }
    let Some(seat) = app.shares.open(&account.name) else {
        app.metrics.refuse("connections");
        return (StatusCode::TOO_MANY_REQUESTS, "too many connections of this account\n").into_response();
    };
    match upgrade {
        Ok(upgrade) => upgrade
            .read_buffer_size(READ_BUFFER)
            .max_message_size(MAX_FRAME)
            .max_frame_size(MAX_FRAME)
            .on_upgrade(move |socket| socket::serve(app, socket, account, seat, token, expires)),
        Err(rejection) => rejection.into_response(),
    }
}

/// A browser always says where a page came from; a client that says nothing is no page.
pub(super) fn allowed(origins: &[String], headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    if !origins.is_empty() {
        return origins.iter().any(|own| own.trim_end_matches('/') == origin);
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let named = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    named.is_some() && named == host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(origins: &[&str], origin: Option<&str>, expected: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, "xiangyi.example:8080".parse().expect("host"));
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().expect("origin"));
        }
        let origins: Vec<String> = origins.iter().map(|&o| o.to_owned()).collect();
        assert_eq!(allowed(&origins, &headers), expected, "{origin:?}");
    }

    #[test]
    fn only_the_own_origin_or_none_opens_a_socket() {
        check(&[], None, true);
        check(&[], Some("http://xiangyi.example:8080"), true);
        check(&[], Some("https://xiangyi.example:8080"), true);
        check(&[], Some("http://xiangyi.example"), false);
        check(&[], Some("http://evil.example"), false);
        check(&[], Some("http://xiangyi.example:8080.evil.example"), false);
        check(&[], Some("null"), false);
    }

    #[test]
    fn behind_a_proxy_the_named_origins_count() {
        check(&["https://county.example"], Some("https://county.example"), true);
        check(&["https://county.example/"], Some("https://county.example"), true);
        check(&["https://county.example"], Some("http://xiangyi.example:8080"), false);
    }
}
