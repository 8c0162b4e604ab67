//! Several relays on one database.

use crate::support::{Peer, Reply, Running, about, document, id, put, start};
use automerge::{Automerge, ReadDoc};
use sqlx::{Connection, PgConnection};
use sync::wire::Message;

/// Two relays, and a record of team t1 that the doctor made at the first.
async fn two() -> (Running, Running, Automerge) {
    let (first, record) = (start().await, document("doctor"));
    first.people().await;
    let second = first.another().await;
    let mut record = record;
    put(&mut record, "made");
    let made = first.device("doctor").await.upload(id(1), about("record", "s1", "t1"), &record).await;
    assert_eq!(made, Reply::Durable);
    (first, second, record)
}

/// Waits for the next piece about the document and returns the document with it.
async fn hear(device: &mut Peer, document: &mut Automerge) {
    loop {
        if let Some(Message::Bundle { pieces }) = device.next().await {
            for piece in pieces {
                document.load_incremental(&piece.data).expect("reads");
            }
            return;
        }
    }
}

async fn stored_keys(server: &Running) -> usize {
    let stored = server.app.store.load(id(1)).await.expect("reads").expect("is there");
    stored.replica.document.length(automerge::ROOT)
}

#[tokio::test]
async fn what_one_relay_commits_is_heard_at_the_other() {
    let (first, second, mut record) = two().await;
    let mut nurse = second.device("nurse").await;
    assert_eq!(nurse.list().await, [id(1)]);
    let mut doctor = first.device("doctor").await;
    let mut heard = record.clone();
    for n in 0..5 {
        let before = record.get_heads();
        put(&mut record, &format!("visit {n}"));
        doctor.push(id(1), record.get_changes(&before), record.get_heads()).await;
        doctor.durable().await;
        hear(&mut nurse, &mut heard).await;
        assert_eq!(heard.get_heads(), record.get_heads());
    }
}

/// Writes `EACH` changes to a copy of `record`, one after the other.
async fn write(server: &Running, name: &'static str, record: &Automerge) {
    let mut device = server.device(name).await;
    let mut mine = record.fork().with_author(document(name).get_author().cloned());
    for n in 0..EACH {
        let before = mine.get_heads();
        put(&mut mine, &format!("{name} {n}"));
        device.push(id(1), mine.get_changes(&before), mine.get_heads()).await;
        assert_eq!(device.reply().await, Reply::Durable, "{name} {n}");
    }
}

const EACH: usize = 40;

#[tokio::test]
async fn writers_of_one_document_at_two_relays_lose_nothing() {
    let (first, second, record) = two().await;
    tokio::join!(write(&first, "doctor", &record), write(&second, "nurse", &record));
    assert_eq!(stored_keys(&first).await, 1 + 2 * EACH);
    assert_eq!(stored_keys(&second).await, 1 + 2 * EACH);
}

#[tokio::test]
async fn a_lost_notification_is_made_good_by_looking() {
    let (first, second, mut record) = two().await;
    let mut nurse = second.device("nurse").await;
    assert_eq!(nurse.list().await, [id(1)]);
    let mut heard = record.clone();
    // Every connection that listens is cut; what is committed at that moment is notified to nobody.
    let mut connection = PgConnection::connect(&first.database).await.expect("connects");
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let cut = sqlx::raw_sql(cut).execute(&mut connection).await.expect("cuts");
    assert_eq!(cut.rows_affected(), 2);
    let mut doctor = first.device("doctor").await;
    let before = record.get_heads();
    put(&mut record, "visit");
    doctor.push(id(1), record.get_changes(&before), record.get_heads()).await;
    doctor.durable().await;
    hear(&mut nurse, &mut heard).await;
    assert_eq!(heard.get_heads(), record.get_heads());
}

#[tokio::test]
async fn what_was_compacted_before_it_was_heard_comes_whole() {
    let (first, second, mut record) = two().await;
    let mut nurse = second.device("nurse").await;
    assert_eq!(nurse.list().await, [id(1)]);
    let mut doctor = first.device("doctor").await;
    let mut heard = record.clone();
    // Far more than one compaction's worth, so that some chunks are gone when the other relay looks.
    for n in 0..150 {
        let before = record.get_heads();
        put(&mut record, &format!("visit {n}"));
        doctor.push(id(1), record.get_changes(&before), record.get_heads()).await;
    }
    for _ in 0..150 {
        doctor.durable().await;
    }
    while heard.get_heads() != record.get_heads() {
        hear(&mut nurse, &mut heard).await;
    }
}

#[tokio::test]
async fn when_a_relay_dies_its_devices_go_on_at_another() {
    let (first, second, mut record) = two().await;
    let mut doctor = first.device("doctor").await;
    let before = record.get_heads();
    put(&mut record, "visit");
    doctor.push(id(1), record.get_changes(&before), record.get_heads()).await;
    doctor.durable().await;
    first.stop().await;
    let mut doctor = second.device("doctor").await;
    let before = record.get_heads();
    put(&mut record, "next visit");
    doctor.push(id(1), record.get_changes(&before), record.get_heads()).await;
    doctor.durable().await;
    assert_eq!(stored_keys(&second).await, 3);
}

#[tokio::test]
async fn two_relays_keep_one_chain_of_what_was_done() {
    let (first, second, record) = two().await;
    tokio::join!(write(&first, "doctor", &record), write(&second, "nurse", &record));
    let head = first.app.store.verify_audit(Vec::new()).await.expect("reads").expect("is whole");
    // The record was made, both wrote, three signed in.
    assert_eq!(head.sequence, 1 + 2 * EACH as u64 + 3);
}
