//! Leaving without losing anything.

use crate::support::{Reply, about, document, id, put, start_with, status};
use server::app::Settings;
use std::time::{Duration, Instant};
use sync::wire::Message;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn a_server_that_leaves_says_so_first_and_acknowledges_what_is_under_way() {
    let server = start_with(Settings { drain: Duration::from_millis(600), ..Settings::default() }).await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    assert_eq!(status(&server.http("GET", "/readyz", "", "").await), 200);
    let (host, app) = (server.host.clone(), std::sync::Arc::clone(&server.app));
    let started = Instant::now();
    let stopping = tokio::spawn(server.stop());
    let mut leaving = app.leaving.clone();
    leaving.wait_for(|leaving| *leaving).await.expect("it leaves");
    // A balancer hears it, and clients go on meanwhile.
    let mut stream = TcpStream::connect(&host).await.expect("connects");
    let asked = format!("GET /readyz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).await.expect("writes");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("reads");
    assert_eq!(status(&answer), 503);
    let mut record = document("doctor");
    put(&mut record, "a last visit");
    doctor.send(Message::Create { document: id(1), about: about("record", "s1", "t1") }).await;
    doctor.push(id(1), record.get_changes(&[]), record.get_heads()).await;
    assert_eq!(doctor.reply().await, Reply::Durable);
    assert_eq!(doctor.reply().await, Reply::Closed);
    stopping.await.expect("stops");
    assert!(started.elapsed() >= Duration::from_millis(600));
    assert!(started.elapsed() < Duration::from_secs(5), "and does not dawdle: {:?}", started.elapsed());
}
