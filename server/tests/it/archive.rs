//! A backup is the store as it was at one moment, and fills an empty one.

use crate::support::{Running, about, document, empty, id, put, start, start_on};
use server::app::Settings;
use server::store::StoreError;
use server::store::archive::{Copying, backup, copy};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use sync::DocumentId;

/// Every document with its content, which has to be what its row says it is.
async fn documents(server: &Running) -> BTreeMap<DocumentId, Vec<u8>> {
    let mut found = BTreeMap::new();
    for row in server.app.store.changed_since(0, server.all()).await.expect("reads").rows {
        let stored = server.app.store.load(row.id).await.expect("reads").expect("is there");
        assert_eq!(stored.replica.heads(), row.heads);
        found.insert(row.id, stored.replica.document.save());
    }
    found
}

/// Writes at `server` until told to stop.
async fn write(server: &Running, name: &str, first: u8, stop: &AtomicBool) {
    let mut device = server.device(name).await;
    let mut records: Vec<_> = (first..first + 5).map(|n| (id(n), document(name))).collect();
    while !stop.load(Ordering::Relaxed) {
        for (id, record) in &mut records {
            put(record, &format!("{:016x}", rand::random::<u64>()));
            device.upload(*id, about("record", "s1", "t1"), record).await;
        }
    }
}

#[tokio::test]
async fn a_backup_taken_under_load_fills_an_empty_database_with_one_moment() {
    let server = start().await;
    server.people().await;
    let stop = AtomicBool::new(false);
    let file = server.dir.path().join("backup.db");
    let work = async {
        tokio::join!(write(&server, "doctor", 10, &stop), write(&server, "nurse", 20, &stop));
    };
    let take = async {
        while server.stored().await.1 < 50 {
            tokio::task::yield_now().await;
        }
        let copied = backup(&server.database, &file).await.expect("is written");
        let later = server.stored().await.1;
        stop.store(true, Ordering::Relaxed);
        (copied, later)
    };
    let ((), (copied, later)) = tokio::join!(work, take);
    assert!(copied.place >= 50 && copied.place <= later);

    let target = empty(&server.dir, "restored.db").await;
    copy(&format!("sqlite:{}", file.display()), &target, Copying::Restore).await.expect("restores");
    let restored = start_on(Arc::clone(&server.dir), target.clone(), Settings::default()).await;
    assert_eq!(restored.stored().await, (usize::try_from(copied.documents).unwrap(), copied.place));
    assert_eq!(documents(&restored).await.len(), 10);
    assert_ne!(restored.app.store.epoch(), server.app.store.epoch());
    let head = restored.app.store.verify_audit(vec![copied.anchor]).await.expect("reads");
    assert_eq!(head.expect("is whole").sequence, copied.anchor.sequence + 1, "the restore is in it");
    // It works: whoever has an account signs in and writes.
    let mut nurse = restored.device("nurse").await;
    let mut record = document("nurse");
    put(&mut record, "after");
    nurse.upload(id(99), about("record", "s1", "t1"), &record).await;
    assert_eq!(restored.stored().await.1, copied.place + 1);

    let again = copy(&format!("sqlite:{}", file.display()), &target, Copying::Restore).await;
    assert!(matches!(again, Err(StoreError::Exists)), "a database that is in use is not filled: {again:?}");
    let again = backup(&server.database, &file).await;
    assert!(matches!(again, Err(StoreError::Exists)), "a backup is not written over");
}

#[tokio::test]
async fn a_store_moves_between_databases_and_back() {
    let server = start().await;
    server.people().await;
    let stop = AtomicBool::new(false);
    let end = async {
        while server.stored().await.1 < 400 {
            tokio::task::yield_now().await;
        }
        stop.store(true, Ordering::Relaxed);
    };
    tokio::join!(write(&server, "doctor", 10, &stop), end);
    let cookie = server.cookie("doctor").await;
    let before = documents(&server).await;
    let (dir, database) = (Arc::clone(&server.dir), server.database.clone());
    server.stop().await;
    let between = format!("sqlite:{}", dir.path().join("between.db").display());
    copy(&database, &between, Copying::Move).await.expect("moves");
    let target = empty(&dir, "moved.db").await;
    copy(&between, &target, Copying::Move).await.expect("moves");
    let moved = start_on(dir, target, Settings::default()).await;
    assert_eq!(documents(&moved).await, before);
    moved.socket(Some(&cookie), None).await.expect("who was signed in still is");
    moved.app.store.verify_audit(Vec::new()).await.expect("reads").expect("is whole");
}

#[tokio::test]
async fn a_copy_that_breaks_off_leaves_nothing() {
    let server = start().await;
    let target = empty(&server.dir, "target.db").await;
    let nothing = format!("sqlite:{}", server.dir.path().join("nothing.db").display());
    copy(&nothing, &target, Copying::Restore).await.expect_err("there is no backup");
    copy(&server.database, &target, Copying::Restore).await.expect("the target is still empty");
}
