//! Health and metrics.

use super::address::is_forwarded;
use crate::app::App;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::Arc;

/// Says that the process lives.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Says whether new clients may come: the store answers, and the server is not about to stop.
pub async fn ready(State(app): State<Arc<App>>) -> Response {
    if *app.leaving.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    match app.store.accounts_version().await {
        Ok(_) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response(),
    }
}

/// Shows the metrics to this machine only, and not to those for whom a proxy on it asks.
pub async fn metrics_from_here(
    state: State<Arc<App>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    if address.ip().to_canonical().is_loopback() && !is_forwarded(&headers) {
        metrics(state).await
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

/// Shows the metrics.
pub async fn metrics(State(app): State<Arc<App>>) -> Response {
    app.metrics.render(app.documents.loaded(), &app.store.durability()).into_response()
}
