//! What is sent as it is stored, without being opened.

use crate::support::{Running, about, document, id, put, start};
use automerge::Automerge;
use sync::wire::{Message, Piece};

/// Starts once more on a record of `visits` changes, each brought by itself; nothing is in memory.
async fn stored(visits: usize) -> (Running, Automerge) {
    let server = start().await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    let mut record = document("doctor");
    for visit in 0..visits {
        put(&mut record, &format!("visit {visit:0>120}"));
        doctor.upload(id(1), about("record", "s1", "t1"), &record).await;
    }
    (server.restart().await, record)
}

async fn fetch(server: &Running, account: &str) -> Option<Piece> {
    let mut device = server.device(account).await;
    match device.want(id(1), Vec::new()).await {
        Some(Message::Bundle { mut pieces }) => pieces.pop(),
        _ => None,
    }
}

#[tokio::test]
async fn a_small_document_in_several_chunks_is_sent_without_being_opened() {
    let (server, record) = stored(3).await;
    let piece = fetch(&server, "nurse").await.expect("a piece");
    assert_eq!(server.app.documents.loaded(), 0);
    let mut arrived = Automerge::new();
    arrived.load_incremental(&piece.data).expect("reads");
    assert_eq!((arrived.get_heads(), piece.heads), (record.get_heads(), record.get_heads()));
    assert_eq!(piece.since, []);
    let resident = fetch(&server, "resident").await.expect("theirs too");
    assert_eq!(resident.data, piece.data);
}

#[tokio::test]
async fn a_long_document_is_opened_so_that_it_travels_small() {
    let (server, record) = stored(40).await;
    let piece = fetch(&server, "nurse").await.expect("a piece");
    assert_eq!(server.app.documents.loaded(), 1);
    assert_eq!(piece.data, record.save());
}

#[tokio::test]
async fn a_long_document_that_was_compacted_is_not_opened_again() {
    let (server, record) = stored(70).await;
    let stored = server.app.store.load(id(1)).await.expect("reads").expect("is there");
    let (snapshot, last) = (stored.replica.document.save(), stored.last_chunk);
    server.app.store.compact(id(1), snapshot.clone(), last).await.expect("compacts");
    let piece = fetch(&server, "nurse").await.expect("a piece");
    assert_eq!(server.app.documents.loaded(), 0);
    assert_eq!((piece.data, piece.heads), (snapshot, record.get_heads()));
}

#[tokio::test]
async fn whoever_may_not_read_gets_nothing_of_it() {
    let (server, _) = stored(1).await;
    assert!(fetch(&server, "stranger").await.is_none());
    assert!(fetch(&server, "manager").await.is_none());
}

#[tokio::test]
async fn a_document_that_was_erased_is_not_sent() {
    let server = start().await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    let mut person = document("doctor");
    put(&mut person, "a name");
    doctor.upload(id(1), about("person", "s1", "t1"), &person).await;
    let server = server.restart().await;
    assert!(fetch(&server, "nurse").await.is_some(), "sealed, and opened");
    assert_eq!(server.app.documents.loaded(), 0);
    assert_eq!(server.app.store.erase("s1", server.app.now()).await.expect("erases"), 1);
    assert!(fetch(&server, "nurse").await.is_none());
}
