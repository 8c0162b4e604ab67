//! Where the search begins: well-formed input of every kind, and attacks that are known.

use crate::relay::{KNOWN, known, own};
use automerge::sync::{ChunkList, Message as Push, MessageVersion, State, SyncDoc};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, AutomergeError, Change, ExpandedChange, ROOT};
use sync::wire::Message;
use sync::{About, Cursor, DocumentId};

const KEPT: &str = include_str!("../corpus.txt");

/// Returns the inputs that are kept, and those made here.
pub fn all() -> Vec<Vec<u8>> {
    let kept = KEPT.lines().filter_map(unhex);
    kept.chain(frames()).chain(pushes()).chain(talks()).collect()
}

fn unhex(line: &str) -> Option<Vec<u8>> {
    let (digits, _) = line.as_bytes().as_chunks::<2>();
    digits.iter().map(|two| u8::from_str_radix(str::from_utf8(two).ok()?, 16).ok()).collect()
}

fn mode(mode: u8, bytes: &[u8]) -> Vec<u8> {
    [&[mode], bytes].concat()
}

fn frames() -> impl Iterator<Item = Vec<u8>> {
    let names = || ("f".to_owned(), "s".to_owned());
    let heads = known().get_heads();
    let about = About { kind: "record".into(), subject: "p".into(), ..About::default() };
    let (sender, target) = names();
    let messages = [
        Message::Join { sender: sender.clone(), extended: true, versions: vec!["1".into()] },
        Message::Peer { sender: sender.clone(), target: target.clone(), extended: true },
        Message::Error { message: "no".into() },
        Message::Unavailable { sender: sender.clone(), target, document: KNOWN, reason: Some("r".into()) },
        Message::Leave { sender },
        Message::Create { document: KNOWN, about },
        Message::Since { cursor: Some(Cursor { epoch: "e".into(), place: 1 }) },
        Message::Want { documents: vec![(KNOWN, heads.clone()), (DocumentId::new([8; 16]), Vec::new())] },
        Message::Denied { document: KNOWN },
        Message::Gone { document: KNOWN },
    ];
    messages.into_iter().map(|message| mode(0x80, &message.encode()))
}

fn write(document: &mut Automerge, key: &str) {
    let at_zero = |_: &()| CommitOptions::default().with_time(0);
    let _ = document.transact_with::<_, _, AutomergeError, _>(at_zero, |tx| tx.put(ROOT, key, "v"));
}

/// Changes that fit, one after the other; the second is not its actor's first.
fn two(author: u8) -> (Automerge, Vec<Change>) {
    let mut document = own(author);
    write(&mut document, "x");
    write(&mut document, "y");
    let changes = document.get_changes(&[]);
    (document, changes)
}

/// The message that makes Automerge panic: an author where none may be.
fn late_author() -> Vec<Change> {
    let author = [1, 2, crate::relay::AUTHOR[0], crate::relay::AUTHOR[1]];
    let mut document = known();
    let before = document.get_heads();
    write(&mut document, "late");
    let with_author = |change: &Change| {
        let mut expanded = ExpandedChange::from(change);
        expanded.extra_bytes = author.to_vec();
        Change::from(expanded)
    };
    document.get_changes(&before).iter().map(with_author).collect()
}

fn push(changes: &[Vec<u8>], document: &Automerge) -> Vec<u8> {
    Push {
        heads: document.get_heads(),
        need: Vec::new(),
        have: Vec::new(),
        changes: ChunkList::from(changes.to_vec()),
        flags: None,
        version: MessageVersion::V1,
    }
    .encode()
}

fn raw(changes: &[Change]) -> Vec<Vec<u8>> {
    changes.iter().map(|change| change.raw_bytes().to_vec()).collect()
}

fn messages() -> Vec<Vec<u8>> {
    let (document, changes) = two(5);
    let mut reversed = changes.clone();
    reversed.reverse();
    let mut long = own(6);
    write(&mut long, &"k".repeat(400));
    let compressed: Vec<Vec<u8>> = long.get_changes(&[]).iter_mut().map(|c| c.bytes().into_owned()).collect();
    let asks = known().generate_sync_message(&mut State::new()).map(Push::encode);
    let mut messages = vec![
        push(&raw(&changes), &document),
        push(&raw(&reversed), &document),
        push(&raw(changes.get(1..).unwrap_or_default()), &document),
        push(&raw(&late_author()), &known()),
        push(&compressed, &long),
        push(&[document.save()], &document),
        push(&[], &known()),
    ];
    messages.extend(asks);
    messages
}

fn pushes() -> impl Iterator<Item = Vec<u8>> {
    messages().into_iter().flat_map(|message| [mode(1, &message), mode(2, &message)])
}

fn talks() -> impl Iterator<Item = Vec<u8>> {
    let heads = known().get_heads();
    let new = DocumentId::new([8; 16]);
    messages().into_iter().flat_map(move |data| {
        let sync = |document, request| Message::Sync {
            sender: "f".into(),
            target: "s".into(),
            document,
            data: data.clone(),
            request,
        };
        let create = Message::Create { document: new, about: About::default() };
        let want = Message::Want { documents: vec![(KNOWN, heads.clone()), (new, Vec::new())] };
        let extended = [Message::Since { cursor: None }, create, sync(new, false), sync(KNOWN, false), want];
        let plain =
            [sync(new, true), sync(new, false), sync(KNOWN, true), Message::Leave { sender: "f".into() }];
        [mode(3, &talk(&extended)), mode(4, &talk(&plain))]
    })
}

fn talk(messages: &[Message]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for message in messages {
        let frame = message.clone().encode();
        bytes.extend((frame.len() as u16).to_be_bytes());
        bytes.extend(frame);
    }
    bytes
}
