//! One socket: carries out what the sync session says.

mod rows;

use crate::account::Account;
use crate::app::App;
use crate::documents::Slot;
use crate::store::{Conflict, Event, News, StoreError, Write};
use axum::extract::ws::{Message, WebSocket};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};
use sync::relay::{Commit, Effect, Errand, Input, Session, View};
use sync::{DocumentId, Refusal};
use tokio::sync::{Notify, OwnedMutexGuard, broadcast};
use tokio::task::JoinSet;
use tokio::time::{interval, timeout};

/// How many commits of one socket may be under way at once.
const IN_FLIGHT: usize = 64;
/// How long a frame may take to leave.
const SEND: Duration = Duration::from_secs(30);
/// How often the other end is asked whether it is there.
const PING: Duration = Duration::from_secs(20);
/// How long the other end may be silent.
const SILENCE: Duration = Duration::from_secs(65);

/// What has to be tried once more, because another relay changed the document first.
type Again = (DocumentId, Errand, Option<sync::About>);

/// Says that a socket is to be closed.
struct Over;

impl From<StoreError> for Over {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "socket closed because of the store");
        Self
    }
}

struct Connection {
    app: Arc<App>,
    socket: WebSocket,
    account: Account,
    token: [u8; 32],
    number: u64,
    device: String,
    session: Session,
    replaced: Arc<Notify>,
    committing: JoinSet<Result<Result<(), Again>, StoreError>>,
}

/// Serves one socket until it closes.
pub async fn serve(app: Arc<App>, socket: WebSocket, account: Account, token: [u8; 32], expires: i64) {
    let number = app.hub.number();
    let connected = app.metrics.connect();
    let who = account.pseudonym();
    tracing::info!(%who, number, "socket opened");
    let mut connection = Connection {
        session: Session::new(app.name.clone(), account.author()),
        app: Arc::clone(&app),
        socket,
        account,
        token,
        number,
        device: String::new(),
        replaced: Arc::default(),
        committing: JoinSet::new(),
    };
    let _ = connection.run(expires).await;
    // Commits under way finish and are kept, whoever hears of it.
    connection.committing.detach_all();
    let _ = timeout(SEND, connection.socket.send(Message::Close(None))).await;
    app.hub.release(number);
    tracing::info!(%who, number, "socket closed");
    drop(connected);
}

impl Connection {
    async fn run(&mut self, expires: i64) -> Result<(), Over> {
        let mut news = self.app.hub.subscribe();
        let mut accounts = self.app.accounts_version.clone();
        let mut stopping = self.app.stopping.clone();
        let replaced = Arc::clone(&self.replaced);
        let mut ping = interval(PING);
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                frame = self.socket.recv() => {
                    heard = Instant::now();
                    match frame {
                        Some(Ok(Message::Binary(bytes))) => {
                            let effects = self.session.handle(Input::Frame(&bytes));
                            self.perform(effects).await?;
                        }
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Over),
                        Some(Ok(_)) => {}
                    }
                }
                item = news.recv() => match item {
                    Ok(item) => self.news(&item).await?,
                    Err(broadcast::error::RecvError::Lagged(_) | broadcast::error::RecvError::Closed) => return Err(Over),
                },
                Some(done) = self.committing.join_next(), if !self.committing.is_empty() => self.finished(done).await?,
                _ = ping.tick() => {
                    if heard.elapsed() > SILENCE || self.app.now() >= expires {
                        return Err(Over);
                    }
                    self.send(Message::Ping(Vec::new().into())).await?;
                }
                _ = accounts.changed() => self.look_again().await?,
                () = replaced.notified() => return Err(Over),
                _ = stopping.changed() => return Err(Over),
            }
        }
    }

    /// Looks whether the session still stands and what its account may do now.
    async fn look_again(&mut self) -> Result<(), Over> {
        match self.app.store.session(self.token, self.app.now()).await? {
            Some((account, _)) => {
                self.account = account;
                Ok(())
            }
            None => Err(Over),
        }
    }

    async fn news(&mut self, item: &News) -> Result<(), Over> {
        let (origin, commit) = &**item;
        let rights = self.app.policy.rights(&self.account, &commit.about, &commit.creator);
        let effects = self.session.handle(Input::Committed {
            commit,
            own: *origin == self.number,
            readable: rights.read,
        });
        self.perform(effects).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Over> {
        match timeout(SEND, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Over),
        }
    }

    async fn perform(&mut self, effects: Vec<Effect>) -> Result<(), Over> {
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            let more = match effect {
                Effect::Send(frame) => {
                    self.send(Message::Binary(frame.into())).await?;
                    continue;
                }
                Effect::Close => return Err(Over),
                Effect::Claim(name) => {
                    let replaced = Arc::clone(&self.replaced);
                    self.device.clone_from(&name);
                    let granted = self.app.hub.claim(name, self.number, self.token, replaced);
                    self.session.handle(Input::Claimed(granted))
                }
                Effect::Open { id, errand, announced } => {
                    self.open(id, errand, announced).await?;
                    continue;
                }
                Effect::List(cursor) => {
                    let listed = rows::list(&self.app, &self.account, cursor).await?;
                    self.session.handle(Input::Listed(listed))
                }
                Effect::Refused(refusal) => {
                    self.app.metrics.refused(refusal);
                    tracing::warn!(%refusal, who = %self.account.pseudonym(), "refused");
                    continue;
                }
                // Only an opened document can be committed to; `open` takes these.
                Effect::Commit(_) => return Err(Over),
            };
            for effect in more.into_iter().rev() {
                queue.push_front(effect);
            }
        }
        Ok(())
    }

    /// Looks at a document under its lock; the lock goes along with a commit until it is safe.
    async fn open(
        &mut self,
        id: DocumentId,
        errand: Errand,
        announced: Option<sync::About>,
    ) -> Result<(), Over> {
        let slot = self.app.documents.lock(&*self.app.store, id).await?;
        let policy = &self.app.policy;
        let new = match &slot.replica {
            Some(_) => None,
            None => rows::new_row(&self.app, &self.account, announced.clone(), &errand).await?,
        };
        let existing = slot.replica.as_ref();
        let row = existing.map(|replica| (&replica.about, replica.creator.as_str()));
        let row = row.or(new.as_ref().map(|about| (about, self.account.name.as_str())));
        let kind = row.map_or("", |(about, _)| about.kind.as_str());
        let view = View {
            replica: existing,
            new: new.as_ref(),
            rights: row
                .map(|(about, creator)| policy.rights(&self.account, about, creator))
                .unwrap_or_default(),
            frozen: policy.frozen(kind),
            plain: kind == crate::policy::PLAIN,
        };
        let unseen = matches!(errand, Errand::Want { .. }) && existing.is_some() && !view.rights.read;
        let again = (id, errand.clone(), announced);
        let effects = self.session.handle(Input::Opened { id, errand, view });
        let about = row.map(|(about, _)| about.clone());
        let creator = row.map(|(_, creator)| creator.to_owned());
        let (commits, others): (Vec<_>, Vec<_>) =
            effects.into_iter().partition(|effect| matches!(effect, Effect::Commit(_)));
        match (commits.into_iter().next(), about, creator) {
            (Some(Effect::Commit(commit)), Some(about), Some(creator)) => {
                self.commit(slot, *commit, about, creator, again).await?;
            }
            // A slow reader must not hold the document.
            _ => drop(slot),
        }
        self.note_refusal(id, &others, unseen).await?;
        Box::pin(self.perform(others)).await
    }

    /// Records that a right was refused; what is malformed is only counted.
    async fn note_refusal(&mut self, id: DocumentId, effects: &[Effect], unseen: bool) -> Result<(), Over> {
        let refused = effects.iter().find_map(|effect| match effect {
            Effect::Refused(refusal) => Some(*refusal),
            _ => None,
        });
        let reason = match refused {
            Some(refusal @ (Refusal::Right | Refusal::Author | Refusal::LateAuthor | Refusal::Actor)) => {
                refusal.to_string()
            }
            None if unseen => Refusal::Right.to_string(),
            _ => return Ok(()),
        };
        let (app, now) = (&self.app, self.app.now());
        let act = if unseen { "read" } else { "commit" };
        let Some(note) = app.refusals.note(&self.account.name, id, &format!("{act}: {reason}"), now) else {
            return Ok(());
        };
        let event = Event {
            at: now,
            account: self.account.name.clone(),
            device: self.device.clone(),
            act,
            document: Some(id),
            refusal: reason,
            note: note.to_owned(),
            ..Event::default()
        };
        Ok(app.store.audit(event).await?)
    }

    async fn commit(
        &mut self,
        mut slot: OwnedMutexGuard<Slot>,
        commit: Commit,
        about: sync::About,
        creator: String,
        again: Again,
    ) -> Result<(), Over> {
        while self.committing.len() >= IN_FLIGHT {
            if let Some(done) = self.committing.join_next().await {
                Box::pin(self.finished(done)).await?;
            }
        }
        let app = Arc::clone(&self.app);
        let base = slot.replica.as_ref().map(|replica| replica.place);
        let account = self.account.name.clone();
        let (device, at) = (self.device.clone(), app.now());
        let write = Write { origin: self.number, account, device, at, about, creator, base, commit };
        self.committing.spawn(async move {
            let started = Instant::now();
            let changes = write.commit.changes.len();
            if let Err(Conflict) = slot.commit(&*app.store, write).await? {
                return Ok(Err(again));
            }
            app.metrics.committed(changes, started.elapsed());
            Ok(Ok(()))
        });
        Ok(())
    }

    async fn finished(
        &mut self,
        done: Result<Result<Result<(), Again>, StoreError>, tokio::task::JoinError>,
    ) -> Result<(), Over> {
        match done {
            Ok(Ok(Err((id, errand, announced)))) => self.open(id, errand, announced).await,
            Ok(result) => {
                let _ = result?;
                Ok(())
            }
            Err(_) => Err(Over),
        }
    }
}
