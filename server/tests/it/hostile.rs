//! Peers that mean harm. The server stays up and small, says no, counts it, and serves the others.

use crate::support::{Peer, Reply, Running, about, document, id, put, start, start_with, status};
use automerge::sync::{BloomFilter, ChunkList, Have, Message as Push, MessageVersion};
use futures::future::join_all;
use server::app::Settings;
use std::time::Duration;
use sync::wire::{MAX_FRAME, Message};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// What an attack may add to the resident memory of this process, in which the attackers live too.
const MEMORY: u64 = 400 * 1024 * 1024;

async fn metric(server: &Running, name: &str) -> u64 {
    let metrics = server.http("GET", "/metrics", "", "").await;
    let line = metrics.lines().find_map(|line| line.strip_prefix(name).map(str::to_owned));
    line.map_or(0, |line| line.trim().parse::<f64>().expect("a number") as u64)
}

async fn refused(server: &Running, reason: &str) -> u64 {
    metric(server, &format!("refusals_total{{reason=\"{reason}\"}}")).await
}

async fn memory(server: &Running) -> u64 {
    metric(server, "process_resident_memory_bytes").await
}

/// The server still takes an honest change.
async fn serves(server: &Running, n: u8) {
    let mut nurse = server.device("nurse").await;
    let mut record = document("nurse");
    put(&mut record, "honest");
    let reply = nurse.upload(id(n), about("record", "s9", "t1"), &record).await;
    assert_eq!(reply, Reply::Durable);
}

/// What a closing server says: its last error frame.
async fn last_words(peer: &mut Peer) -> String {
    let mut words = String::new();
    while let Some(message) = peer.next().await {
        if let Message::Error { message } = message {
            words = message;
        }
    }
    words
}

fn sync_frame(peer: &Peer, n: u8, push: Push) -> Message {
    Message::Sync {
        sender: peer.name.clone(),
        target: peer.server.clone(),
        document: id(n),
        data: push.encode(),
        request: false,
    }
}

fn push_of(chunks: Vec<Vec<u8>>) -> Push {
    Push {
        heads: Vec::new(),
        need: Vec::new(),
        have: Vec::new(),
        changes: ChunkList::from(chunks),
        flags: None,
        version: MessageVersion::V1,
    }
}

#[tokio::test]
async fn frames_that_are_no_message_close_only_their_own_socket() {
    let server = start().await;
    server.people().await;
    let before = memory(&server).await;
    // Deep, long, short, and lying about their length.
    let frames: [Vec<u8>; 8] = [
        Vec::new(),
        vec![0xff],
        vec![0x81; 100_000],
        vec![0xbf; 100_000],
        vec![0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        vec![0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        vec![0xa1, 0x64, b't', b'y', b'p', b'e', 0x64, b's', b'y', b'n', b'c'],
        [vec![0x9a, 0, 0x30, 0, 0], vec![0; 3 * 1024 * 1024]].concat(),
    ];
    for frame in frames.iter().cycle().take(40) {
        let mut doctor = server.device("doctor").await;
        doctor.send_bytes(frame.clone()).await;
        assert_eq!(last_words(&mut doctor).await, "malformed frame");
    }
    assert_eq!(refused(&server, "frame").await, 40);
    assert!(memory(&server).await < before + MEMORY);
    serves(&server, 1).await;
}

#[tokio::test]
async fn a_frame_over_the_limit_is_named_and_never_kept() {
    let server = start().await;
    server.people().await;
    let before = memory(&server).await;
    for _ in 0..10 {
        let mut doctor = server.device("doctor").await;
        doctor.send_bytes(vec![0; 2 * MAX_FRAME]).await;
        // What was under way when the server hung up may swallow the words, never the count.
        let _ = last_words(&mut doctor).await;
    }
    assert_eq!(refused(&server, "frame").await, 10);
    assert!(memory(&server).await < before + MEMORY);
    serves(&server, 1).await;
}

#[tokio::test]
async fn messages_that_cost_more_than_they_say_are_refused_by_name() {
    let server = start().await;
    server.people().await;
    let mut doctor = server.plain("doctor").await;
    let mut own = document("doctor");
    put(&mut own, "a");
    doctor.push(id(1), own.get_changes(&[]), own.get_heads()).await;
    assert!(doctor.next().await.is_some(), "is acknowledged");
    // Ten bytes that ask for sixteen gigabytes of probes.
    let filter = [0x01, 0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f, 0xff, 0xff];
    let bloom = BloomFilter::try_from(filter.as_slice()).expect("a filter");
    let push = Push { have: vec![Have { last_sync: Vec::new(), bloom }], ..push_of(Vec::new()) };
    doctor.send(sync_frame(&doctor, 1, push)).await;
    let answer = timeout(Duration::from_secs(5), doctor.next()).await.expect("at once");
    let Some(Message::Unavailable { reason, .. }) = answer else { panic!("{answer:?}") };
    assert_eq!(reason.as_deref(), Some("message-size"));
    assert_eq!(refused(&server, "size").await, 1);
    serves(&server, 2).await;
}

#[tokio::test]
async fn broken_chunks_are_refused_one_by_one_and_none_is_stored() {
    let server = start().await;
    server.people().await;
    let mut doctor = server.plain("doctor").await;
    let garbage: Vec<Vec<u8>> =
        (0..64_u8).map(|n| vec![0x85, 0x6f, 0x4a, 0x83, n, n, n, n, n % 4, n, n]).collect();
    for chunk in garbage {
        doctor.send(sync_frame(&doctor, 3, push_of(vec![chunk]))).await;
        assert!(matches!(doctor.next().await, Some(Message::Unavailable { .. })));
    }
    assert_eq!(refused(&server, "message").await, 64);
    assert_eq!(server.stored().await.0, 0);
    serves(&server, 2).await;
}

#[tokio::test]
async fn forged_senders_replays_and_documents_of_others_change_nothing() {
    let server = start().await;
    server.people().await;
    let mut nurse = server.device("nurse").await;
    let mut record = document("nurse");
    put(&mut record, "a");
    assert_eq!(nurse.upload(id(1), about("record", "s1", "t1"), &record).await, Reply::Durable);
    let before = server.stored().await;

    // The same message again and again is one change.
    for _ in 0..50 {
        nurse.push(id(1), record.get_changes(&[]), record.get_heads()).await;
        assert_eq!(nurse.reply().await, Reply::Durable);
    }
    // Another's changes from another's hand, on their document and as a new one.
    let mut stranger = server.device("stranger").await;
    for n in [1, 2] {
        let reply = stranger.upload(id(n), about("record", "s1", "t1"), &record).await;
        assert_eq!(reply, Reply::Unavailable);
    }
    // A name that is somebody else's, and a socket name that is taken.
    stranger.push_as("nurse-device", id(1), record.get_changes(&[]), record.get_heads()).await;
    assert_eq!(last_words(&mut stranger).await, "foreign sender");
    let cookie = server.cookie("stranger").await;
    let mut thief = server.socket(Some(&cookie), None).await.expect("a socket");
    thief.send_join("nurse-device", true).await;
    assert_eq!(last_words(&mut thief).await, "foreign sender");

    assert_eq!(server.stored().await, before);
    assert_eq!(refused(&server, "sender").await, 2);
    assert!(refused(&server, "right").await >= 2);
    nurse.push(id(1), record.get_changes(&[]), record.get_heads()).await;
    assert_eq!(nurse.reply().await, Reply::Durable, "the nurse is still there");
}

#[tokio::test]
async fn an_account_has_only_so_many_sockets_and_others_have_theirs() {
    let server = start_with(Settings { sockets: Some(4), ..Settings::default() }).await;
    server.people().await;
    let cookie = server.cookie("doctor").await;
    let opened = join_all((0..12).map(|_| server.socket(Some(&cookie), None))).await;
    assert_eq!(opened.iter().filter(|socket| socket.is_ok()).count(), 4);
    assert!(opened.iter().all(|socket| socket.is_ok() || matches!(socket, Err(429))));
    assert_eq!(refused(&server, "connections").await, 8);
    serves(&server, 1).await;
    drop(opened);
    let mut again = server.device("doctor").await;
    assert!(again.list().await.len() == 1, "who has left may come back");
}

#[tokio::test]
async fn a_storm_of_reconnections_leaves_nothing_behind() {
    let server = start().await;
    server.people().await;
    let cookie = server.cookie("doctor").await;
    let before = memory(&server).await;
    for _ in 0..20 {
        let storm = (0..25).map(async |n| {
            let mut socket = server.socket(Some(&cookie), None).await.expect("a socket");
            // All of one name: each takes the place of the one before.
            socket.send_join(if n % 2 == 0 { "same" } else { "other" }, true).await;
        });
        join_all(storm).await;
    }
    let gone = async {
        while metric(&server, "connections ").await > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(20), gone).await.expect("they all end");
    assert!(memory(&server).await < before + MEMORY);
    serves(&server, 1).await;
}

#[tokio::test]
async fn who_has_used_up_the_quota_of_a_day_is_told_so_and_others_go_on() {
    let server = start_with(Settings { quota: Some(40_000), ..Settings::default() }).await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    let mut words = String::new();
    for n in 1..100 {
        let mut record = document("doctor");
        // Hardly compressible, so that it counts as what it is.
        put(
            &mut record,
            &(0..4_000).map(|k| char::from(b'a' + (k * k % 23 + k % 3) as u8)).collect::<String>(),
        );
        if doctor.upload(id(n), about("record", "s1", "t1"), &record).await == Reply::Closed {
            words = n.to_string();
            break;
        }
    }
    assert_eq!(words, "10", "nine fit");
    assert_eq!(refused(&server, "quota").await, 1);
    serves(&server, 200).await;
    let mut again = server.device("doctor").await;
    assert_eq!(again.list().await.len(), 10, "reading costs nothing");
}

#[tokio::test]
async fn a_reader_that_reads_nothing_holds_up_nobody() {
    let server = start().await;
    server.people().await;
    let mut lazy = server.device("doctor").await;
    let mut nurse = server.device("nurse").await;
    let mut record = document("nurse");
    put(&mut record, &"x".repeat(200_000));
    assert_eq!(nurse.upload(id(1), about("record", "s1", "t1"), &record).await, Reply::Durable);
    let before = memory(&server).await;
    // A hundred megabytes are asked for, and none is taken.
    let want = Message::Want { documents: vec![(id(1), Vec::new()); 128] };
    for _ in 0..4 {
        let _ = timeout(Duration::from_millis(200), lazy.send(want.clone())).await;
    }
    for n in 0..50 {
        put(&mut record, &format!("visit {n}"));
        nurse.push(id(1), record.get_changes(&[]), record.get_heads()).await;
        let reply = timeout(Duration::from_secs(5), nurse.reply()).await.expect("nobody waits");
        assert_eq!(reply, Reply::Durable);
    }
    assert!(memory(&server).await < before + MEMORY);
}

#[tokio::test]
async fn giant_slow_and_broken_requests_end_without_an_answer_worth_having() {
    let server = start().await;
    server.people().await;
    let before = memory(&server).await;
    let giant = "x".repeat(1_000_000);
    let typed = format!(r#"{{"account":"{giant}","password":"x"}}"#);
    let answer = server.http("POST", "/api/session", "Content-Type: application/json\r\n", &typed).await;
    assert_eq!(status(&answer), 413);
    let long = format!(r#"{{"account":"{}","password":"x"}}"#, &giant[..5_000]);
    let answer = server.http("POST", "/api/session", "Content-Type: application/json\r\n", &long).await;
    assert_eq!(status(&answer), 401);
    // A head that never ends is cut off.
    let mut stream = TcpStream::connect(&server.host).await.expect("connects");
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").await.expect("writes");
    let header = format!("A: {}\r\n", "y".repeat(60_000));
    while stream.write_all(header.as_bytes()).await.is_ok() {}
    let mut rest = Vec::new();
    let _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await.expect("is closed");
    assert!(memory(&server).await < before + MEMORY);
    serves(&server, 1).await;
}

#[tokio::test]
async fn guessing_passwords_from_many_sides_costs_the_guesser_not_the_server() {
    let server = start_with(Settings { login_limit: Some(5), ..Settings::default() }).await;
    server.people().await;
    let before = memory(&server).await;
    let guess = async |n: u32| {
        // Through a proxy on this machine, each from an address of its own.
        let from = format!("Content-Type: application/json\r\nX-Forwarded-For: 198.51.100.{n}\r\n");
        status(
            &server.http("POST", "/api/session", &from, r#"{"account":"doctor","password":"guess"}"#).await,
        )
    };
    let answers = join_all((0..40).map(guess)).await;
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 5);
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 35);
    // Verifying takes 19 MiB; all at once would be 760.
    assert!(memory(&server).await < before + MEMORY);
    serves(&server, 1).await;
}

#[tokio::test]
async fn a_full_disk_is_told_from_other_trouble() {
    use server::store::StoreError;
    use sqlx::{Connection, SqliteConnection};
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.expect("opens");
    let small = "CREATE TABLE t (data BLOB); PRAGMA max_page_count = 10;";
    sqlx::raw_sql(small).execute(&mut connection).await.expect("is made");
    let fill = sqlx::raw_sql("INSERT INTO t VALUES (zeroblob(1000000))").execute(&mut connection).await;
    assert!(matches!(StoreError::from(fill.expect_err("is full")), StoreError::Full));
    let other = sqlx::raw_sql("SELECT nothing FROM nowhere").execute(&mut connection).await;
    assert!(matches!(StoreError::from(other.expect_err("is wrong")), StoreError::Database(_)));
}
