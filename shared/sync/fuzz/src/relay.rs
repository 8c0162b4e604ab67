//! One session of the relay, with a store in memory behind it.

use automerge::transaction::Transactable;
use automerge::{ActorId, Author, Automerge, ROOT};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use sync::relay::{Commit, Committed, Effect, Errand, Input, Listed, Rights, Session, View};
use sync::wire::{Entry, Message};
use sync::{About, Actors, DocumentId, Replica};

/// The account that attacks.
pub(crate) const AUTHOR: [u8; 2] = [1, 1];
/// A document of the account's own, with two changes by the actor `[3; 16]`.
pub(crate) const KNOWN: DocumentId = DocumentId::new([7; 16]);
const PEER: &str = "f";
const MOST_STEPS: usize = 2_000;

/// A relay that serves one socket.
pub(crate) struct Relay {
    session: Session,
    documents: BTreeMap<DocumentId, Replica>,
    place: u64,
    plain: bool,
    nothing: BTreeSet<automerge::ChangeHash>,
}

impl Relay {
    /// Starts a greeted session on a store with one document.
    pub(crate) fn new(extended: bool) -> Self {
        let document = known();
        let actors = Actors::from([(document.get_actor().clone(), AUTHOR.to_vec())]);
        let about = about(!extended);
        let replica = Replica { id: KNOWN, about, creator: "a".into(), document, bytes: 0, actors, place: 1 };
        let mut relay = Self {
            session: Session::new("s".into(), AUTHOR.to_vec()),
            documents: BTreeMap::from([(KNOWN, replica)]),
            place: 1,
            plain: !extended,
            nothing: BTreeSet::new(),
        };
        let join = Message::Join { sender: PEER.into(), extended, versions: vec!["1".into()] };
        relay.frame(&join.encode());
        relay
    }

    /// Gives the session one sync message for the known document, twice.
    pub(crate) fn push(mut self, data: &[u8]) {
        for _twice in 0..2 {
            let errand = Errand::Sync { data: data.to_vec(), request: false };
            self.perform(vec![Effect::Open { id: KNOWN, errand, announced: None }]);
        }
        self.check();
    }

    /// Gives the session frames, each after its length in two bytes.
    pub(crate) fn converse(mut self, mut bytes: &[u8]) {
        while let Some(([high, low], rest)) = bytes.split_first_chunk() {
            let length = usize::from(u16::from_be_bytes([*high, *low])).min(rest.len());
            let (frame, rest) = rest.split_at(length);
            bytes = rest;
            self.frame(frame);
        }
        self.check();
    }

    fn frame(&mut self, frame: &[u8]) {
        let effects = self.session.handle(Input::Frame(frame));
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let mut queue = VecDeque::from(effects);
        for _step in 0..MOST_STEPS {
            let Some(effect) = queue.pop_front() else {
                return;
            };
            let more = match effect {
                Effect::Send(frame) => {
                    assert!(Message::decode(&frame).is_ok(), "what the relay sends can be read");
                    Vec::new()
                }
                Effect::Close => return,
                Effect::Refused(_) => Vec::new(),
                Effect::Keep(kept) => {
                    let (id, heads) = (kept.id, kept.heads);
                    self.session.handle(Input::Kept { id, heads, kept: true })
                }
                Effect::Claim(_) => self.session.handle(Input::Claimed(true)),
                Effect::List(cursor) => self.list(cursor.map_or(0, |cursor| cursor.place)),
                Effect::Open { id, errand, announced } => self.open(id, errand, announced),
                Effect::Commit(commit) => self.commit(*commit),
            };
            queue.extend(more);
        }
    }

    fn list(&mut self, after: u64) -> Vec<Effect> {
        let entry =
            |r: &Replica| Entry { document: r.id, about: r.about.clone(), place: r.place, heads: r.heads() };
        let entries = self.documents.values().filter(|r| r.place > after).map(entry).collect();
        self.session.handle(Input::Listed(Listed {
            epoch: "e".into(),
            after,
            place: self.place,
            entries,
            ..Listed::default()
        }))
    }

    fn open(&mut self, id: DocumentId, errand: Errand, announced: Option<About>) -> Vec<Effect> {
        let new = announced.unwrap_or_else(|| about(self.plain));
        let view = View {
            replica: self.documents.get(&id),
            new: Some(&new),
            rights: Rights { read: true, write: true },
            frozen: &self.nothing,
            plain: self.plain,
        };
        self.session.handle(Input::Opened { id, errand, view })
    }

    fn commit(&mut self, commit: Commit) -> Vec<Effect> {
        self.place += 1;
        let known = self.documents.remove(&commit.id);
        let row = known.as_ref().map(|replica| replica.about.clone()).or(commit.new).unwrap_or_default();
        let mut actors = known.as_ref().map(|replica| replica.actors.clone()).unwrap_or_default();
        actors.extend(commit.bound);
        let committed = Committed {
            place: self.place,
            id: commit.id,
            about: row.clone(),
            creator: "a".into(),
            since: commit.since,
            heads: commit.heads,
            acknowledged: commit.acknowledged,
            data: commit.changes.iter().flat_map(|change| change.raw_bytes()).copied().collect(),
        };
        let replica = Replica {
            id: commit.id,
            about: row,
            creator: "a".into(),
            document: commit.document,
            bytes: known.as_ref().map_or(0, |replica| replica.bytes) + committed.data.len(),
            actors,
            place: self.place,
        };
        self.documents.insert(commit.id, replica);
        self.session.handle(Input::Committed { commit: &committed, own: true, readable: true })
    }

    /// What was committed can be read back; an attack must not make a document unreadable.
    fn check(self) {
        for replica in self.documents.into_values() {
            let read = Automerge::load(&replica.document.save());
            let heads = read.map(|document| sync::sorted(document.get_heads()));
            assert!(heads.as_ref().is_ok_and(|heads| *heads == replica.heads()), "unreadable: {heads:?}");
        }
    }
}

fn about(plain: bool) -> About {
    About { kind: if plain { "plain" } else { "record" }.into(), ..About::default() }
}

/// Returns the document that is there already.
pub(crate) fn known() -> Automerge {
    let mut document = Automerge::new().with_actor(ActorId::from([3; 16]));
    for key in ["a", "b"] {
        let options = automerge::transaction::CommitOptions::default().with_time(0);
        let _ = document
            .transact_with::<_, _, automerge::AutomergeError, _>(|_| options, |tx| tx.put(ROOT, key, 1));
    }
    document
}

/// Returns an empty document whose changes are by the attacking account.
pub(crate) fn own(actor: u8) -> Automerge {
    let document = Automerge::new().with_author(Some(Author::from(AUTHOR.to_vec())));
    document.with_actor(ActorId::from([actor; 16]))
}
