//! What is acknowledged is stored, whatever happens next.

use crate::support::{Reply, about, document, id, put, start, start_with};
use automerge::{Automerge, ReadDoc};
use futures::future::join_all;
use server::app::Settings;
use sync::wire::Message;

#[tokio::test]
async fn an_acknowledged_change_is_in_the_store_before_the_answer() {
    let server = start().await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    let mut record = document("doctor");
    for n in 0..20 {
        put(&mut record, &format!("visit {n}"));
        doctor.send(Message::Create { document: id(1), about: about("record", "s1", "t1") }).await;
        doctor.push(id(1), record.get_changes(&[]), record.get_heads()).await;
        let durable = doctor.durable().await;
        assert_eq!(durable.heads, record.get_heads());
        let stored = server.app.store.load(id(1)).await.expect("reads");
        let stored = stored.expect("is there").replica;
        assert_eq!(stored.document.get_heads(), record.get_heads());
    }
}

#[tokio::test]
async fn everything_is_there_after_a_restart_on_the_same_directory() {
    let server = start().await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    let mut record = document("doctor");
    put(&mut record, "visit");
    let reply = doctor.upload(id(1), about("record", "s1", "t1"), &record).await;
    assert_eq!(reply, Reply::Durable);
    let (before, epoch) = (server.stored().await, server.app.store.epoch().to_owned());
    let server = server.restart().await;
    assert_eq!(server.stored().await, before);
    assert_eq!(server.app.store.epoch(), epoch);
    let mut nurse = server.device("nurse").await;
    let Some(Message::Bundle { pieces }) = nurse.want(id(1), Vec::new()).await else {
        panic!("no bundle");
    };
    let read = Automerge::load(&pieces[0].data).expect("reads");
    assert_eq!(read.get_heads(), record.get_heads());
    // The actor is still the doctor's.
    let mut forged = record.clone();
    put(&mut forged, "as if the doctor went on");
    let changes = forged.get_changes(&record.get_heads());
    nurse.push(id(1), changes, forged.get_heads()).await;
    assert_eq!(nurse.reply().await, Reply::Unavailable);
}

#[tokio::test]
async fn many_writers_are_all_acknowledged_and_all_stored() {
    let server = start().await;
    server.people().await;
    let writers = (0..8u8).map(|writer| {
        let server = &server;
        async move {
            let name = format!("writer{writer}");
            server.account(&name, "nurse", "t1", &[]).await;
            let mut device = server.device(&name).await;
            for n in 0..25u8 {
                let mut record = document(&name);
                put(&mut record, "visit");
                let id = sync::DocumentId::new([writer + 1, n, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]);
                device.send(Message::Create { document: id, about: about("record", "s", "t1") }).await;
                device.push(id, record.get_changes(&[]), record.get_heads()).await;
            }
            for _ in 0..25 {
                device.durable().await;
            }
        }
    });
    join_all(writers).await;
    assert_eq!(server.stored().await, (200, 200));
}

#[tokio::test]
async fn memory_follows_activity_and_an_evicted_document_reads_back() {
    let server = start_with(Settings { documents: 8, ..Settings::default() }).await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    for n in 1..=60 {
        let mut record = document("doctor");
        put(&mut record, &format!("visit {n}"));
        let reply = doctor.upload(id(n), about("record", "s1", "t1"), &record).await;
        assert_eq!(reply, Reply::Durable);
    }
    assert!(server.app.documents.loaded() <= 10);
    let mut nurse = server.device("nurse").await;
    assert_eq!(nurse.list().await.len(), 60);
    for n in 1..=60 {
        let Some(Message::Bundle { pieces }) = nurse.want(id(n), Vec::new()).await else {
            panic!("no bundle for {n}");
        };
        let read = Automerge::load(&pieces[0].data).expect("reads");
        let key = format!("visit {n}");
        assert!(read.get(automerge::ROOT, key).expect("reads").is_some());
    }
    assert!(server.app.documents.loaded() <= 10);
}

#[tokio::test]
async fn compaction_keeps_every_change() {
    let server = start().await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    let mut record = document("doctor");
    put(&mut record, "first");
    doctor.upload(id(1), about("record", "s1", "t1"), &record).await;
    for n in 0..150 {
        let before = record.get_heads();
        put(&mut record, &format!("visit {n}"));
        doctor.push(id(1), record.get_changes(&before), record.get_heads()).await;
        doctor.durable().await;
    }
    let stored = server.app.store.load(id(1)).await.expect("reads");
    let stored = stored.expect("is there");
    assert!(stored.chunks < 80, "{} chunks", stored.chunks);
    assert_eq!(stored.replica.document.get_heads(), record.get_heads());
    assert_eq!(stored.replica.document.get_changes(&[]).len(), 151);
}

#[tokio::test]
async fn a_live_change_reaches_the_team_with_the_place_it_follows() {
    let server = start().await;
    server.people().await;
    let mut nurse = server.device("nurse").await;
    let mut stranger = server.device("stranger").await;
    assert!(nurse.list().await.is_empty());
    assert!(stranger.list().await.is_empty());
    let mut doctor = server.device("doctor").await;
    let mut record = document("doctor");
    put(&mut record, "visit");
    doctor.upload(id(1), about("record", "s1", "t1"), &record).await;
    let Some(Message::Bundle { pieces }) = nurse.next().await else {
        panic!("no live change");
    };
    assert_eq!((pieces[0].after, pieces[0].place), (Some(0), 1));
    assert_eq!(pieces[0].heads, record.get_heads());
    // The stranger's next frame is the answer to this, not the record.
    let answer = stranger.want(id(50), Vec::new()).await;
    assert!(matches!(answer, Some(Message::Unavailable { .. })));
}

#[tokio::test]
async fn a_returning_device_gets_one_small_message_when_nothing_changed() {
    let server = start().await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    let mut record = document("doctor");
    put(&mut record, "visit");
    doctor.upload(id(1), about("record", "s1", "t1"), &record).await;
    let mut nurse = server.device("nurse").await;
    let epoch = server.app.store.epoch().to_owned();
    let cursor = Some(sync::Cursor { epoch, place: 1 });
    nurse.send(Message::Since { cursor }).await;
    let bytes = nurse.next_bytes().await.expect("an answer");
    assert!(bytes.len() < 200, "{} bytes", bytes.len());
    let cursor = Some(sync::Cursor { epoch: "another life".into(), place: 1 });
    nurse.send(Message::Since { cursor }).await;
    let Some(Message::Changed(changed)) = nurse.next().await else {
        panic!("no list");
    };
    assert_eq!((changed.after, changed.entries.len()), (0, 1));
}
