use automerge::ChangeHash;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use sync::relay::{Committed, Effect, Input, Listed, Rights, Session, View};
use sync::wire::Entry;
use sync::{About, DocumentId, Replica};

/// A commit that waits for the disk.
struct Pending {
    origin: usize,
    replica: Replica,
    committed: Committed,
}

/// A server whose disk keeps only what was synced.
#[derive(Default)]
pub struct Server {
    pub durable: BTreeMap<DocumentId, Replica>,
    pub place: u64,
    pending: VecDeque<Pending>,
    sessions: BTreeMap<usize, (Session, String)>,
    frozen: BTreeSet<ChangeHash>,
    out: Vec<(usize, Vec<u8>)>,
    closed: Vec<usize>,
}

impl Server {
    pub fn connect(&mut self, device: usize, author: Vec<u8>, team: &str) {
        let session = Session::new("server".into(), author);
        self.sessions.insert(device, (session, team.to_owned()));
    }

    pub fn disconnect(&mut self, device: usize) {
        self.sessions.remove(&device);
    }

    /// Forgets what was not synced, and every socket.
    pub fn crash(&mut self) {
        self.pending.clear();
        self.sessions.clear();
        self.out.clear();
    }

    pub fn frame(&mut self, device: usize, bytes: &[u8]) {
        self.input(device, Input::Frame(bytes));
    }

    /// What is to be sent, and whom the server hung up on.
    pub fn take(&mut self) -> (Vec<(usize, Vec<u8>)>, Vec<usize>) {
        (std::mem::take(&mut self.out), std::mem::take(&mut self.closed))
    }

    fn input(&mut self, device: usize, input: Input<'_>) {
        let Some((session, _)) = self.sessions.get_mut(&device) else {
            return;
        };
        let effects = session.handle(input);
        self.perform(device, effects);
    }

    fn perform(&mut self, device: usize, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(frame) => self.out.push((device, frame)),
                Effect::Close => {
                    self.closed.push(device);
                    self.sessions.remove(&device);
                }
                Effect::Claim(_) => self.input(device, Input::Claimed(true)),
                Effect::Open { id, errand, announced } => {
                    // The lock of a document whose commit is under way.
                    if self.pending.iter().any(|p| p.committed.id == id) {
                        self.sync_disk();
                    }
                    let Some((session, team)) = self.sessions.get_mut(&device) else {
                        return;
                    };
                    let replica = self.durable.get(&id);
                    let row = replica.map(|r| &r.about).or(announced.as_ref());
                    let mine = row.is_some_and(|about| about.team == *team);
                    let view = View {
                        replica,
                        new: announced.as_ref().filter(|_| mine),
                        rights: Rights { read: mine, write: mine },
                        frozen: &self.frozen,
                        plain: false,
                    };
                    let about = row.cloned();
                    let effects = session.handle(Input::Opened { id, errand, view });
                    self.opened(device, about, effects);
                }
                Effect::List(cursor) => {
                    let after = cursor.filter(|c| c.epoch == "e").map_or(0, |c| c.place);
                    let listed = self.list(device, after);
                    self.input(device, Input::Listed(listed));
                }
                Effect::Refused(_) => {}
                Effect::Commit(_) => unreachable!("only an opened document is committed to"),
            }
        }
    }

    fn opened(&mut self, device: usize, about: Option<About>, effects: Vec<Effect>) {
        for effect in effects {
            let Effect::Commit(commit) = effect else {
                self.perform(device, vec![effect]);
                continue;
            };
            let commit = *commit;
            let place = self.place + self.pending.len() as u64 + 1;
            let about = about.clone().expect("a row");
            let mut actors = self.durable.get(&commit.id).map(|r| r.actors.clone()).unwrap_or_default();
            actors.extend(commit.bound);
            let data = commit.changes.iter().flat_map(|c| c.raw_bytes().to_vec());
            self.pending.push_back(Pending {
                origin: device,
                committed: Committed {
                    place,
                    id: commit.id,
                    about: about.clone(),
                    creator: String::new(),
                    since: commit.since,
                    heads: commit.heads,
                    acknowledged: commit.acknowledged,
                    data: data.collect(),
                },
                replica: Replica {
                    id: commit.id,
                    about,
                    creator: String::new(),
                    document: commit.document,
                    actors,
                    place,
                },
            });
        }
    }

    fn list(&self, device: usize, after: u64) -> Listed {
        let team = self.sessions.get(&device).map(|(_, team)| team.clone());
        let mine = |r: &&Replica| r.place > after && Some(&r.about.team) == team.as_ref();
        Listed {
            epoch: "e".into(),
            after,
            place: self.place,
            entries: self
                .durable
                .values()
                .filter(mine)
                .map(|r| Entry { document: r.id, about: r.about.clone(), place: r.place, heads: r.heads() })
                .collect(),
        }
    }

    /// The group commit: everything that waits is safe, then everyone hears of it.
    pub fn sync_disk(&mut self) {
        while let Some(pending) = self.pending.pop_front() {
            let committed = pending.committed;
            self.place = committed.place;
            self.durable.insert(committed.id, pending.replica);
            let devices: Vec<usize> = self.sessions.keys().copied().collect();
            for device in devices {
                let team = self.sessions.get(&device).map(|(_, team)| team.clone());
                let readable = team.as_ref() == Some(&committed.about.team);
                let input = Input::Committed { commit: &committed, own: device == pending.origin, readable };
                self.input(device, input);
            }
        }
    }
}
