//! Where one is signed in, and signing out there.

use super::caller::Caller;
use super::failure::Failure;
use crate::app::App;
use crate::store::SHORT;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use std::sync::Arc;

/// One place where the account is signed in.
#[derive(Serialize)]
pub struct Shown {
    id: String,
    device: String,
    since: i64,
    seen: i64,
    current: bool,
}

/// Lists the caller's sessions.
pub async fn list(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Vec<Shown>>, Failure> {
    let sessions = app.store.sessions(&caller.account.name, app.now()).await?;
    let shown = sessions.into_iter().map(|session| Shown {
        current: caller.token.get(..SHORT) == Some(&session.id),
        id: hex::encode(session.id),
        device: session.device,
        since: session.since,
        seen: session.seen,
    });
    Ok(Json(shown.collect()))
}

/// Ends one of the caller's sessions, and its sockets.
pub async fn end(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Failure> {
    let id = hex::decode(id).map_err(|_| Failure::FORM)?;
    let event = caller.event(&app, "sign-out", "remote");
    app.store.end_one(&caller.account.name, id, event).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends every session of the caller but this one.
pub async fn end_others(State(app): State<Arc<App>>, caller: Caller) -> Result<StatusCode, Failure> {
    let event = caller.event(&app, "sign-out", "others");
    app.store.end_others(&caller.account.name, Some(caller.token), event).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Returns what a browser says of itself, in the two words that people know their device by.
pub fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| agent.contains(sign)).map_or("", |(_, name)| *name)
    };
    // The order matters: every browser claims to be those after it.
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("OpenHarmony", "HarmonyOS"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    let browser = first(&[
        ("MicroMessenger", "WeChat"),
        ("HuaweiBrowser", "Huawei Browser"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    [system, browser].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(agent: &str, expected: &str) {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, agent.parse().expect("a header"));
        assert_eq!(device(&headers), expected);
    }

    #[test]
    fn a_device_is_called_by_its_system_and_browser() {
        check(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Windows · Edge",
        );
        check("Mozilla/5.0 (Linux; Android 14; V2) Chrome/140.0 Mobile Safari/537.36", "Android · Chrome");
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "iPhone · Safari",
        );
        check("curl/8.0", "");
    }
}
