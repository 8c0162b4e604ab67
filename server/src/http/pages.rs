//! Health and metrics.

use crate::app::App;
use axum::extract::{ConnectInfo, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::Arc;

/// Says that the process lives.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Says whether the store answers.
pub async fn ready(State(app): State<Arc<App>>) -> Response {
    match app.store.accounts_version().await {
        Ok(_) => "ready\n".into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Shows the metrics to this machine only.
pub async fn metrics_from_here(
    state: State<Arc<App>>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
) -> Response {
    if address.ip().is_loopback() { metrics(state).await } else { StatusCode::NOT_FOUND.into_response() }
}

/// Shows the metrics.
pub async fn metrics(State(app): State<Arc<App>>) -> Response {
    app.metrics.render(app.documents.loaded(), &app.store.durability()).into_response()
}
