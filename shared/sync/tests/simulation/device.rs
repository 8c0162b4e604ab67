use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Author, Automerge, ROOT, ReadDoc};
use std::collections::{BTreeMap, VecDeque};
use sync::{About, Client, Cursor, DocumentId, Effect, Event, Heads, Outgoing, Received, Setup};

/// What survives a kill.
#[derive(Default, Clone)]
pub struct Disk {
    pub documents: BTreeMap<DocumentId, Vec<u8>>,
    pub held: BTreeMap<DocumentId, Heads>,
    pub outbox: BTreeMap<DocumentId, Outgoing>,
    pub cursor: Option<Cursor>,
}

pub struct Device {
    pub number: usize,
    pub team: String,
    pub disk: Disk,
    pub client: Client,
    /// Stores that are not on disk yet; a kill forgets them.
    pub unwritten: VecDeque<Received>,
    pub acknowledged: Vec<(DocumentId, Heads)>,
    pub lives: usize,
    pub caught_up: bool,
}

impl Device {
    pub fn new(number: usize, team: &str) -> Self {
        let mut device = Self {
            number,
            team: team.to_owned(),
            disk: Disk::default(),
            client: Client::new(Setup::default()),
            unwritten: VecDeque::new(),
            acknowledged: Vec::new(),
            lives: 0,
            caught_up: false,
        };
        device.start();
        device
    }

    pub fn author(&self) -> Vec<u8> {
        vec![self.number as u8; 16]
    }

    /// Starts from what is on disk.
    pub fn start(&mut self) {
        self.lives += 1;
        self.unwritten.clear();
        self.client = Client::new(Setup {
            peer: format!("device-{}-{}", self.number, self.lives),
            cursor: self.disk.cursor.clone(),
            held: self.disk.held.clone().into_iter().collect(),
            outbox: self.disk.outbox.values().cloned().collect(),
            kinds: vec!["record".into()],
        });
    }

    pub fn load(&self, id: DocumentId) -> Option<Automerge> {
        let mut document = Automerge::new();
        document.load_incremental(self.disk.documents.get(&id)?).expect("what is on disk reads");
        Some(document.with_author(Some(Author::from(self.author()))))
    }

    /// Writes one value, on disk before the client hears of it.
    pub fn write(&mut self, id: DocumentId, value: u64) -> Vec<Effect> {
        let fresh = Automerge::new().with_author(Some(Author::from(self.author())));
        let mut document = self.load(id).unwrap_or(fresh);
        let key = format!("{}-{value}", self.number);
        document
            .transact_with(
                |_: &()| CommitOptions::default().with_time(1),
                |tx| tx.put(ROOT, key, value as i64),
            )
            .expect("writes");
        let outgoing = Outgoing {
            id,
            heads: document.get_heads(),
            about: About {
                kind: "record".into(),
                subject: id.to_string(),
                team: self.team.clone(),
                institution: "h".into(),
            },
        };
        self.disk.documents.insert(id, document.save());
        self.disk.outbox.insert(id, outgoing.clone());
        self.client.handle(Event::Changed(outgoing))
    }

    /// Puts one download on disk.
    pub fn flush_one(&mut self) -> Vec<Effect> {
        let Some(received) = self.unwritten.pop_front() else {
            return Vec::new();
        };
        let id = received.id;
        let mut document = self.load(id).unwrap_or_default();
        document.load_incremental(&received.data).expect("what the server sends reads");
        for head in &received.heads {
            let here = document.get_change_meta_by_hash(head).is_some();
            assert!(here, "a stored download leads to its heads");
        }
        self.disk.documents.insert(id, document.save());
        self.disk.held.insert(id, received.heads);
        self.client.handle(Event::Stored { id })
    }

    /// Does what the client says; returns frames to send, and whether to close.
    pub fn perform(&mut self, effects: Vec<Effect>) -> (Vec<Vec<u8>>, bool) {
        let mut queue = VecDeque::from(effects);
        let (mut frames, mut close) = (Vec::new(), false);
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::Send(frame) => frames.push(frame),
                Effect::Close => close = true,
                Effect::Load(id) => {
                    let document = self.load(id);
                    let document = document.as_ref();
                    queue.extend(self.client.handle(Event::Loaded { id, document }));
                }
                Effect::Store(received) => {
                    assert_eq!(received.about.team, self.team, "a denied document was seen");
                    self.unwritten.push_back(received);
                }
                Effect::Durable { id, heads, server } => {
                    let same = |o: &Outgoing| sync::sorted(o.heads.clone()) == heads;
                    if self.disk.outbox.get(&id).is_some_and(same) {
                        self.disk.outbox.remove(&id);
                    }
                    // Downloads of this document that are not on disk yet may come before these heads.
                    if !self.unwritten.iter().any(|r| r.id == id) {
                        self.disk.held.insert(id, server);
                    }
                    self.acknowledged.push((id, heads));
                }
                Effect::Cursor(cursor) => {
                    assert!(self.unwritten.is_empty(), "the cursor overtook a download");
                    self.disk.cursor = Some(cursor);
                }
                Effect::CaughtUp => self.caught_up = true,
                Effect::Denied { .. } => panic!("nothing of these devices is ever denied"),
                Effect::Refused { .. } | Effect::Gone { .. } | Effect::Progress { .. } => {}
            }
        }
        (frames, close)
    }

    pub fn values(&self, id: DocumentId) -> BTreeMap<String, String> {
        let document = self.load(id).unwrap_or_default();
        values(&document)
    }
}

pub fn values(document: &Automerge) -> BTreeMap<String, String> {
    let keys: Vec<String> = document.keys(ROOT).collect();
    let value = |key: &String| format!("{:?}", document.get(ROOT, key).ok().flatten().map(|v| v.0));
    keys.iter().map(|key| (key.clone(), value(key))).collect()
}
