//! Grants: who may read for a while, and for how long whatever the clocks say.

use crate::support::{Peer, Reply, Running, about, document, id, put, start, start_with};
use automerge::Automerge;
use server::app::{Clock, Settings};
use server::store::{Grant, Which};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use sync::wire::Message;
use sync::{Cursor, Heads};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// When the tests begin: long after 1970, so that a clock may go back by days.
const START: i64 = 20_000 * DAY;

/// Two clocks that a test sets: the one on the wall, and the one that counts what has passed.
#[derive(Clone)]
struct Clocks {
    wall: Arc<AtomicI64>,
    steady: Arc<AtomicI64>,
}

impl Clocks {
    fn new() -> Self {
        Self { wall: Arc::new(AtomicI64::new(START)), steady: Arc::default() }
    }

    fn settings(&self) -> Settings {
        let clock = |of: &Arc<AtomicI64>| {
            let of = Arc::clone(of);
            Clock(Arc::new(move || of.load(Ordering::SeqCst)))
        };
        let (clock, steady) = (clock(&self.wall), clock(&self.steady));
        // Sessions outlive what the tests do to the clock.
        Settings { clock, steady, session_ms: 400 * DAY, ..Settings::default() }
    }

    /// Lets time pass, as both clocks see it.
    fn pass(&self, by: i64) {
        self.wall.fetch_add(by, Ordering::SeqCst);
        self.steady.fetch_add(by, Ordering::SeqCst);
    }

    /// Sets the clock on the wall; no time passes.
    fn turn(&self, by: i64) {
        self.wall.fetch_add(by, Ordering::SeqCst);
    }
}

/// A record of resident s1 in team t1, of which the stranger knows nothing.
async fn record(server: &Running) -> Automerge {
    server.people().await;
    let mut record = document("doctor");
    put(&mut record, "visit");
    let made = server.device("doctor").await.upload(id(1), about("record", "s1", "t1"), &record).await;
    assert_eq!(made, Reply::Durable);
    record
}

/// Gives the stranger the record for an hour, by another connection to the database, as the command does.
async fn give(server: &Running) -> String {
    let other = server::store::open(&server.database, Arc::new(|_| {})).await.expect("opens");
    let now = server.app.time.now();
    let grant = Grant {
        id: Grant::fresh_id(),
        reader: "stranger".into(),
        subject: "s1".into(),
        purpose: "referral".into(),
        given_by: "resident".into(),
        given: now,
        expires: now + HOUR,
        ended: None,
        emergency: None,
        documents: vec![id(1)],
    };
    other.give(grant.clone()).await.expect("gives");
    grant.id
}

/// A fresh device of the stranger's: an earlier one may not have been noticed to be gone.
async fn device(server: &Running) -> Peer {
    static COUNT: AtomicI64 = AtomicI64::new(0);
    let cookie = server.cookie("stranger").await;
    let mut peer = server.socket(Some(&cookie), None).await.expect("a socket");
    peer.join(&format!("stranger-{}", COUNT.fetch_add(1, Ordering::SeqCst)), true).await;
    peer.account = "stranger".into();
    peer
}

async fn next_access(peer: &mut Peer) -> Message {
    loop {
        let message = peer.next().await.expect("the socket stays");
        if matches!(message, Message::Bundle { .. } | Message::Denied { .. } | Message::Gone { .. }) {
            return message;
        }
    }
}

async fn cursor(peer: &mut Peer, known: Option<Cursor>) -> (Cursor, usize) {
    peer.send(Message::Since { cursor: known }).await;
    loop {
        if let Some(Message::Changed(changed)) = peer.next().await {
            let place = Cursor { epoch: changed.epoch, place: changed.place };
            return (place, changed.entries.len());
        }
    }
}

async fn is_refused(server: &Running, heads: &Heads) {
    let mut peer = device(server).await;
    let asked = peer.want(id(1), Vec::new()).await;
    assert!(matches!(asked, Some(Message::Unavailable { .. })), "{asked:?}");
    let named = peer.want(id(1), heads.clone()).await;
    assert!(matches!(named, Some(Message::Denied { .. })), "{named:?}");
    assert!(peer.list().await.is_empty(), "it is on the list");
}

async fn is_read(server: &Running) {
    let mut peer = device(server).await;
    assert_eq!(peer.list().await, [id(1)]);
    let asked = peer.want(id(1), Vec::new()).await;
    assert!(matches!(asked, Some(Message::Bundle { .. })), "{asked:?}");
}

#[tokio::test]
async fn an_hour_is_over_after_61_minutes_and_stays_over_for_days() {
    let clocks = Clocks::new();
    let server = start_with(clocks.settings()).await;
    let heads = record(&server).await.get_heads();
    is_refused(&server, &heads).await;
    give(&server).await;
    is_read(&server).await;
    clocks.pass(59 * MINUTE);
    is_read(&server).await;
    clocks.pass(2 * MINUTE);
    is_refused(&server, &heads).await;
    clocks.pass(24 * HOUR);
    is_refused(&server, &heads).await;
    clocks.pass(2 * DAY);
    is_refused(&server, &heads).await;
}

#[tokio::test]
async fn a_clock_turned_back_revives_nothing_not_even_by_a_restart() {
    let clocks = Clocks::new();
    let server = start_with(clocks.settings()).await;
    let heads = record(&server).await.get_heads();
    give(&server).await;
    is_read(&server).await;
    clocks.pass(61 * MINUTE);
    is_refused(&server, &heads).await;
    clocks.turn(-61 * MINUTE);
    is_refused(&server, &heads).await;
    clocks.turn(-3 * DAY);
    is_refused(&server, &heads).await;
    let server = server.restart().await;
    is_refused(&server, &heads).await;
}

#[tokio::test]
async fn a_clock_turned_back_in_the_middle_does_not_lengthen_the_hour() {
    let clocks = Clocks::new();
    let server = start_with(clocks.settings()).await;
    let heads = record(&server).await.get_heads();
    give(&server).await;
    clocks.pass(30 * MINUTE);
    is_read(&server).await;
    clocks.turn(-3 * DAY);
    is_read(&server).await;
    let server = server.restart().await;
    clocks.pass(31 * MINUTE);
    is_refused(&server, &heads).await;
}

#[tokio::test]
async fn a_clock_that_ran_ahead_ends_grants_and_does_not_lengthen_later_ones() {
    let clocks = Clocks::new();
    let server = start_with(clocks.settings()).await;
    let heads = record(&server).await.get_heads();
    give(&server).await;
    clocks.turn(3 * DAY);
    is_refused(&server, &heads).await;
    clocks.turn(-3 * DAY);
    is_refused(&server, &heads).await;
    give(&server).await;
    is_read(&server).await;
    clocks.pass(61 * MINUTE);
    is_refused(&server, &heads).await;
}

#[tokio::test]
async fn a_connected_reader_gets_the_record_when_it_is_given_and_loses_it_when_it_is_revoked() {
    let server = start().await;
    let record = record(&server).await;
    let mut stranger = device(&server).await;
    assert_eq!(cursor(&mut stranger, None).await.1, 0);
    let grant = give(&server).await;
    let Message::Bundle { pieces } = next_access(&mut stranger).await else { panic!("no record") };
    assert_eq!(pieces[0].heads, record.get_heads());
    let other = server::store::open(&server.database, Arc::new(|_| {})).await.expect("opens");
    other.end_grant(&grant, "resident", server.app.time.now()).await.expect("revokes");
    assert_eq!(next_access(&mut stranger).await, Message::Denied { document: id(1) });
    is_refused(&server, &record.get_heads()).await;
    assert!(other.end_grant(&grant, "", 0).await.is_err(), "it ends once");
}

#[tokio::test]
async fn a_connected_reader_loses_the_record_when_the_hour_is_over() {
    let clocks = Clocks::new();
    let server = start_with(clocks.settings()).await;
    record(&server).await;
    give(&server).await;
    let mut stranger = device(&server).await;
    assert_eq!(cursor(&mut stranger, None).await.1, 1);
    clocks.pass(HOUR);
    assert_eq!(next_access(&mut stranger).await, Message::Denied { document: id(1) });
}

#[tokio::test]
async fn a_returning_device_hears_what_was_given_and_what_ended_while_it_was_away() {
    let clocks = Clocks::new();
    let server = start_with(clocks.settings()).await;
    record(&server).await;
    let (place, _) = cursor(&mut device(&server).await, None).await;
    give(&server).await;
    let mut stranger = device(&server).await;
    let (place, listed) = cursor(&mut stranger, Some(place)).await;
    assert_eq!(listed, 1, "the record is older than the place, the grant is not");
    drop(stranger);
    clocks.pass(2 * HOUR);
    server.app.store.end_expired(server.app.time.now()).await.expect("ends");
    let mut stranger = device(&server).await;
    stranger.send(Message::Since { cursor: Some(place) }).await;
    assert_eq!(next_access(&mut stranger).await, Message::Denied { document: id(1) });
}

#[tokio::test]
async fn a_reader_may_not_write_and_what_the_team_writes_reaches_them() {
    let server = start().await;
    let mut record = record(&server).await;
    give(&server).await;
    let mut stranger = device(&server).await;
    assert_eq!(cursor(&mut stranger, None).await.1, 1);
    let mut forged = record.fork().with_author(document("stranger").get_author().cloned());
    put(&mut forged, "intrusion");
    stranger.push(id(1), forged.get_changes(&record.get_heads()), forged.get_heads()).await;
    assert_eq!(stranger.reply().await, Reply::Unavailable);
    let mut doctor = server.device("doctor").await;
    let before = record.get_heads();
    put(&mut record, "second visit");
    doctor.push(id(1), record.get_changes(&before), record.get_heads()).await;
    let Message::Bundle { pieces } = next_access(&mut stranger).await else { panic!("no visit") };
    assert_eq!(pieces[0].heads, record.get_heads());
}

#[tokio::test]
async fn every_read_under_a_grant_is_kept_and_no_other() {
    let server = start().await;
    record(&server).await;
    let grant = give(&server).await;
    let mut nurse = server.device("nurse").await;
    assert!(matches!(nurse.want(id(1), Vec::new()).await, Some(Message::Bundle { .. })));
    is_read(&server).await;
    is_read(&server).await;
    let reads = server.app.store.reads_about("s1").await.expect("reads");
    let seen: Vec<_> = reads.iter().map(|r| (r.account.as_str(), r.document, r.grant.clone())).collect();
    assert_eq!(seen, [("stranger", id(1), grant.clone()), ("stranger", id(1), grant)]);
    assert!(server.app.store.reads_about("s2").await.expect("reads").is_empty());
    let given = server.app.store.grants(Which::Subject("s1".into()), true).await.expect("reads");
    assert_eq!(given.len(), 1);
}
