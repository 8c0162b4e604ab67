//! What a backup lacks, devices give back, in the window that an administrator opens for it.

use crate::support::{Device, Running, about, empty, id, start, start_on};
use server::app::Settings;
use server::store::archive::{Copying, backup, copy};
use server::store::audit::Search;
use std::sync::Arc;
use sync::{DocumentId, Heads};

async fn heads(server: &Running, n: u8) -> Option<Heads> {
    let stored = server.app.store.load(id(n)).await.expect("reads");
    stored.map(|stored| stored.replica.heads())
}

/// Reconnects until the server has answered everything the device offers.
async fn visit(device: &mut Device, server: &Running, name: &str) {
    device.connect(server, name).await;
    device.settle().await;
}

#[tokio::test]
async fn devices_give_back_what_came_after_the_backup_in_the_window_only() {
    let server = start().await;
    server.people().await;
    let mut doctor = Device::new("doctor");
    let mut nurse = Device::new("nurse");
    let mut resident = Device::new("resident");
    visit(&mut doctor, &server, "doctor").await;
    doctor.write(id(1), about("record", "s1", "t1"), "before").await;
    doctor.settle().await;
    let file = server.dir.path().join("backup.db");
    backup(&server.database, &file).await.expect("is written");

    doctor.write(id(1), about("record", "s1", "t1"), "after").await;
    doctor.write(id(2), about("record", "s2", "t1"), "a new record").await;
    doctor.settle().await;
    visit(&mut nurse, &server, "nurse").await;
    nurse.write(id(1), about("record", "s1", "t1"), "of the nurse").await;
    nurse.settle().await;
    visit(&mut resident, &server, "resident").await;
    let complete: Vec<(u8, Option<Heads>)> = vec![(1, heads(&server, 1).await), (2, heads(&server, 2).await)];
    let dir = Arc::clone(&server.dir);
    server.stop().await;

    // The machine is gone, and so is the doctor's tablet.
    drop(doctor);
    let target = empty(&dir, "restored.db").await;
    copy(&format!("sqlite:{}", file.display()), &target, Copying::Restore).await.expect("restores");
    let server = start_on(dir, target, Settings::default()).await;
    let backed_up = heads(&server, 1).await;
    visit(&mut nurse, &server, "nurse").await;
    visit(&mut resident, &server, "resident").await;
    assert_eq!(heads(&server, 1).await, backed_up, "other people's changes are refused in ordinary times");
    assert_eq!(heads(&server, 2).await, None);
    assert_eq!(nurse.refused(), Vec::<DocumentId>::new(), "nothing that was sent counts as unsent");

    let now = server.app.now();
    server.app.store.open_recovery(now + 600_000, now).await.expect("opens");
    nurse.closed().await;
    visit(&mut nurse, &server, "nurse").await;
    for (n, heads_before) in &complete {
        assert_eq!(&heads(&server, *n).await, heads_before, "document {n}");
    }
    // Whose it was is still known: the nurse cannot go on in the doctor's name.
    let stored = server.app.store.load(id(1)).await.expect("reads").expect("is there");
    assert_eq!(stored.replica.actors.len(), 2);
    let search = Search { act: Some("give-back".to_owned()), limit: 9, ..Search::default() };
    let given = server.app.store.audited(search).await.expect("reads");
    assert_eq!(given.len(), 2);
    assert!(given.iter().all(|entry| entry.account == server::account::author_of("nurse")));
    server.app.store.open_recovery(now, now).await.expect("closes");
    nurse.closed().await;
    visit(&mut nurse, &server, "nurse").await;
    visit(&mut resident, &server, "resident").await;
    for (n, heads_before) in &complete {
        assert_eq!(&heads(&server, *n).await, heads_before, "document {n}");
    }
}
