//! Blobs over real sockets: uploads that are cut, forged, too large, of others; downloads by those who may read.

use crate::support::{Reply, Running, about, document, id, put, start_with, status};
use automerge::{ROOT, transaction::Transactable};
use server::app::{Clock, Settings};
use server::blobs::sweep::sweep;
use server::store::{Grant, Quota};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use sync::DocumentId;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// `size` bytes that no compression or padding could make up.
fn bytes(size: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    std::iter::repeat_with(next).take(size).collect()
}

fn address(document: DocumentId, blob: &[u8]) -> String {
    format!("/api/blobs/{}/{}", hex::encode(document.bytes()), hex::encode(Sha256::digest(blob)))
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn offset(&self) -> usize {
        let value = self.head.lines().find_map(|line| line.strip_prefix("upload-offset: "));
        value.unwrap_or_else(|| panic!("no offset in {}", self.head)).parse().expect("a number")
    }

    fn is_complete(&self) -> bool {
        self.head.contains("upload-complete: ?1")
    }

    fn word(&self) -> String {
        let json: serde_json::Value = serde_json::from_slice(&self.body).expect("JSON");
        json["error"].as_str().expect("a word").to_owned()
    }
}

/// Asks; with `cut`, the line breaks after so many bytes of the body.
async fn ask(
    server: &Running,
    cookie: &str,
    method: &str,
    path: &str,
    headers: &str,
    body: &[u8],
    cut: Option<usize>,
) -> Option<Answer> {
    let mut stream = TcpStream::connect(&server.host).await.expect("connects");
    let length =
        if method == "PATCH" { format!("Content-Length: {}\r\n", body.len()) } else { String::new() };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {cookie}\r\n{headers}{length}\r\n",
        server.host,
    );
    stream.write_all(head.as_bytes()).await.expect("writes");
    if let Some(cut) = cut {
        stream.write_all(&body[..cut.min(body.len())]).await.expect("writes");
        return None;
    }
    // A server that refuses may close before it has read everything.
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    Some(Answer { status: status(&head), head, body: answer[end..].to_vec() })
}

async fn head(server: &Running, cookie: &str, path: &str) -> Answer {
    ask(server, cookie, "HEAD", path, "", b"", None).await.expect("an answer")
}

async fn get(server: &Running, cookie: &str, path: &str, headers: &str) -> Answer {
    ask(server, cookie, "GET", path, headers, b"", None).await.expect("an answer")
}

fn from(offset: usize, size: usize) -> String {
    format!("Upload-Offset: {offset}\r\nUpload-Length: {size}\r\n")
}

/// Sends `piece`, which begins at `offset` of a blob of `size` bytes.
async fn patch(
    server: &Running,
    cookie: &str,
    path: &str,
    offset: usize,
    size: usize,
    piece: &[u8],
) -> Answer {
    ask(server, cookie, "PATCH", path, &from(offset, size), piece, None).await.expect("an answer")
}

/// A server with the record 1 of the resident s1, and the doctor's cookie.
async fn with_record(settings: Settings) -> (Running, String) {
    let server = start_with(settings).await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    let mut record = document("doctor");
    put(&mut record, "visit");
    assert_eq!(doctor.upload(id(1), about("record", "s1", "t1"), &record).await, Reply::Durable);
    let cookie = server.cookie("doctor").await;
    (server, cookie)
}

#[tokio::test]
async fn a_blob_is_for_those_who_may_read_its_document_and_an_upload_for_those_who_may_write_it() {
    let (server, doctor) = with_record(Settings::default()).await;
    let photo = bytes(700_000, 1);
    let path = address(id(1), &photo);
    let empty = head(&server, &doctor, &path).await;
    assert_eq!((empty.status, empty.offset(), empty.is_complete()), (200, 0, false));
    let sent = patch(&server, &doctor, &path, 0, photo.len(), &photo).await;
    assert_eq!((sent.status, sent.offset(), sent.is_complete()), (204, photo.len(), true));

    for (name, readable) in [
        ("doctor", true),
        ("nurse", true),
        ("resident", true),
        ("stranger", false),
        ("neighbour", false),
        ("manager", false),
    ] {
        let cookie = server.cookie(name).await;
        let read = get(&server, &cookie, &path, "").await;
        assert_eq!(read.status, if readable { 200 } else { 404 }, "{name}");
        assert_eq!(read.body == photo, readable, "{name}");
        if !readable {
            // What exists is not told from what does not.
            let unknown = address(id(99), &photo);
            for method in ["GET", "PATCH"] {
                let headers = from(0, photo.len());
                let real =
                    ask(&server, &cookie, method, &path, &headers, b"", None).await.expect("an answer");
                let none =
                    ask(&server, &cookie, method, &unknown, &headers, b"", None).await.expect("an answer");
                assert_eq!((real.status, &real.body), (none.status, &none.body), "{name} {method}");
                assert_eq!(real.status, 404);
            }
            assert_eq!(
                head(&server, &cookie, &path).await.status,
                head(&server, &cookie, &unknown).await.status
            );
        }
    }
    let part = get(&server, &doctor, &path, "Range: bytes=699000-\r\n").await;
    assert_eq!((part.status, part.body.len()), (206, 1_000));
    assert_eq!(get(&server, "", &path, "").await.status, 401);
    // The resident reads the record and does not write it.
    let resident = server.cookie("resident").await;
    let other = bytes(10, 2);
    assert_eq!(patch(&server, &resident, &address(id(1), &other), 0, 10, &other).await.status, 404);
    assert_eq!(head(&server, &resident, &address(id(1), &other)).await.status, 404);
    // Under another document's address it is not there.
    assert_eq!(get(&server, &doctor, &address(id(2), &photo), "").await.status, 404);
    // An account that was disabled reads nothing from then on.
    server.app.store.disable_account("nurse").await.expect("is disabled");
    let headers = "Origin: http://evil.example\r\n".to_owned() + &from(0, 10);
    let foreign = ask(&server, &doctor, "PATCH", &address(id(1), &other), &headers, &other, None).await;
    assert_eq!(foreign.expect("an answer").status, 403);
}

#[tokio::test]
async fn under_a_grant_a_blob_is_read_until_it_ends_and_each_time_that_is_kept() {
    let (server, doctor) = with_record(Settings::default()).await;
    let photo = bytes(1_000, 20);
    let path = address(id(1), &photo);
    assert!(patch(&server, &doctor, &path, 0, photo.len(), &photo).await.is_complete());
    let stranger = server.cookie("stranger").await;
    assert_eq!(get(&server, &stranger, &path, "").await.status, 404);
    let grant = Grant {
        id: "g1".into(),
        reader: "stranger".into(),
        subject: "s1".into(),
        purpose: "referral".into(),
        given_by: "resident".into(),
        given: server.app.now(),
        expires: server.app.now() + 3_600_000,
        ended: None,
        emergency: None,
        documents: vec![id(1)],
    };
    server.app.store.give(grant).await.expect("is given");
    assert_eq!(get(&server, &stranger, &path, "").await.body, photo);
    assert_eq!(server.app.store.reads_about("s1").await.expect("reads").len(), 1);
    let other = bytes(10, 21);
    assert_eq!(patch(&server, &stranger, &address(id(1), &other), 0, 10, &other).await.status, 404);
    server.app.store.end_grant("g1", "", server.app.now()).await.expect("ends");
    assert_eq!(get(&server, &stranger, &path, "").await.status, 404);
}

#[tokio::test]
async fn an_upload_that_is_cut_at_any_byte_goes_on_and_arrives_whole_and_once() {
    let (server, doctor) = with_record(Settings::default()).await;
    let photo = bytes(900_000, 3);
    let path = address(id(1), &photo);
    let mut cuts = [0, 1, 2, 255, 65_536, 262_143, 262_144, 262_145].into_iter();
    let mut sent = 0;
    loop {
        let known = head(&server, &doctor, &path).await;
        let offset = known.offset();
        assert!(offset >= sent, "what was kept stays: {offset} after {sent}");
        sent = offset;
        if known.is_complete() {
            break;
        }
        let rest = &photo[offset..];
        let headers = from(offset, photo.len());
        let _ = ask(&server, &doctor, "PATCH", &path, &headers, rest, cuts.next()).await;
    }
    assert_eq!(get(&server, &doctor, &path, "").await.body, photo);
    // Sent once more, nothing is kept twice.
    let again = patch(&server, &doctor, &path, 0, photo.len(), &photo).await;
    assert_eq!((again.status, again.is_complete()), (204, true));
    let metrics = server.http("GET", "/metrics", "", "").await;
    assert!(metrics.contains("blobs_kept_total 1\n"), "{metrics}");
    assert!(metrics.contains("blob_bytes_kept_total 900000\n"), "{metrics}");
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_restart_and_the_rest_follows() {
    let (server, doctor) = with_record(Settings::default()).await;
    let photo = bytes(300_000, 4);
    let path = address(id(1), &photo);
    let half = patch(&server, &doctor, &path, 0, photo.len(), &photo[..150_000]).await;
    assert_eq!((half.status, half.offset(), half.is_complete()), (204, 150_000, false));
    assert_eq!(get(&server, &doctor, &path, "").await.status, 404, "half a blob is none");
    let server = server.restart().await;
    assert_eq!(head(&server, &doctor, &path).await.offset(), 150_000);
    let wrong = patch(&server, &doctor, &path, 100_000, photo.len(), &photo[100_000..]).await;
    assert_eq!((wrong.status, wrong.offset()), (409, 150_000), "it is told where to go on");
    let rest = patch(&server, &doctor, &path, 150_000, photo.len(), &photo[150_000..]).await;
    assert!(rest.is_complete());
    let server = server.restart().await;
    assert_eq!(get(&server, &doctor, &path, "").await.body, photo);
    assert!(head(&server, &doctor, &path).await.is_complete());
}

#[tokio::test]
async fn bytes_that_are_not_what_the_address_says_are_thrown_away_and_the_right_ones_taken() {
    let (server, doctor) = with_record(Settings::default()).await;
    let photo = bytes(50_000, 5);
    let path = address(id(1), &photo);
    let forged = patch(&server, &doctor, &path, 0, photo.len(), &bytes(50_000, 6)).await;
    assert_eq!((forged.status, forged.word().as_str()), (422, "blob_hash"));
    assert_eq!(get(&server, &doctor, &path, "").await.status, 404);
    assert_eq!(head(&server, &doctor, &path).await.offset(), 0);
    assert!(patch(&server, &doctor, &path, 0, photo.len(), &photo).await.is_complete());
    let longer = patch(&server, &doctor, &address(id(1), b"x"), 0, 10, &bytes(11, 7)).await;
    assert_eq!(longer.word(), "blob_longer_than_said");
    let other = ask(&server, &doctor, "PATCH", &path, "", b"", None).await.expect("an answer");
    assert_eq!((other.status, other.word().as_str()), (400, "blob_offset_missing"));
}

#[tokio::test]
async fn two_devices_that_send_the_same_at_once_keep_it_once() {
    let (server, doctor) = with_record(Settings::default()).await;
    let nurse = server.cookie("nurse").await;
    let photo = bytes(2_000_000, 8);
    let path = address(id(1), &photo);
    let send = async |cookie: &str| {
        loop {
            let known = head(&server, cookie, &path).await;
            if known.is_complete() {
                return;
            }
            let at = known.offset();
            // Whoever is overtaken may hear nothing but that the line is closed.
            let _ = ask(&server, cookie, "PATCH", &path, &from(at, photo.len()), &photo[at..], None).await;
        }
    };
    tokio::join!(send(&doctor), send(&nurse));
    assert_eq!(get(&server, &nurse, &path, "").await.body, photo);
}

#[tokio::test]
async fn what_is_too_much_for_a_blob_a_document_or_an_account_is_said() {
    let blob_quota = Quota { blob: 1_000, document: 1_500, account: 2_500 };
    let (server, doctor) = with_record(Settings { blob_quota, ..Settings::default() }).await;
    let mut device = server.device("doctor").await;
    let mut record = document("doctor");
    put(&mut record, "visit");
    for n in [2, 3] {
        assert_eq!(device.upload(id(n), about("record", "s2", "t1"), &record).await, Reply::Durable);
    }
    let send = async |record: u8, size: usize, seed: u64| {
        let blob = bytes(size, seed);
        let answer = patch(&server, &doctor, &address(id(record), &blob), 0, size, &blob).await;
        (answer.status, if answer.status == 204 { String::new() } else { answer.word() })
    };
    assert_eq!(send(1, 1_001, 1).await, (413, "blob_too_large".to_owned()));
    assert_eq!(send(1, 1_000, 2).await, (204, String::new()));
    assert_eq!(send(1, 1_000, 3).await, (413, "blob_document_full".to_owned()));
    assert_eq!(send(2, 1_000, 4).await, (204, String::new()));
    assert_eq!(send(3, 1_000, 5).await, (413, "blob_account_full".to_owned()));
    assert_eq!(send(3, 500, 6).await, (204, String::new()));
    let metrics = server.http("GET", "/metrics", "", "").await;
    assert!(metrics.contains("refusals_total{reason=\"blob_account_full\"} 1"), "{metrics}");
}

#[tokio::test]
async fn unfinished_and_unnamed_blobs_go_after_a_time_and_named_ones_stay() {
    const DAY: i64 = 24 * 3_600_000;
    let now = Arc::new(AtomicI64::new(1_800_000_000_000));
    let told = Arc::clone(&now);
    let clock = Clock(Arc::new(move || told.load(Ordering::Relaxed)));
    let session_ms = 400 * DAY;
    let (server, doctor) = with_record(Settings { clock, session_ms, ..Settings::default() }).await;
    let (named, unnamed, half) = (bytes(3_000, 10), bytes(3_000, 11), bytes(3_000, 12));
    for blob in [&named, &unnamed] {
        assert!(patch(&server, &doctor, &address(id(1), blob), 0, 3_000, blob).await.is_complete());
    }
    patch(&server, &doctor, &address(id(1), &half), 0, 3_000, &half[..10]).await;
    let mut device = server.device("doctor").await;
    let mut record = document("doctor");
    record.transact(|tx| tx.put(ROOT, "photo", hex::encode(Sha256::digest(&named)))).expect("writes");
    assert_eq!(device.upload(id(1), about("record", "s1", "t1"), &record).await, Reply::Durable);

    let later = async |days: i64| {
        now.fetch_add(days * DAY, Ordering::Relaxed);
        sweep(&server.app).await.expect("sweeps")
    };
    assert_eq!(later(13).await, 0);
    assert_eq!(later(2).await, 1, "the unfinished one");
    assert_eq!(head(&server, &doctor, &address(id(1), &half)).await.offset(), 0);
    assert_eq!(later(16).await, 1, "the unnamed one");
    assert_eq!(get(&server, &doctor, &address(id(1), &unnamed), "").await.status, 404);
    assert_eq!(later(300).await, 0);
    assert_eq!(get(&server, &doctor, &address(id(1), &named), "").await.body, named);
}

#[tokio::test]
async fn a_file_that_is_gone_is_taken_again() {
    let (server, doctor) = with_record(Settings::default()).await;
    let photo = bytes(5_000, 13);
    let path = address(id(1), &photo);
    assert!(patch(&server, &doctor, &path, 0, photo.len(), &photo).await.is_complete());
    let hash: [u8; 32] = Sha256::digest(&photo).into();
    server.app.shelf.remove(id(1), hash).expect("is removed");
    let known = head(&server, &doctor, &path).await;
    assert_eq!((known.offset(), known.is_complete()), (0, false));
    assert!(patch(&server, &doctor, &path, 0, photo.len(), &photo).await.is_complete());
    assert_eq!(get(&server, &doctor, &path, "").await.body, photo);
}

#[tokio::test]
async fn what_is_attached_to_somebody_who_is_erased_goes_with_the_next_look() {
    let (server, doctor) = with_record(Settings::default()).await;
    let mut device = server.device("doctor").await;
    let mut person = document("doctor");
    put(&mut person, "a name");
    assert_eq!(device.upload(id(2), about("person", "s1", "t1"), &person).await, Reply::Durable);
    let (card, visit) = (bytes(4_000, 14), bytes(4_000, 15));
    for (document, blob) in [(2, &card), (1, &visit)] {
        let sent = patch(&server, &doctor, &address(id(document), blob), 0, blob.len(), blob).await;
        assert!(sent.is_complete());
    }
    let file = server.app.shelf.file(id(2), Sha256::digest(&card).into());
    assert!(file.exists());
    assert_eq!(server.app.store.erase("s1", 1).await.expect("erases"), 1);
    assert_eq!(get(&server, &doctor, &address(id(2), &card), "").await.status, 404);
    assert_eq!(sweep(&server.app).await.expect("sweeps"), 1);
    assert!(!file.exists(), "the file is left on the disk");
    assert_eq!(get(&server, &doctor, &address(id(1), &visit), "").await.body, visit);
}
