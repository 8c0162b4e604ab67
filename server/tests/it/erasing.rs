//! Whoever is erased stays erased, in backups too.

use crate::support::{Device, about, empty, id, start, start_on};
use server::app::Settings;
use server::store::archive::{Copying, backup, copy};
use server::store::{keys, open};
use std::sync::Arc;

const NAME: &str = "no name is stored in clear";

#[tokio::test]
async fn an_erased_resident_is_gone_here_on_devices_and_in_older_backups() {
    let server = start().await;
    server.people().await;
    let (mut doctor, mut nurse) = (Device::new("doctor"), Device::new("nurse"));
    doctor.connect(&server, "doctor").await;
    doctor.write(id(1), about("person", "s1", "t1"), NAME).await;
    doctor.write(id(2), about("record", "s1", "t1"), "a visit").await;
    doctor.write(id(3), about("person", "s2", "t1"), "a neighbour").await;
    doctor.settle().await;
    nurse.connect(&server, "nurse").await;
    nurse.settle().await;
    let dir = Arc::clone(&server.dir);
    let file = dir.path().join("backup.db");
    backup(&server.database, &file).await.expect("is written");
    let bytes = std::fs::read(&file).expect("reads");
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(!holds(&bytes, NAME), "a backup tells the name");
    assert!(holds(&bytes, "a visit"), "a record lies open");

    assert_eq!(server.app.store.erase("s1", 1).await.expect("erases"), 1);
    while doctor.gone.is_empty() {
        assert!(doctor.step().await, "the socket closed");
    }
    assert_eq!(doctor.gone, [id(1)]);
    assert!(server.app.store.load(id(1)).await.expect("reads").is_none());
    assert!(
        server.app.store.load(id(2)).await.expect("reads").is_some(),
        "the record names nobody and stays"
    );
    // A device that was away hears of it, and cannot bring it back.
    nurse.write(id(1), about("person", "s1", "t1"), "more").await;
    nurse.connect(&server, "nurse").await;
    while nurse.gone.is_empty() {
        assert!(nurse.step().await, "the socket closed");
    }
    assert!(server.app.store.load(id(1)).await.expect("reads").is_none());
    server.app.store.verify_audit(Vec::new()).await.expect("reads").expect("is whole");
    let kept = keys::beside(&server.database);
    server.stop().await;

    let target = empty(&dir, "restored.db").await;
    copy(&format!("sqlite:{}", file.display()), &target, Copying::Restore).await.expect("restores");
    let settings = Settings { keys: Some(kept), ..Settings::default() };
    let restored = start_on(dir, target, settings).await;
    assert!(restored.app.store.load(id(1)).await.expect("reads").is_none());
    let neighbour = restored.app.store.load(id(3)).await.expect("reads").expect("is there");
    assert_eq!(neighbour.replica.document.save(), doctor.documents[&id(3)].1.save());
    let mut doctor = Device::new("doctor");
    doctor.connect(&restored, "doctor").await;
    doctor.settle().await;
    assert_eq!(doctor.documents.len(), 2);
}

#[tokio::test]
async fn without_its_keys_a_store_says_so_and_erases_nothing() {
    let server = start().await;
    server.people().await;
    let mut doctor = Device::new("doctor");
    doctor.connect(&server, "doctor").await;
    doctor.write(id(1), about("person", "s1", "t1"), NAME).await;
    doctor.settle().await;
    let file = server.dir.path().join("backup.db");
    backup(&server.database, &file).await.expect("is written");
    // Keys are beside the backup's own name here: there are none.
    let store = open(&format!("sqlite:{}", file.display()), Arc::new(|_| {})).await.expect("opens");
    let error = store.load(id(1)).await.expect_err("cannot be read");
    assert!(error.to_string().contains("are these the keys"), "{error}");
    assert_eq!(store.erase_again(1).await.expect("looks"), 0);
}
