//! Runs the sync machine: news of the socket and of local writes in, its effects out.

use super::{core::Core, link::News, store::Batch};
use crate::reactive::spawn_local;
use futures::future::{Fuse, FutureExt, ready};
use futures::{StreamExt, channel::mpsc, select_biased};
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;
use sync::{Client, DocumentId, Effect, Event, Outgoing, Received};

/// What the app tells the machine.
pub enum Local {
    /// A local change is on the disk.
    Changed(Outgoing),
}

/// The driver's ends.
pub struct Driver {
    /// The documents on this device.
    pub core: Rc<Core>,
    /// The machine, set up from the disk.
    pub client: Client,
    /// News of the socket.
    pub news: mpsc::UnboundedReceiver<News>,
    /// What the app did.
    pub local: mpsc::UnboundedReceiver<Local>,
    /// Frames for the socket.
    pub frames: mpsc::UnboundedSender<Option<Vec<u8>>>,
    /// Rings for whoever sends files.
    pub bell: mpsc::UnboundedSender<()>,
    /// Documents that have to go, in one transaction: whoever changes teams loses a thousand.
    pub leaving: BTreeSet<DocumentId>,
}

/// How many documents go at once.
const LEAVING: usize = 256;

impl Driver {
    /// Runs until the device is locked or another tab takes over.
    pub async fn run(mut self) {
        loop {
            let mut idle = if self.leaving.is_empty() { Fuse::terminated() } else { ready(()).fuse() };
            let effects = select_biased! {
                news = self.news.next() => match news {
                    Some(News::Met(met)) => {
                        let core = self.core.clone();
                        spawn_local(async move { core.met(met).await });
                        continue;
                    }
                    Some(News::Opened) => { self.core.state.connecting(); self.client.handle(Event::Opened) }
                    Some(News::Frame(frame)) => self.client.handle(Event::Frame(&frame)),
                    Some(News::Closed) => {
                        self.core.state.offline();
                        // What came before the line broke is worked with; what cannot be written comes again.
                        let _ = self.core.catch_up(Batch::default()).await;
                        self.client.handle(Event::Closed)
                    }
                    Some(News::SignedOut) => { self.core.state.signed_out(); self.core.tell(false); continue }
                    None => return,
                },
                local = self.local.next() => match local {
                    Some(Local::Changed(outgoing)) => self.client.handle(Event::Changed(outgoing)),
                    None => return,
                },
                () = idle => { self.leave().await; Vec::new() }
            };
            self.perform(effects.into()).await;
            self.core.state.settle(self.client.is_online(), self.client.pending().count());
            if self.client.is_online() && !self.core.sendable().is_empty() {
                let _ = self.bell.unbounded_send(());
            }
            self.core.tell(false);
        }
    }

    async fn perform(&mut self, mut effects: VecDeque<Effect>) {
        while let Some(effect) = effects.pop_front() {
            if let Effect::Denied { id } | Effect::Gone { id } = effect {
                self.leaving.insert(id);
                if self.leaving.len() < LEAVING {
                    continue;
                }
            }
            // What comes later may be about the same documents, or say that everything before is done.
            self.leave().await;
            let more = match effect {
                Effect::Send(frame) => {
                    let _ = self.frames.unbounded_send(Some(frame));
                    continue;
                }
                Effect::Store(first) => {
                    let pieces = with_following(first, &mut effects);
                    self.store(pieces).await
                }
                Effect::Load(id) => {
                    let document = self.core.document(id).await.ok().flatten();
                    self.client.handle(Event::Loaded { id, document: document.as_deref() })
                }
                Effect::Offer(id) => {
                    let found =
                        self.core.index(|index| index.documents().find(|held| held.id == id).cloned());
                    let (heads, about) = found.map(|held| (held.local, held.about)).unwrap_or_default();
                    self.client.handle(Event::Offered(Outgoing { id, heads, about }))
                }
                other => {
                    self.note(other).await;
                    continue;
                }
            };
            effects.extend(more);
        }
    }

    /// Forgets what has to go; when the disk refuses, the socket is closed and the next one says it again.
    async fn leave(&mut self) {
        if !self.leaving.is_empty() && self.core.forget(std::mem::take(&mut self.leaving)).await.is_err() {
            self.close();
        }
    }

    /// Stores what came in together; when the disk refuses, the socket is closed and the next one starts over.
    async fn store(&mut self, pieces: Vec<Received>) -> Vec<Effect> {
        let ids: Vec<DocumentId> = pieces.iter().map(|piece| piece.id).collect();
        if self.core.receive(pieces).await.is_err() {
            self.close();
            return Vec::new();
        }
        ids.into_iter().flat_map(|id| self.client.handle(Event::Stored { id })).collect()
    }

    async fn note(&mut self, effect: Effect) {
        let done = match effect {
            Effect::Durable { id, heads, server } => self.core.durable(id, &heads, server).await,
            Effect::Submitted { id, heads } => self.core.submitted(id, heads).await,
            Effect::Cursor(cursor) => self.core.keep_cursor(cursor).await,
            Effect::Progress { received, total } => {
                self.core.state.receiving(received, total);
                Ok(())
            }
            Effect::CaughtUp => {
                self.core.state.caught_up();
                self.core.whole();
                Ok(())
            }
            Effect::Refused { id: _ } => {
                self.core.state.refused();
                Ok(())
            }
            Effect::Denied { .. } | Effect::Gone { .. } => Ok(()),
            Effect::Close | Effect::Send(_) | Effect::Store(_) | Effect::Load(_) | Effect::Offer(_) => {
                self.close();
                Ok(())
            }
        };
        if done.is_err() {
            self.close();
        }
    }

    fn close(&self) {
        let _ = self.frames.unbounded_send(None);
    }
}

/// Takes the pieces that follow `first` directly: one frame is one transaction.
fn with_following(first: Received, effects: &mut VecDeque<Effect>) -> Vec<Received> {
    let mut pieces = vec![first];
    while matches!(effects.front(), Some(Effect::Store(_))) {
        if let Some(Effect::Store(piece)) = effects.pop_front() {
            pieces.push(piece);
        }
    }
    pieces
}
