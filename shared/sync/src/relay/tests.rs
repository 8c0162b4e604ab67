use super::*;
use crate::authorship::Replica;
use automerge::Author;
use automerge::ROOT;
use automerge::sync::{ChunkList, Message as Push, MessageVersion};
use automerge::transaction::Transactable;

const DOCTOR: [u8; 2] = [1, 1];
const ID: DocumentId = DocumentId::new([1; 16]);

fn greeted(extended: bool) -> Session {
    let mut session = Session::new("server".into(), DOCTOR.to_vec());
    let join = Message::Join { sender: "tablet".into(), extended, versions: vec!["1".into()] };
    session.handle(Input::Frame(&join.encode()));
    session.handle(Input::Claimed(true));
    session
}

fn push(changes: Vec<Vec<u8>>, heads: Heads) -> Errand {
    let message = Push {
        heads,
        need: Vec::new(),
        have: Vec::new(),
        changes: ChunkList::from(changes),
        flags: None,
        version: MessageVersion::V1,
    };
    Errand::Sync { data: message.encode(), request: false }
}

fn raw(document: &Automerge) -> Vec<Vec<u8>> {
    document.get_changes(&[]).iter().map(|change| change.raw_bytes().to_vec()).collect()
}

/// Opens the document with this many bytes already in it, for the errand.
fn open(session: &mut Session, id: DocumentId, bytes: usize, errand: Errand) -> Vec<Effect> {
    let replica = Replica {
        id,
        about: About::default(),
        creator: String::new(),
        document: Automerge::new(),
        bytes,
        actors: Actors::new(),
        place: 1,
    };
    let view = View {
        replica: Some(&replica),
        new: None,
        rights: Rights { read: true, write: true },
        frozen: &BTreeSet::new(),
        plain: false,
    };
    session.handle(Input::Opened { id, errand, view })
}

/// What the other end is told: which limit was met.
fn reason(effects: &[Effect]) -> Option<String> {
    effects.iter().find_map(|effect| match effect {
        Effect::Send(frame) => match Message::decode(frame) {
            Ok(Message::Unavailable { reason, .. }) => reason,
            _ => None,
        },
        _ => None,
    })
}

#[test]
fn a_document_grows_up_to_its_limit_and_the_device_hears_of_it() {
    let mut document = Automerge::new().with_author(Some(Author::from(DOCTOR.to_vec())));
    document.transact(|tx| tx.put(ROOT, "k", "v")).expect("writes");
    let size: usize = raw(&document).iter().map(Vec::len).sum();
    let mut session = greeted(true);
    let errand = || push(raw(&document), document.get_heads());
    let fits = open(&mut session, ID, MAX_DOCUMENT - size, errand());
    assert!(matches!(fits.as_slice(), [Effect::Commit(_)]), "{fits:?}");
    let over = open(&mut session, ID, MAX_DOCUMENT - size + 1, errand());
    assert!(matches!(over.as_slice(), [Effect::Refused(Refusal::Document), Effect::Send(_)]), "{over:?}");
    assert_eq!(reason(&over).as_deref(), Some("document-size"));
}

#[test]
fn changes_that_wait_for_what_never_comes_are_bounded_over_all_documents_of_a_socket() {
    let mut document = Automerge::new().with_author(Some(Author::from(DOCTOR.to_vec())));
    document.transact(|tx| tx.put(ROOT, "first", true)).expect("writes");
    document.transact(|tx| tx.put(ROOT, "k", vec![7; 1024 * 1024])).expect("writes");
    let orphan = raw(&document).split_off(1);
    let mut session = greeted(false);
    let mut taken = 0;
    for n in 0..100 {
        let id = DocumentId::new([n; 16]);
        let effects = open(&mut session, id, 0, push(orphan.clone(), document.get_heads()));
        if reason(&effects).is_some() {
            assert_eq!(reason(&effects).as_deref(), Some("message-size"));
            continue;
        }
        taken += 1;
    }
    assert!((10..=16).contains(&taken), "{taken}");
}

/// Hands in what a document holds, with or without it being there, as somebody who may not write.
fn hand_in(exists: bool) -> Vec<Effect> {
    let mut session = greeted(true);
    let author = Author::from(DOCTOR.to_vec());
    let mut unsent = Automerge::new().with_author(Some(author));
    unsent.transact(|tx| tx.put(ROOT, "a", 1)).unwrap();
    let Errand::Sync { data, .. } = push(raw(&unsent), unsent.get_heads()) else { unreachable!() };
    let frame = Message::Submit { document: ID, about: About::default(), data }.encode();
    let Some(Effect::Open { id, errand, .. }) = session.handle(Input::Frame(&frame)).pop() else {
        panic!("not looked at");
    };
    let (frozen, replica) = (BTreeSet::new(), replica_of(Automerge::new()));
    let replica = exists.then_some(&replica);
    let view = View { replica, new: None, rights: Rights::default(), frozen: &frozen, plain: false };
    session.handle(Input::Opened { id, errand, view })
}

fn replica_of(document: Automerge) -> Replica {
    Replica {
        id: ID,
        about: About::default(),
        creator: String::new(),
        document,
        bytes: 0,
        actors: crate::authorship::Actors::new(),
        place: 1,
    }
}

#[test]
fn what_may_not_be_written_is_kept_for_a_person_whether_the_document_exists_or_not() {
    for exists in [true, false] {
        let effects = hand_in(exists);
        let [Effect::Keep(kept)] = effects.as_slice() else { panic!("{effects:?}") };
        assert_eq!((kept.id, kept.changes, kept.heads.len()), (ID, 1, 1));
        let commit = admit(&replica_of(Automerge::new()), &kept.data, &DOCTOR, &BTreeSet::new(), false);
        let commit = commit.unwrap().expect("is new");
        assert_eq!(commit.heads, kept.heads);
        assert!(commit.bound.values().all(|author| *author == DOCTOR));
        let stranger = admit(&replica_of(Automerge::new()), &kept.data, &[9, 9], &BTreeSet::new(), false);
        assert_eq!(stranger.unwrap_err(), Refusal::Author);
    }
}
