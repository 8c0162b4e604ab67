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
    let writer = Writer { author: &DOCTOR, plain, frozen: &BTreeSet::new(), actors, giving_back: false };
    let empty = Automerge::new();
    let tried = preview(&empty, document.get_changes(&[]), writer);
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
    let writer =
        Writer { author: &DOCTOR, plain: false, frozen: &frozen, actors: &Actors::new(), giving_back: false };
    let empty = Automerge::new();
    let tried = preview(&empty, document.get_changes(&[]), writer).expect("taken");
    assert_eq!((tried.changes.len(), tried.bound.len()), (1, 0));
}

#[test]
fn a_change_that_comes_before_its_cause_waits() {
    let mut document = document(Some(&DOCTOR));
    put(&mut document, "a");
    let first = document.get_heads();
    put(&mut document, "b");
    let writer = Writer {
        author: &DOCTOR,
        plain: false,
        frozen: &BTreeSet::new(),
        actors: &Actors::new(),
        giving_back: false,
    };
    let empty = Automerge::new();
    let tried = preview(&empty, document.get_changes(&first), writer).expect("taken");
    assert_eq!((tried.changes.len(), tried.orphans.len()), (0, 1));
}

#[test]
fn a_wrong_checksum_and_a_whole_document_are_refused() {
    let mut document = document(Some(&DOCTOR));
    put(&mut document, "a");
    let mut chunk = document.get_changes(&[])[0].raw_bytes().to_vec();
    assert!(read_change(&chunk, &mut Budget::of(chunk.len())).is_ok());
    chunk[5] ^= 1;
    assert_eq!(read_change(&chunk, &mut Budget::of(chunk.len())).err(), Some(Refusal::Message));
    assert_eq!(read_change(&document.save(), &mut Budget::of(1_000)).err(), Some(Refusal::Message));
}

#[test]
fn a_change_that_unpacks_to_very_much_is_refused_before_it_does() {
    use std::io::Write;
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..40 {
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
    assert_eq!(read_change(&chunk, &mut Budget::of(chunk.len())).err(), Some(Refusal::Size));
}

/// A change of one operation whose columns claim to stand for `rows` of them.
fn bomb(rows: u64) -> Vec<u8> {
    let mut n = Vec::new();
    write_leb(&mut n, rows);
    // A signed number of the same value: one more group where bit 6 would be read as a sign.
    let signed = {
        let mut signed = n.clone();
        if signed.last().is_some_and(|last| last & 0x40 != 0) {
            *signed.last_mut().expect("a byte") |= 0x80;
            signed.push(0);
        }
        signed
    };
    let run = |value: &[u8]| [signed.as_slice(), value].concat();
    let columns = [
        (0x15_u64, run(&[1, b'k'])),
        (0x34, n.clone()),
        (0x42, run(&[1])),
        (0x56, run(&[0])),
        (0x70, run(&[0])),
    ];
    let mut body = vec![0, 2, 9, 9, 1, 1, 0, 0, 0, columns.len() as u8];
    for (spec, data) in &columns {
        write_leb(&mut body, *spec);
        write_leb(&mut body, data.len() as u64);
    }
    body.extend(columns.into_iter().flat_map(|(_, data)| data));
    chunk(&body)
}

fn write_leb(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn chunk(body: &[u8]) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let mut hashed = vec![1];
    write_leb(&mut hashed, body.len() as u64);
    hashed.extend(body);
    let hash = Sha256::digest(&hashed);
    [&[0x85, 0x6f, 0x4a, 0x83], &hash[..4], &hashed].concat()
}

fn of_chunks(chunks: Vec<Vec<u8>>) -> Vec<u8> {
    let message = sync::Message {
        heads: Vec::new(),
        need: Vec::new(),
        have: Vec::new(),
        changes: ChunkList::from(chunks),
        flags: None,
        version: MessageVersion::V1,
    };
    message.encode()
}

#[test]
fn a_few_bytes_that_stand_for_billions_of_operations_are_refused_at_once() {
    let small = read(&of_chunks(vec![bomb(100)])).expect("the runs are well made");
    assert_eq!(small.changes[0].len(), 100);
    assert!(bomb(1 << 60).len() < 120);
    for rows in [1 << 20, 1 << 40, 1 << 60] {
        assert_eq!(read(&of_chunks(vec![bomb(rows)])).err(), Some(Refusal::Size), "{rows}");
    }
}

#[test]
fn a_change_that_would_make_a_document_unreadable_is_refused() {
    // One row written as a run, which Automerge itself writes as a literal: the hash would not come back.
    let odd = read(&of_chunks(vec![bomb(1)])).expect("reads").changes;
    let mut poisoned = Automerge::new();
    poisoned.apply_changes(odd.clone()).expect("automerge takes it");
    assert!(Automerge::load(&poisoned.save()).is_err(), "and nobody can load the document any more");
    let writer = Writer {
        author: &DOCTOR,
        plain: true,
        frozen: &BTreeSet::new(),
        actors: &Actors::new(),
        giving_back: false,
    };
    assert_eq!(preview(&Automerge::new(), odd, writer).err(), Some(Refusal::Apply));
}

#[test]
fn trying_whether_a_document_reads_back_is_quick() {
    let mut record = document(Some(&DOCTOR));
    for n in 0..500 {
        record
            .transact(|tx| {
                let visit = tx.put_object(ROOT, format!("visit {n}"), automerge::ObjType::Map)?;
                ["complaint", "findings", "advice"]
                    .iter()
                    .try_for_each(|key| tx.put(&visit, *key, "some words of text"))
            })
            .expect("writes");
    }
    let started = std::time::Instant::now();
    for _ in 0..10 {
        assert!(reads_back(&record));
    }
    let each = started.elapsed() / 10;
    println!("{} operations, {} bytes: {each:?}", 500 * 4, record.save().len());
    assert!(each < std::time::Duration::from_millis(200), "{each:?}");
}

#[test]
fn many_small_bombs_share_one_budget() {
    assert_eq!(read(&of_chunks(vec![bomb(100_000); 10])).err(), Some(Refusal::Size));
}

#[test]
fn a_filter_that_asks_for_billions_of_probes_is_refused() {
    let mut filter = vec![1];
    write_leb(&mut filter, 10);
    write_leb(&mut filter, u64::from(u32::MAX));
    filter.extend([0xff, 0xff]);
    let have = sync::Have {
        last_sync: Vec::new(),
        bloom: automerge::sync::BloomFilter::try_from(filter.as_slice()).expect("a filter"),
    };
    let message = sync::Message {
        heads: Vec::new(),
        need: Vec::new(),
        have: vec![have],
        changes: ChunkList::empty(),
        flags: None,
        version: MessageVersion::V1,
    };
    assert_eq!(read(&message.encode()).err(), Some(Refusal::Size));
}

#[test]
fn compressed_changes_may_not_unpack_to_more_than_one_message_holds() {
    let mut big = document(Some(&DOCTOR));
    big.transact(|tx| tx.put(ROOT, "text", "0".repeat(12 * 1024 * 1024))).expect("writes");
    let change = big.get_changes(&[]).remove(0).bytes().into_owned();
    assert!(change.len() < 100_000, "{}", change.len());
    assert!(read(&of_chunks(vec![change.clone()])).is_ok());
    assert_eq!(read(&of_chunks(vec![change; 3])).err(), Some(Refusal::Size));
}

#[test]
fn ten_thousand_changes_in_reverse_order_are_sorted_quickly() {
    let mut document = document(Some(&DOCTOR));
    for n in 0..super::MAX_CHANGES {
        document.transact(|tx| tx.put(ROOT, "k", n as i64)).expect("writes");
    }
    let mut changes = document.get_changes(&[]);
    changes.reverse();
    let started = std::time::Instant::now();
    let (ordered, orphans) = ready(&Automerge::new(), changes).expect("sorts");
    assert_eq!((ordered.len(), orphans.len()), (super::MAX_CHANGES, 0));
    assert!(started.elapsed() < std::time::Duration::from_secs(2), "{:?}", started.elapsed());
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
