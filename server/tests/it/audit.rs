//! What was done is recorded where it was done, and no entry can be changed unnoticed.

use crate::support::{PASSWORD, Reply, Running, about, document, id, put, start};
use server::retention::{RetentionError, move_out, read_through};
use server::store::audit::{Anchor, Broken, Search};

/// A server at which a doctor wrote five visits and a stranger was refused.
async fn busy() -> Running {
    let server = start().await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    let mut record = document("doctor");
    put(&mut record, "visit");
    doctor.upload(id(1), about("record", "s1", "t1"), &record).await;
    for n in 0..4 {
        let before = record.get_heads();
        put(&mut record, &format!("visit {n}"));
        doctor.push(id(1), record.get_changes(&before), record.get_heads()).await;
        doctor.durable().await;
    }
    let mut stranger = server.device("stranger").await;
    let mut mine = document("stranger");
    put(&mut mine, "intrusion");
    for _ in 0..3 {
        let reply = stranger.upload(id(1), about("record", "s1", "t1"), &mine).await;
        assert_eq!(reply, Reply::Unavailable);
        stranger.want(id(1), Vec::new()).await;
    }
    server
}

async fn verify(server: &Running, anchors: &[Anchor]) -> Result<Anchor, Broken> {
    server.app.store.verify_audit(anchors.to_vec()).await.expect("reads")
}

#[tokio::test]
async fn commits_sign_ins_and_refusals_are_recorded_once_and_in_order() {
    let server = busy().await;
    let head = verify(&server, &[]).await.expect("is whole");
    assert_eq!(head, server.app.store.audit_head().await.expect("reads"));
    let entries = server.app.store.audited(Search { limit: 100, ..Search::default() }).await.expect("reads");
    let said: Vec<_> = entries.iter().rev().map(|e| (e.act.as_str(), e.refusal.as_str())).collect();
    let (commit, refused) = (("commit", ""), "no right");
    let (in_, did, read) = (("sign-in", ""), ("commit", refused), ("read", refused));
    assert_eq!(said, [in_, commit, commit, commit, commit, commit, in_, did, read]);
    let stored = server.app.store.load(id(1)).await.expect("reads").expect("is there");
    let heads: Vec<u8> = stored.replica.heads().iter().flat_map(|hash| hash.0).collect();
    assert_eq!(entries[3].changes, heads);
    assert_eq!(entries[3].account, stored.replica.document.get_changes(&[])[0].author().unwrap().as_bytes());
    assert_eq!(entries[3].device, "doctor-device");
    assert_eq!(entries[0].document, id(1).bytes());
}

#[tokio::test]
async fn an_altered_entry_is_found_whichever_field_it_is() {
    let server = busy().await;
    let fields = [
        "at = at + 1",
        "account = hash",
        "device = 'x' || device",
        "act = 'read'",
        "document = hash",
        "changes = hash",
        "refusal = 'x'",
        "note = ' '",
        "hash = changes",
    ];
    server.tamper("CREATE TABLE kept AS SELECT * FROM audit").await;
    for field in fields {
        server.tamper(&format!("UPDATE audit SET {field} WHERE sequence = 3")).await;
        assert_eq!(verify(&server, &[]).await, Err(Broken::Altered(3)), "{field}");
        server.tamper("DELETE FROM audit").await;
        server.tamper("INSERT INTO audit SELECT * FROM kept").await;
        verify(&server, &[]).await.expect("is whole again");
    }
}

#[tokio::test]
async fn a_removed_and_a_swapped_entry_are_found() {
    let server = busy().await;
    let swap =
        "UPDATE audit SET sequence = -1 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 4;
        UPDATE audit SET sequence = 4 WHERE sequence = -1";
    server.tamper(swap).await;
    assert_eq!(verify(&server, &[]).await, Err(Broken::Altered(3)));
    server.tamper(swap).await;
    verify(&server, &[]).await.expect("is whole again");
    server.tamper("DELETE FROM audit WHERE sequence = 3").await;
    assert_eq!(verify(&server, &[]).await, Err(Broken::Missing(3)));
    server.tamper("UPDATE audit SET sequence = sequence - 1 WHERE sequence = 4").await;
    assert_eq!(verify(&server, &[]).await, Err(Broken::Altered(3)));
}

#[tokio::test]
async fn a_cut_tail_is_found_by_the_head_and_a_forged_head_by_an_anchor() {
    let server = busy().await;
    let anchor = verify(&server, &[]).await.expect("is whole");
    server.tamper("DELETE FROM audit WHERE sequence > 6").await;
    assert_eq!(verify(&server, &[]).await, Err(Broken::Tail { found: 6, head: 9 }));
    let entries = server.app.store.audited(Search { limit: 100, ..Search::default() }).await.expect("reads");
    let forged = entries.iter().rev().fold([0; 32], |before, entry| entry.hash(before));
    let forged = Anchor { sequence: 6, hash: forged };
    server.tamper(&format!("UPDATE meta SET value = '{forged}' WHERE key = 'audit'")).await;
    assert_eq!(verify(&server, &[]).await, Ok(forged), "without an anchor nothing is seen");
    assert_eq!(verify(&server, &[anchor]).await, Err(Broken::Anchor(9)));
    assert_eq!(anchor.to_string().parse::<Anchor>().expect("reads"), anchor);
    let earlier = Anchor { sequence: 2, ..anchor };
    assert_eq!(verify(&server, &[earlier]).await, Err(Broken::Anchor(2)));
}

const DAY: i64 = 24 * 3_600_000;

#[tokio::test]
async fn old_entries_are_moved_out_and_with_their_files_the_chain_is_whole() {
    let server = busy().await;
    let store = &*server.app.store;
    let (now, first) = (server.app.now(), server.dir.path().join("first.jsonl"));
    let anchor = verify(&server, &[]).await.expect("is whole");
    let young = move_out(store, 179, now + 200 * DAY, &first).await;
    assert!(matches!(young, Err(RetentionError::TooYoung { least: 180, .. })), "{young:?}");
    let nothing = move_out(store, 180, now, &first).await;
    assert!(matches!(nothing, Err(RetentionError::Nothing)), "{nothing:?}");
    assert!(!first.exists());

    let upto = move_out(store, 180, now + 200 * DAY, &first).await.expect("moves");
    assert_eq!(upto, anchor);
    assert_eq!(store.audit_beginning().await.expect("reads"), upto);
    let left = store.audited_after(0, 10).await.expect("reads");
    assert_eq!(left.iter().map(|e| (e.sequence, e.act.as_str())).collect::<Vec<_>>(), [(10, "move-out")]);
    let head = verify(&server, &[upto]).await.expect("is whole");
    assert_eq!(head.sequence, 10);
    let forged = Anchor { hash: [1; 32], ..upto };
    assert_eq!(verify(&server, &[forged]).await, Err(Broken::Anchor(9)));
    let earlier = Anchor { sequence: 2, ..upto };
    assert_eq!(verify(&server, &[earlier]).await, Err(Broken::Moved(2)));
    assert_eq!(read_through([&*first], &[anchor]).expect("is whole"), upto);
    let wrong = read_through([&*first], &[earlier]);
    assert!(matches!(wrong, Err(RetentionError::Broken(Broken::Anchor(2)))), "{wrong:?}");

    // The next file continues the first.
    server.login("doctor", PASSWORD).await;
    let second = server.dir.path().join("second.jsonl");
    let last = move_out(store, 180, now + 400 * DAY, &second).await.expect("moves");
    assert_eq!(last.sequence, 11);
    assert_eq!(read_through([&*first, &*second], &[]).expect("is whole"), last);
    let alone = read_through([&*second], &[]);
    assert!(matches!(alone, Err(RetentionError::Gap { wanted: 0, found: 9 })), "{alone:?}");
    verify(&server, &[last]).await.expect("is whole");
}

#[tokio::test]
async fn an_altered_file_and_a_beginning_that_was_only_cut_off_are_found() {
    let server = busy().await;
    let store = &*server.app.store;
    let file = server.dir.path().join("moved.jsonl");
    let entries = store.audited_after(0, 3).await.expect("reads");
    let hash = entries.iter().fold([0; 32], |before, entry| entry.hash(before));
    let cut = Anchor { sequence: 3, hash };
    server.tamper("CREATE TABLE kept AS SELECT * FROM audit").await;
    server.tamper("DELETE FROM audit WHERE sequence <= 3").await;
    assert_eq!(verify(&server, &[]).await, Err(Broken::Missing(1)));
    server.tamper(&format!("INSERT INTO meta VALUES ('audit_beginning', '{cut}')")).await;
    assert_eq!(verify(&server, &[]).await, Err(Broken::Beginning(3)));
    server.tamper("DELETE FROM meta WHERE key = 'audit_beginning'").await;
    server.tamper("DELETE FROM audit").await;
    server.tamper("INSERT INTO audit SELECT * FROM kept").await;

    let now = server.app.now() + 200 * DAY;
    let anchor = move_out(store, 180, now, &file).await.expect("moves");
    let text = std::fs::read_to_string(&file).expect("reads");
    std::fs::write(&file, text.replacen("sign-in", "sign-up", 1)).expect("writes");
    let altered = read_through([&*file], &[anchor]);
    assert!(matches!(altered, Err(RetentionError::Broken(Broken::Anchor(9)))), "{altered:?}");
    let missing: String =
        text.split_inclusive('\n').enumerate().filter(|(n, _)| *n != 4).map(|(_, l)| l).collect();
    std::fs::write(&file, missing).expect("writes");
    let altered = read_through([&*file], &[]);
    assert!(matches!(altered, Err(RetentionError::Broken(Broken::Missing(4)))), "{altered:?}");
}
