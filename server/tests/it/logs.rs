//! What a busy server writes into its log: JSON, and nobody's name.

use crate::support::{Peer, Reply, about, document, id, put};
use std::fs::File;
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

const SERVER: &str = env!("CARGO_BIN_EXE_server");
const NAME: &str = "wang-xiulan-4711";
const PASSWORD: &str = "correct-horse-battery";
const GUESS: &str = "wrong-horse-battery";
const SUBJECT: &str = "subject-110101199003070000";
const CONTENT: &str = "content-hypertension";

async fn sign_in(host: &str, name: &str, password: &str) -> String {
    let body = format!(r#"{{"account":"{name}","password":"{password}"}}"#);
    let mut stream = TcpStream::connect(host).await.expect("connects");
    let request = format!(
        "POST /api/session HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.expect("writes");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("reads");
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    cookie.and_then(|cookie| cookie.split(';').next()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_log_of_a_busy_server_is_json_and_names_nobody() {
    let dir = TempDir::new().expect("a directory");
    let database = format!("sqlite:{}", dir.path().join("data.db").display());
    let mut adding = Command::new(SERVER)
        .args(["account", "add", NAME, "--role", "village_doctor", "--team", "t1", "--database", &database])
        .stdin(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut input = adding.stdin.take().expect("an input");
    input.write_all(format!("{PASSWORD}\n").as_bytes()).await.expect("writes");
    drop(input);
    assert!(adding.wait().await.expect("ends").success());

    let path = dir.path().join("log");
    let mut child = Command::new(SERVER)
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--login-limit",
            "2",
            "--verbose",
            "--database",
            &database,
        ])
        .env_remove("RUST_LOG")
        .stdout(Stdio::piped())
        .stderr(File::create(&path).expect("a log"))
        .kill_on_drop(true)
        .spawn()
        .expect("starts");
    let output = child.stdout.take().expect("an output");
    let line = BufReader::new(output).lines().next_line().await.expect("reads").expect("a line");
    let host = line.trim_start_matches("listening http://").to_owned();

    let cookie = sign_in(&host, NAME, PASSWORD).await;
    for _ in 0..4 {
        assert_eq!(sign_in(&host, NAME, GUESS).await, "");
    }
    let mut request = format!("ws://{host}/sync").into_client_request().expect("a request");
    request.headers_mut().insert("cookie", cookie.parse().expect("a header"));
    let (socket, _) = tokio_tungstenite::connect_async(request).await.expect("a socket");
    let mut doctor = Peer::new(socket);
    doctor.join("tablet", true).await;
    let mut record = document(NAME);
    put(&mut record, CONTENT);
    assert_eq!(doctor.upload(id(1), about("record", SUBJECT, "t1"), &record).await, Reply::Durable);
    // Refused, broken, and foreign.
    let mut foreign = document("somebody-else");
    put(&mut foreign, CONTENT);
    assert_eq!(doctor.upload(id(2), about("record", SUBJECT, "t1"), &foreign).await, Reply::Unavailable);
    assert_eq!(doctor.upload(id(3), about("record", SUBJECT, "t9"), &record).await, Reply::Unavailable);
    doctor.send_bytes(CONTENT.as_bytes().to_vec()).await;
    assert_eq!(doctor.reply().await, Reply::Closed);
    child.start_kill().expect("is killed");
    child.wait().await.expect("ends");

    let log = std::fs::read_to_string(&path).expect("a log");
    assert!(log.lines().count() >= 5, "it was busy: {log}");
    let token = cookie.split('=').nth(1).expect("a token");
    for secret in [NAME, PASSWORD, GUESS, SUBJECT, CONTENT, "somebody-else", token] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
    for line in log.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "no JSON: {line}");
    }
}
