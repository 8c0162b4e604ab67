//! A device whose disk keeps only what was synced.

use super::Fault;
use super::document;
use automerge::{Automerge, ChangeHash};
use std::collections::{BTreeMap, VecDeque};
use sync::{About, Client, Cursor, DocumentId, Effect, Event, Heads, Outgoing, Received, Setup};

/// What survives a kill.
#[derive(Default)]
pub struct Disk {
    pub chunks: BTreeMap<DocumentId, Vec<u8>>,
    pub held: BTreeMap<DocumentId, Heads>,
    pub outbox: BTreeMap<DocumentId, Outgoing>,
    pub cursor: Option<Cursor>,
}

/// A transaction that is not on disk yet; a kill forgets it and all that follow.
enum Unsynced {
    Write { chunk: Vec<u8>, write: Saved, outgoing: Outgoing },
    Store(Received),
    Durable { id: DocumentId, heads: Heads, server: Heads },
    Cursor(Cursor),
}

/// A write that the person saw as saved: the simulation remembers it through every kill.
#[derive(Clone)]
pub struct Saved {
    pub id: DocumentId,
    pub number: i64,
    pub hash: ChangeHash,
    pub acknowledged: bool,
}

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
    unsynced: VecDeque<Unsynced>,
    /// The disk's documents, opened.
    open: BTreeMap<DocumentId, Automerge>,
    /// Documents with writes that are not on disk yet, and how many those are.
    ahead: BTreeMap<DocumentId, (Automerge, usize)>,
    lives: usize,
    actors: u64,
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
            peer: format!("device-{}-{}", self.number, self.lives),
            cursor: self.disk.cursor.clone(),
            held: self.disk.held.clone().into_iter().collect(),
            outbox: self.disk.outbox.values().cloned().collect(),
            kinds: vec!["record".into()],
        });
        lost
    }

    pub fn is_idle(&self) -> bool {
        self.unsynced.is_empty()
    }

    /// Opens what is on disk, as a fresh actor of this device.
    pub fn read(&mut self, id: DocumentId) -> Option<Automerge> {
        let mut document = Automerge::new();
        document.load_incremental(self.disk.chunks.get(&id)?).expect("what is on disk reads");
        self.actors += 1;
        Some(document::owned(document, self.author(), self.actors))
    }

    fn opened(&mut self, id: DocumentId) -> Option<&mut Automerge> {
        if !self.open.contains_key(&id) {
            let document = self.read(id)?;
            self.open.insert(id, document);
        }
        self.open.get_mut(&id)
    }

    /// Makes the document anew and for this device's pen.
    pub fn fresh(&mut self) -> Automerge {
        self.actors += 1;
        document::owned(document::genesis(), self.author(), self.actors)
    }

    /// Writes; neither the disk nor the client know of it yet.
    pub fn write(&mut self, id: DocumentId, number: i64, place: usize) {
        let (mut document, writes) = match self.ahead.remove(&id) {
            Some(ahead) => ahead,
            None => (self.opened(id).cloned().unwrap_or_else(|| self.fresh()), 0),
        };
        let before = if self.disk.chunks.contains_key(&id) || writes > 0 { document.get_heads() } else { vec![] };
        document::write(&mut document, number, place);
        let heads = document.get_heads();
        let about = About {
            kind: "record".into(),
            subject: id.to_string(),
            team: self.team.to_string(),
            institution: "h".into(),
        };
        self.unsynced.push_back(Unsynced::Write {
            chunk: document.save_after(&before),
            write: Saved { id, number, hash: heads[0], acknowledged: false },
            outgoing: Outgoing { id, heads, about },
        });
        self.ahead.insert(id, (document, writes + 1));
    }

    /// Puts one transaction on disk, whole.
    pub fn sync_one(&mut self) -> Outcome {
        let effects = match self.unsynced.pop_front() {
            None => Vec::new(),
            Some(Unsynced::Write { chunk, write, outgoing }) => {
                let id = write.id;
                self.append(id, &chunk);
                self.written(id);
                let skipped = self.fault == Fault::SkippedOutboxWrite && write.number % 8 == 0;
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
                    return Outcome { wrong: Some(format!("a download of {id} leads nowhere")), ..Outcome::default() };
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

    fn append(&mut self, id: DocumentId, data: &[u8]) {
        if let Some(document) = self.open.get_mut(&id) {
            document.load_incremental(data).expect("what is appended reads");
        }
        self.disk.chunks.entry(id).or_default().extend_from_slice(data);
    }

    /// Lets the disk's document go on under the actor that wrote, once all it wrote is there.
    fn written(&mut self, id: DocumentId) {
        let Some((document, writes)) = self.ahead.remove(&id) else {
            return;
        };
        if writes > 1 {
            self.ahead.insert(id, (document, writes - 1));
        } else if let Some(open) = self.opened(id) {
            open.set_actor(document.get_actor().clone());
        }
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
