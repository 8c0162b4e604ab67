//! A server whose disk keeps only what was synced.

use super::Fault;
use automerge::ChangeHash;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use sync::relay::{Commit, Committed, Effect, Input, Listed, Rights, Session, View};
use sync::wire::Entry;
use sync::{About, DocumentId, Replica};

/// A commit that waits for the disk.
struct Pending {
    origin: u64,
    replica: Replica,
    committed: Committed,
}

/// One end of a connection. It hears of commits in its own time, like a task that reads a channel.
struct Socket {
    session: Session,
    team: String,
    news: VecDeque<(bool, Rc<Committed>)>,
}

#[derive(Default)]
pub struct Server {
    pub durable: BTreeMap<DocumentId, Replica>,
    place: u64,
    pending: VecDeque<Pending>,
    sockets: BTreeMap<u64, Socket>,
    frozen: BTreeSet<ChangeHash>,
    out: Vec<(u64, Vec<u8>)>,
    closed: Vec<u64>,
    fault: Fault,
}

impl Server {
    pub fn new(fault: Fault) -> Self {
        let frozen = super::document::genesis().get_heads().into_iter().collect();
        Self { frozen, fault, ..Self::default() }
    }

    pub fn connect(&mut self, socket: u64, author: Vec<u8>, team: String) {
        let session = Session::new("server".into(), author);
        self.sockets.insert(socket, Socket { session, team, news: VecDeque::new() });
    }

    pub fn disconnect(&mut self, socket: u64) {
        self.sockets.remove(&socket);
    }

    /// Forgets what was not synced, and every socket; returns how many commits are gone.
    pub fn kill(&mut self) -> usize {
        self.sockets.clear();
        self.out.clear();
        self.closed.clear();
        std::mem::take(&mut self.pending).len()
    }

    pub fn is_idle(&self) -> bool {
        self.pending.is_empty() && self.sockets.values().all(|socket| socket.news.is_empty())
    }

    /// The sockets for which there is news.
    pub fn listening(&self) -> Vec<u64> {
        let waiting = self.sockets.iter().filter(|(_, socket)| !socket.news.is_empty());
        waiting.map(|(number, _)| *number).collect()
    }

    pub fn frame(&mut self, socket: u64, bytes: &[u8]) {
        self.input(socket, Input::Frame(bytes));
    }

    /// What is to be sent, and on whom the server hung up.
    pub fn take(&mut self) -> (Vec<(u64, Vec<u8>)>, Vec<u64>) {
        (std::mem::take(&mut self.out), std::mem::take(&mut self.closed))
    }

    /// The group commit: everything that waits is safe. Nobody has heard of it yet.
    pub fn sync_disk(&mut self) {
        while let Some(pending) = self.pending.pop_front() {
            self.place = pending.committed.place;
            self.durable.insert(pending.committed.id, pending.replica);
            let committed = Rc::new(pending.committed);
            for (number, socket) in &mut self.sockets {
                let own = *number == pending.origin;
                if !(own && self.fault == Fault::AcknowledgeBeforeCommit) {
                    socket.news.push_back((own, Rc::clone(&committed)));
                }
            }
        }
    }

    /// Lets a socket hear of the next commit.
    pub fn hear(&mut self, number: u64) {
        let Some(socket) = self.sockets.get_mut(&number) else {
            return;
        };
        if let Some((own, commit)) = socket.news.pop_front() {
            let readable = socket.team == commit.about.team;
            self.input(number, Input::Committed { commit: &commit, own, readable });
        }
    }

    fn input(&mut self, socket: u64, input: Input<'_>) {
        if let Some(open) = self.sockets.get_mut(&socket) {
            let effects = open.session.handle(input);
            self.perform(socket, effects);
        }
    }

    fn perform(&mut self, socket: u64, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(frame) => self.out.push((socket, frame)),
                Effect::Close => {
                    self.closed.push(socket);
                    self.sockets.remove(&socket);
                }
                Effect::Claim(_) => self.input(socket, Input::Claimed(true)),
                Effect::Open { id, errand, announced } => {
                    // The lock of a document whose commit is under way.
                    if self.pending.iter().any(|p| p.committed.id == id) {
                        self.sync_disk();
                    }
                    let Some(open) = self.sockets.get_mut(&socket) else {
                        return;
                    };
                    let replica = self.durable.get(&id);
                    let row = replica.map(|r| &r.about).or(announced.as_ref());
                    let mine = row.is_some_and(|about| about.team == open.team);
                    let view = View {
                        replica,
                        new: announced.as_ref().filter(|_| mine),
                        rights: Rights { read: mine, write: mine },
                        frozen: &self.frozen,
                        plain: false,
                    };
                    let about = row.cloned();
                    let effects = open.session.handle(Input::Opened { id, errand, view });
                    self.opened(socket, about, effects);
                }
                Effect::List(cursor) => {
                    let after = cursor.filter(|c| c.epoch == "e").map_or(0, |c| c.place);
                    let listed = self.list(socket, after);
                    self.input(socket, Input::Listed(listed));
                }
                Effect::Refused(_) => {}
                Effect::Keep(submission) => {
                    let (id, heads) = (submission.id, submission.heads);
                    self.input(socket, Input::Kept { id, heads, kept: false });
                }
                Effect::Commit(_) => unreachable!("only an opened document is committed to"),
            }
        }
    }

    fn opened(&mut self, socket: u64, about: Option<About>, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Commit(commit) => {
                    self.begin(socket, about.clone().expect("a row"), *commit);
                }
                other => self.perform(socket, vec![other]),
            }
        }
    }

    fn begin(&mut self, origin: u64, about: About, commit: Commit) {
        let place = self.place + self.pending.len() as u64 + 1;
        let mut actors = self.durable.get(&commit.id).map(|r| r.actors.clone()).unwrap_or_default();
        actors.extend(commit.bound);
        let data = commit.changes.iter().flat_map(|c| c.raw_bytes().to_vec());
        let committed = Committed {
            place,
            id: commit.id,
            about: about.clone(),
            creator: String::new(),
            since: commit.since,
            heads: commit.heads,
            acknowledged: commit.acknowledged,
            data: data.collect(),
        };
        if self.fault == Fault::AcknowledgeBeforeCommit {
            let early = Input::Committed { commit: &committed, own: true, readable: true };
            self.input(origin, early);
        }
        let replica = Replica {
            id: commit.id,
            about,
            creator: String::new(),
            document: commit.document,
            bytes: 0,
            actors,
            place,
        };
        self.pending.push_back(Pending { origin, committed, replica });
    }

    fn list(&self, socket: u64, after: u64) -> Listed {
        let team = self.sockets.get(&socket).map(|open| open.team.as_str());
        let mine = |r: &&Replica| r.place > after && Some(r.about.team.as_str()) == team;
        let entry =
            |r: &Replica| Entry { document: r.id, about: r.about.clone(), place: r.place, heads: r.heads() };
        Listed {
            epoch: "e".into(),
            after,
            place: self.place,
            entries: self.durable.values().filter(mine).map(entry).collect(),
            ..Listed::default()
        }
    }
}
