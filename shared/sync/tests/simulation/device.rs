//! A device whose disk keeps only what was synced.

use super::Fault;
use super::document;
use super::store::{Disk, Saved, Unsynced};
use automerge::{Automerge, ChangeHash};
use std::collections::{BTreeMap, VecDeque};
use sync::{Client, DocumentId, Effect, Event, Outgoing, Setup};

/// What came of a few effects.
#[derive(Default)]
pub struct Outcome {
    pub frames: Vec<Vec<u8>>,
    pub close: bool,
    pub acknowledged: Vec<Saved>,
    pub wrong: Option<String>,
}

pub struct Device {
    pub number: usize,
    pub team: usize,
    pub disk: Disk,
    pub client: Client,
    pub saved: Vec<Saved>,
    pub caught_up: bool,
    pub(super) unsynced: VecDeque<Unsynced>,
    /// The disk's documents, opened.
    pub(super) open: BTreeMap<DocumentId, Automerge>,
    /// Documents with writes that are not on disk yet, and how many those are.
    pub(super) ahead: BTreeMap<DocumentId, (Automerge, usize)>,
    lives: usize,
    pub(super) actors: u64,
    fault: Fault,
}

impl Device {
    pub fn new(number: usize, team: usize, fault: Fault) -> Self {
        let mut device = Self {
            number,
            team,
            disk: Disk::default(),
            client: Client::new(Setup::default()),
            saved: Vec::new(),
            caught_up: false,
            unsynced: VecDeque::new(),
            open: BTreeMap::new(),
            ahead: BTreeMap::new(),
            lives: 0,
            actors: 0,
            fault,
        };
        device.restart();
        device
    }

    pub fn author(&self) -> Vec<u8> {
        vec![self.number as u8 + 1; 16]
    }

    /// Starts from what is on disk; returns how many writes are gone that nobody saw as saved.
    pub fn restart(&mut self) -> usize {
        let lost = self.ahead.values().map(|(_, writes)| writes).sum();
        self.lives += 1;
        self.unsynced.clear();
        self.open.clear();
        self.ahead.clear();
        self.client = Client::new(Setup {
            peer: self.peer(),
            cursor: self.disk.cursor.clone(),
            held: self.disk.held.clone().into_iter().collect(),
            outbox: self.disk.outbox.values().cloned().collect(),
            kinds: vec!["record".into()],
        });
        lost
    }

    /// The name it goes by on the wire.
    pub fn peer(&self) -> String {
        format!("device-{}-{}", self.number, self.lives)
    }

    pub fn is_idle(&self) -> bool {
        self.unsynced.is_empty()
    }

    /// Puts one transaction on disk, whole.
    pub fn sync_one(&mut self) -> Outcome {
        let effects = match self.unsynced.pop_front() {
            None => Vec::new(),
            Some(Unsynced::Write { chunk, write, outgoing }) => {
                let id = write.id;
                self.append(id, &chunk);
                self.written(id);
                // Where an older entry waits, it would carry this write along.
                let alone = !self.disk.outbox.contains_key(&id);
                let skipped = self.fault == Fault::SkippedOutboxWrite && alone && write.number % 8 == 0;
                if !skipped {
                    self.disk.outbox.insert(id, outgoing.clone());
                }
                self.saved.push(write);
                self.client.handle(Event::Changed(outgoing))
            }
            Some(Unsynced::Store(received)) => {
                let id = received.id;
                self.append(id, &received.data);
                let document = self.opened(id).expect("just appended to");
                let here = |head| document.get_change_meta_by_hash(head).is_some();
                if !received.heads.iter().all(here) {
                    return Outcome {
                        wrong: Some(format!("a download of {id} leads nowhere")),
                        ..Outcome::default()
                    };
                }
                self.disk.held.insert(id, received.heads);
                self.client.handle(Event::Stored { id })
            }
            Some(Unsynced::Durable { id, heads, server }) => {
                let same = |o: &Outgoing| sync::sorted(o.heads.clone()) == heads;
                if self.disk.outbox.get(&id).is_some_and(same) {
                    self.disk.outbox.remove(&id);
                }
                self.disk.held.insert(id, server);
                Vec::new()
            }
            Some(Unsynced::Cursor(cursor)) => {
                self.disk.cursor = Some(cursor);
                Vec::new()
            }
        };
        self.perform(effects)
    }

    /// Does what the client says.
    pub fn perform(&mut self, effects: Vec<Effect>) -> Outcome {
        let mut queue = VecDeque::from(effects);
        let mut outcome = Outcome::default();
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::Send(frame) => outcome.frames.push(frame),
                Effect::Close => outcome.close = true,
                Effect::Load(id) => {
                    self.opened(id);
                    let document = self.open.get(&id);
                    queue.extend(self.client.handle(Event::Loaded { id, document }));
                }
                Effect::Store(received) => {
                    if document::team_of(received.id) != self.team {
                        outcome.wrong = Some(format!("the denied document {} was seen", received.id));
                    }
                    self.unsynced.push_back(Unsynced::Store(received));
                }
                Effect::Durable { id, heads, server } => {
                    outcome.acknowledged.extend(self.acknowledge(id, &heads));
                    self.unsynced.push_back(Unsynced::Durable { id, heads, server });
                }
                Effect::Cursor(cursor) => {
                    if self.unsynced.iter().any(|u| matches!(u, Unsynced::Store(_))) {
                        outcome.wrong = Some("the cursor overtook a download".into());
                    }
                    self.unsynced.push_back(Unsynced::Cursor(cursor));
                }
                Effect::CaughtUp => self.caught_up = true,
                Effect::Denied { id } | Effect::Gone { id } => {
                    if document::team_of(id) == self.team {
                        outcome.wrong = Some(format!("{id} was denied to its own team"));
                    }
                }
                Effect::Submitted { id, .. } => {
                    outcome.wrong = Some(format!("{id} was handed in by its own team"));
                }
                Effect::Offer(_) => outcome.wrong = Some("the server never begins another life here".into()),
                Effect::Refused { .. } | Effect::Progress { .. } => {}
            }
        }
        outcome
    }

    /// Marks what these heads cover: the write that made them and all before it in the document.
    fn acknowledge(&mut self, id: DocumentId, heads: &[ChangeHash]) -> Vec<Saved> {
        let last = self.saved.iter().rposition(|s| s.id == id && heads == [s.hash]);
        let count = last.map_or(0, |last| last + 1);
        let fresh = self.saved.iter_mut().take(count).filter(|s| s.id == id && !s.acknowledged);
        fresh
            .map(|saved| {
                saved.acknowledged = true;
                saved.clone()
            })
            .collect()
    }
}
