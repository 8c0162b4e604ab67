//! A device whose disk is its memory: the real client on a real socket.

use super::{PASSWORD, Peer, Running, document, status};
use automerge::transaction::Transactable;
use automerge::{Automerge, ROOT};
use std::collections::{BTreeMap, VecDeque};
use sync::client::{Client, Effect, Event, Outgoing, Setup};
use sync::{About, DocumentId};

pub struct Device {
    name: String,
    client: Client,
    socket: Option<Peer>,
    pub documents: BTreeMap<DocumentId, (About, Automerge)>,
    refused: Vec<DocumentId>,
    pub gone: Vec<DocumentId>,
    caught_up: bool,
}

impl Device {
    pub fn new(name: &str) -> Self {
        let setup = Setup { peer: format!("{name}-tablet"), ..Setup::default() };
        Self {
            name: name.to_owned(),
            client: Client::new(setup),
            socket: None,
            documents: BTreeMap::new(),
            refused: Vec::new(),
            gone: Vec::new(),
            caught_up: false,
        }
    }

    pub fn refused(&self) -> Vec<DocumentId> {
        self.refused.clone()
    }

    pub async fn connect(&mut self, server: &Running, account: &str) {
        let answer = server.login(account, PASSWORD).await;
        assert_eq!(status(&answer), 204);
        let cookie = server.cookie(account).await;
        self.socket = Some(server.socket(Some(&cookie), None).await.expect("a socket"));
        self.caught_up = false;
        self.handle(Event::Closed).await;
        self.handle(Event::Opened).await;
    }

    pub async fn write(&mut self, id: DocumentId, about: About, key: &str) {
        let own = document(&self.name);
        let held = self.documents.remove(&id).map(|(_, document)| document);
        let mut document = match held {
            Some(held) => held.with_author(own.get_author().cloned()),
            None => own,
        };
        document.transact(|tx| tx.put(ROOT, key, true)).expect("writes");
        let heads = document.get_heads();
        self.documents.insert(id, (about.clone(), document));
        self.handle(Event::Changed(Outgoing { id, heads, about })).await;
    }

    /// Waits until everything is here and everything is sent or refused.
    pub async fn settle(&mut self) {
        while !self.caught_up || self.client.pending().any(|out| !self.refused.contains(&out.id)) {
            assert!(self.step().await, "the socket closed");
        }
    }

    /// Waits until the server closes the socket.
    pub async fn closed(&mut self) {
        while self.step().await {}
    }

    pub async fn step(&mut self) -> bool {
        match self.socket.as_mut().expect("connected").next_bytes().await {
            Some(frame) => {
                self.handle(Event::Frame(&frame)).await;
                true
            }
            None => false,
        }
    }

    async fn handle(&mut self, event: Event<'_>) {
        let mut queue = VecDeque::from(self.client.handle(event));
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::Send(frame) => self.socket.as_mut().expect("connected").send_bytes(frame).await,
                Effect::Close => panic!("the server broke the protocol"),
                Effect::Load(id) => {
                    let document = self.documents.get(&id).map(|(_, document)| document);
                    queue.extend(self.client.handle(Event::Loaded { id, document }));
                }
                Effect::Store(received) => {
                    let entry = self.documents.entry(received.id).or_default();
                    entry.0 = received.about;
                    entry.1.load_incremental(&received.data).expect("reads");
                    queue.extend(self.client.handle(Event::Stored { id: received.id }));
                }
                Effect::Offer(id) => {
                    let here = self.documents.get(&id);
                    let heads = here.map(|(_, document)| document.get_heads()).unwrap_or_default();
                    let about = here.map(|(about, _)| about.clone()).unwrap_or_default();
                    queue.extend(self.client.handle(Event::Offered(Outgoing { id, heads, about })));
                }
                Effect::Refused { id } => self.refused.push(id),
                Effect::Gone { id } => {
                    self.documents.remove(&id);
                    self.gone.push(id);
                }
                Effect::Denied { id } => drop(self.documents.remove(&id)),
                Effect::CaughtUp => self.caught_up = true,
                Effect::Durable { .. }
                | Effect::Submitted { .. }
                | Effect::Cursor(_)
                | Effect::Progress { .. } => {}
            }
        }
    }
}
