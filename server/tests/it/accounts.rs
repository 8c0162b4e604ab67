//! Signing in, and what commands on the same database do to a running server.

use crate::support::{PASSWORD, Reply, start, start_with, status};
use server::app::Settings;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[tokio::test]
async fn signing_in_shows_who_one_is_until_signing_out() {
    let server = start().await;
    server.people().await;
    let cookie = server.cookie("resident").await;
    let header = format!("Cookie: {cookie}\r\n");
    let shown = server.http("GET", "/api/session", &header, "").await;
    assert!(shown.contains(r#""role":"resident""#), "{shown}");
    assert!(shown.contains(r#""residents":["s1"]"#), "{shown}");
    let mut socket = server.socket(Some(&cookie), None).await.expect("a socket");
    socket.join("tab", true).await;
    let out = server.http("DELETE", "/api/session", &header, "").await;
    assert_eq!(status(&out), 204);
    assert_eq!(socket.reply().await, Reply::Closed);
    let shown = server.http("GET", "/api/session", &header, "").await;
    assert_eq!(status(&shown), 401);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_look_alike() {
    let server = start().await;
    server.people().await;
    let wrong = server.login("doctor", "guess").await;
    let unknown = server.login("nobody", PASSWORD).await;
    assert_eq!((status(&wrong), status(&unknown)), (401, 401));
    let body = |answer: &str| answer.split("\r\n\r\n").nth(1).map(str::to_owned);
    assert_eq!(body(&wrong), body(&unknown));
}

#[tokio::test]
async fn guessing_is_limited() {
    let settings = Settings { login_limit: Some(3), ..Settings::default() };
    let server = start_with(settings).await;
    server.people().await;
    for _ in 0..3 {
        assert_eq!(status(&server.login("doctor", "guess").await), 401);
    }
    assert_eq!(status(&server.login("doctor", PASSWORD).await), 429);
    assert_eq!(status(&server.login("nurse", PASSWORD).await), 204);
}

#[tokio::test]
async fn disabling_an_account_ends_its_sockets_within_a_second() {
    let server = start().await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    let mut nurse = server.device("nurse").await;
    // As the command does it: by another connection to the same database.
    let other = server::store::open(&server.database, Arc::new(|_| {})).await.expect("opens");
    let started = Instant::now();
    other.disable_account("doctor").await.expect("disables");
    assert_eq!(doctor.reply().await, Reply::Closed);
    assert!(started.elapsed() < Duration::from_secs(1));
    assert_eq!(status(&server.login("doctor", PASSWORD).await), 401);
    assert!(nurse.list().await.is_empty(), "others stay connected");
}
