//! What the simulated devices write, and how it is compared.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Author, Automerge, ObjId, ObjType, ROOT, ReadDoc, Value};
use std::collections::BTreeMap;
use sync::DocumentId;

const LINES: &str = "lines";
/// The time of every change: a clock would make each run another.
const TIME: i64 = 1;

/// The documents of a team; who belongs to another team may know nothing of them.
pub fn of_team(team: usize, count: usize) -> Vec<DocumentId> {
    (0..count).map(|n| DocumentId::new([(team * 100 + n + 1) as u8; 16])).collect()
}

pub fn team_of(id: DocumentId) -> usize {
    usize::from(id.bytes()[0]) / 100
}

/// The change every document begins with, whoever makes it first, so that two beginnings are one.
pub fn genesis() -> Automerge {
    let mut document = Automerge::new().with_actor(ActorId::from([0; 16]));
    commit(&mut document, |tx| tx.put_object(ROOT, LINES, ObjType::List).map(|_| ()));
    document
}

/// Lets `document` be written by this author. The actor is named and not drawn at random, because hashes
/// depend on it and a seed must give the same run each time; no name is given twice.
pub fn owned(document: Automerge, author: Vec<u8>, actor: u64) -> Automerge {
    let name: Vec<u8> = [&author[..8], &actor.to_be_bytes()].concat();
    document.with_author(Some(Author::from(author))).with_actor(ActorId::from(name.as_slice()))
}

/// Writes `number` where nobody else writes, where others write as well, and into a list.
pub fn write(document: &mut Automerge, number: i64, place: usize) {
    commit(document, |tx| {
        if let Some((_, lines)) = tx.get(ROOT, LINES)? {
            let place = place % (tx.length(&lines) + 1);
            tx.insert(&lines, place, number)?;
        }
        tx.put(ROOT, format!("shared-{}", number % 3), number)?;
        tx.put(ROOT, own(number), number)
    });
}

/// The key under which only the write `number` puts something.
fn own(number: i64) -> String {
    format!("own-{number}")
}

/// Tells whether the write `number` can be read.
pub fn holds(document: &Automerge, number: i64) -> bool {
    let found = document.get(ROOT, own(number)).ok().flatten();
    found.is_some_and(|(value, _)| value.as_i64() == Some(number))
}

/// Counts the writes that can be read.
pub fn count(document: &Automerge) -> usize {
    document.keys(ROOT).filter(|key| key.starts_with("own-")).count()
}

/// Everything that can be read, with all values of a conflict.
pub fn values(document: &Automerge) -> BTreeMap<String, Vec<String>> {
    let all = |key: &String| {
        let found = document.get_all(ROOT, key).unwrap_or_default();
        let mut texts: Vec<String> = found.iter().map(|(value, id)| text(document, value, id)).collect();
        texts.sort();
        texts
    };
    document.keys(ROOT).map(|key| (key.clone(), all(&key))).collect()
}

fn text(document: &Automerge, value: &Value<'_>, id: &ObjId) -> String {
    if value.is_object() {
        document.values(id).map(|(item, _)| format!("{item:?},")).collect()
    } else {
        format!("{value:?}")
    }
}

fn commit(
    document: &mut Automerge,
    write: impl FnOnce(&mut automerge::transaction::Transaction<'_>) -> Result<(), automerge::AutomergeError>,
) {
    let options = |_: &()| CommitOptions::default().with_time(TIME);
    document.transact_with(options, write).expect("writes");
}
