use super::*;
use automerge::sync::{ChunkList, MessageVersion};
use automerge::transaction::Transactable;
use automerge::{Author, ExpandedChange, ROOT};

const DOCTOR: [u8; 2] = [1, 1];
const NURSE: [u8; 2] = [2, 2];

fn document(author: Option<&[u8]>) -> Automerge {
    Automerge::new().with_author(author.map(|a| Author::from(a.to_vec())))
}

fn put(document: &mut Automerge, key: &str) {
    document.transact(|tx| tx.put(ROOT, key, true)).expect("writes");
}

/// Puts an author's footer into a change that may not have one.
fn with_author(change: &Change, author: &[u8]) -> Change {
    let mut expanded = ExpandedChange::from(change);
    expanded.extra_bytes = [&[1, author.len() as u8], author].concat();
    Change::from(expanded)
}

fn late_author() -> (Automerge, Vec<Change>) {
    let mut document = document(Some(&DOCTOR));
    put(&mut document, "a");
    let base = document.clone();
    let heads = document.get_heads();
    put(&mut document, "b");
    let changes = document.get_changes(&heads);
    let forged = changes.iter().map(|c| with_author(c, &DOCTOR)).collect();
    (base, forged)
}

fn message(mut changes: Vec<Change>) -> Vec<u8> {
    let chunks: Vec<Vec<u8>> = changes.iter_mut().map(|c| c.bytes().into_owned()).collect();
    sync::Message {
        heads: Vec::new(),
        need: Vec::new(),
        have: Vec::new(),
        changes: ChunkList::from(chunks),
        flags: None,
        version: MessageVersion::V1,
    }
    .encode()
}

/// Tries all of `document`'s changes as the doctor's on an empty document.
#[track_caller]
fn check(document: &Automerge, actors: &Actors, plain: bool, expected: Result<usize, Refusal>) {
    let writer = Writer { author: &DOCTOR, plain, frozen: &BTreeSet::new(), actors };
    let tried = preview(&Automerge::new(), document.get_changes(&[]), writer);
    assert_eq!(tried.map(|p| p.changes.len()), expected);
}

#[test]
fn automerge_itself_panics_on_a_late_author() {
    let (mut base, forged) = late_author();
    let outcome = catch_unwind(AssertUnwindSafe(|| base.apply_changes(forged)));
    let refused_by_automerge = matches!(outcome, Ok(Err(_)));
    assert!(outcome.is_err() || refused_by_automerge);
    // On an actor without an author there is nothing to compare with, and it panics.
    let mut plain = document(None);
    put(&mut plain, "a");
    let mut copy = plain.clone();
    let heads = plain.get_heads();
    put(&mut plain, "b");
    let forged: Vec<Change> = plain.get_changes(&heads).iter().map(|c| with_author(c, &DOCTOR)).collect();
    assert!(catch_unwind(AssertUnwindSafe(|| copy.apply_changes(forged))).is_err());
}

#[test]
fn a_late_author_is_refused_before_the_document_sees_it() {
    let (_, forged) = late_author();
    assert_eq!(read(&message(forged)).err(), Some(Refusal::LateAuthor));
}

#[test]
fn an_own_first_change_binds_its_actor() {
    let mut document = document(Some(&DOCTOR));
    put(&mut document, "a");
    put(&mut document, "b");
    check(&document, &Actors::new(), false, Ok(2));
}

#[test]
fn a_foreign_or_missing_author_is_refused() {
    let mut foreign = document(Some(&NURSE));
    put(&mut foreign, "a");
    check(&foreign, &Actors::new(), false, Err(Refusal::Author));
    check(&foreign, &Actors::new(), true, Err(Refusal::Author));
    let mut nobody = document(None);
    put(&mut nobody, "a");
    check(&nobody, &Actors::new(), false, Err(Refusal::Author));
    check(&nobody, &Actors::new(), true, Ok(1));
}

#[test]
fn an_actor_of_another_account_is_refused() {
    let mut document = document(None);
    put(&mut document, "a");
    let actors = Actors::from([(document.get_actor().clone(), NURSE.to_vec())]);
    check(&document, &actors, true, Err(Refusal::Actor));
}

#[test]
fn a_frozen_change_is_taken_from_anyone() {
    let mut document = document(None);
    put(&mut document, "genesis");
    let frozen = document.get_heads().into_iter().collect();
    let writer = Writer { author: &DOCTOR, plain: false, frozen: &frozen, actors: &Actors::new() };
    let tried = preview(&Automerge::new(), document.get_changes(&[]), writer).expect("taken");
    assert_eq!((tried.changes.len(), tried.bound.len()), (1, 0));
}

#[test]
fn a_change_that_comes_before_its_cause_waits() {
    let mut document = document(Some(&DOCTOR));
    put(&mut document, "a");
    let first = document.get_heads();
    put(&mut document, "b");
    let writer = Writer { author: &DOCTOR, plain: false, frozen: &BTreeSet::new(), actors: &Actors::new() };
    let tried = preview(&Automerge::new(), document.get_changes(&first), writer).expect("taken");
    assert_eq!((tried.changes.len(), tried.orphans.len()), (0, 1));
}

#[test]
fn a_wrong_checksum_and_a_whole_document_are_refused() {
    let mut document = document(Some(&DOCTOR));
    put(&mut document, "a");
    let mut chunk = document.get_changes(&[])[0].raw_bytes().to_vec();
    assert!(read_change(&chunk).is_ok());
    chunk[5] ^= 1;
    assert_eq!(read_change(&chunk).err(), Some(Refusal::Message));
    assert_eq!(read_change(&document.save()).err(), Some(Refusal::Message));
}

#[test]
fn a_change_that_unpacks_to_very_much_is_refused_before_it_does() {
    use std::io::Write;
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..20 {
        packed.write_all(&zeros).expect("packs");
    }
    let packed = packed.finish().expect("packs");
    let mut chunk = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 2];
    let mut length = packed.len();
    while length >= 0x80 {
        chunk.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    chunk.push(length as u8);
    chunk.extend(packed);
    assert_eq!(read_change(&chunk).err(), Some(Refusal::Message));
}

mod laws {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_bytes_make_reading_panic(data in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&data);
            let _ = crate::wire::Message::decode(&data);
        }
    }
}
