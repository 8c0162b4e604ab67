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
