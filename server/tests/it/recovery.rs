//! Keys of devices whose owners forgot their PIN.

use crate::support::{Running, start, start_with, status};
use server::app::{Clock, Settings};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

async fn ask(server: &Running, method: &str, cookie: &str, body: &str) -> (u16, String) {
    let answer = server.http(method, "/api/recovery", &format!("Cookie: {cookie}\r\n"), body).await;
    (status(&answer), answer.rsplit("\r\n\r\n").next().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_key_is_opened_for_the_account_that_had_it_sealed_and_for_nobody_else() {
    let server = start().await;
    server.people().await;
    let (own, other) = (server.cookie("doctor").await, server.cookie("nurse").await);
    let (code, sealed) = ask(&server, "PUT", &own, KEY).await;
    assert_eq!(code, 200);
    assert!(!sealed.contains(KEY));
    assert_eq!(ask(&server, "POST", &own, &sealed).await, (200, KEY.to_owned()));
    assert_eq!(ask(&server, "POST", &other, &sealed).await.0, 404);
    assert_eq!(ask(&server, "POST", &own, KEY).await.0, 404);
    assert_eq!(ask(&server, "POST", "", &sealed).await.0, 401);
    assert_eq!(ask(&server, "PUT", &own, "00").await.0, 422);
    let server = server.restart().await;
    let own = server.cookie("doctor").await;
    assert_eq!(ask(&server, "POST", &own, &sealed).await, (200, KEY.to_owned()), "after a restart");
}

#[tokio::test]
async fn a_session_that_is_older_than_five_minutes_opens_no_key() {
    let time = Arc::new(AtomicI64::new(1_790_000_000_000));
    let shown = Arc::clone(&time);
    let clock = Clock(Arc::new(move || shown.load(Ordering::SeqCst)));
    let server = start_with(Settings { clock, ..Settings::default() }).await;
    server.people().await;
    let cookie = server.cookie("doctor").await;
    time.fetch_add(4 * 60_000, Ordering::SeqCst);
    let (_, sealed) = ask(&server, "PUT", &cookie, KEY).await;
    assert_eq!(ask(&server, "POST", &cookie, &sealed).await.0, 200);
    time.fetch_add(2 * 60_000, Ordering::SeqCst);
    assert_eq!(ask(&server, "POST", &cookie, &sealed).await.0, 403);
    assert_eq!(ask(&server, "PUT", &cookie, KEY).await.0, 200, "sealing tells nothing");
    let fresh = server.cookie("doctor").await;
    assert_eq!(ask(&server, "POST", &fresh, &sealed).await.0, 200);
}
