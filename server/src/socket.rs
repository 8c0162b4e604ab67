//! One socket: carries out what the sync session says.

mod concern;
mod granted;
mod opened;
mod packed;
mod rows;

use crate::account::Account;
use crate::app::App;
use crate::shares::Seat;
use crate::store::{Item, News, StoreError};
use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use concern::Concern;
use granted::Granted;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};
use sync::DocumentId;
use sync::relay::{Effect, Errand, Input, Session};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Notify;
use tokio::task::{JoinSet, block_in_place};
use tokio::time::{interval, sleep_until, timeout};

/// How many commits of one socket may be under way at once.
const IN_FLIGHT: usize = 64;
/// How long a frame may take to leave.
const SEND: Duration = Duration::from_secs(30);
/// How long a socket that is closed may take to hear it.
const FAREWELL: Duration = Duration::from_secs(2);
/// How often the other end is asked whether it is there.
const PING: Duration = Duration::from_secs(20);
/// How long the other end may be silent.
const SILENCE: Duration = Duration::from_secs(65);

/// What has to be tried once more, because another relay changed the document first.
type Again = (DocumentId, Errand, Option<sync::About>);

/// Above so many bytes a frame is read where it keeps nobody else from their turn.
const HEAVY: usize = 16 * 1024;

/// Says that a socket is to be closed, and why, if the other end should hear more than that.
struct Over(Option<Why>);

/// What a socket is closed with: a name for the metrics, and code and text for the other end.
type Why = (&'static str, u16, &'static str);

const FRAME: Why = ("frame", close_code::SIZE, "frame over its limit");
const QUOTA: Why = ("quota", close_code::POLICY, "this account has written all it may in a day");
const STORE: Why = ("store", close_code::AGAIN, "nothing can be stored now");
const FULL: Why =
    ("full", close_code::AGAIN, "the server's disk is full; nothing is stored until there is room");

impl From<StoreError> for Over {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "socket closed because of the store");
        Self(Some(if matches!(error, StoreError::Full) { FULL } else { STORE }))
    }
}

struct Connection {
    app: Arc<App>,
    socket: WebSocket,
    account: Account,
    token: [u8; 32],
    number: u64,
    device: String,
    epoch: String,
    session: Session,
    concern: Concern,
    granted: Granted,
    seat: Seat,
    /// How many of the next news were there already when it was last looked what the account may do.
    known: usize,
    /// What the present frame has cost so far.
    spent: Duration,
    replaced: Arc<Notify>,
    committing: JoinSet<Result<Result<(), Again>, StoreError>>,
}

/// Serves one socket until it closes.
pub async fn serve(
    app: Arc<App>,
    socket: WebSocket,
    account: Account,
    seat: Seat,
    token: [u8; 32],
    expires: i64,
) {
    let number = app.hub.number();
    let connected = app.metrics.connect();
    let who = account.pseudonym();
    tracing::info!(%who, number, "socket opened");
    let mut connection = Connection {
        session: Session::new(app.name.clone(), account.author()),
        concern: Concern::new(number, account.clone()),
        app: Arc::clone(&app),
        socket,
        account,
        token,
        number,
        device: String::new(),
        granted: Granted::default(),
        seat,
        known: 0,
        spent: Duration::ZERO,
        epoch: app.epoch(),
        replaced: Arc::default(),
        committing: JoinSet::new(),
    };
    let over = connection.run(expires).await.err().and_then(|Over(why)| why);
    // Commits under way finish and are kept, whoever hears of it.
    connection.committing.detach_all();
    if let Some((name, _, text)) = over {
        connection.app.metrics.refuse(name);
        let error = sync::wire::Message::Error { message: text.to_owned() };
        let _ = connection.send(Message::Binary(error.encode().into())).await;
    }
    let farewell = over.map(|(_, code, text)| CloseFrame { code, reason: text.into() });
    let _ = timeout(FAREWELL, connection.socket.send(Message::Close(farewell))).await;
    app.hub.release(number);
    tracing::info!(%who, number, "socket closed");
    drop(connected);
}

impl Connection {
    async fn run(&mut self, expires: i64) -> Result<(), Over> {
        let mut news = self.app.hub.listen(self.number, self.concern.test(&self.app));
        self.granted = Granted::read(&self.app, &self.account).await?;
        self.concern.may_concern(self.granted.documents());
        let mut accounts = self.app.accounts_version.clone();
        let mut stopping = self.app.stopping.clone();
        let replaced = Arc::clone(&self.replaced);
        let mut ping = interval(PING);
        let mut heard = Instant::now();
        let mut pause: Option<tokio::time::Instant> = None;
        loop {
            if *stopping.borrow_and_update() {
                // No more frames are taken, but of the commits under way is said what became of them.
                while let Some(done) = self.committing.join_next().await {
                    self.finished(done).await?;
                }
                while let Ok(item) = news.try_recv() {
                    self.news(&item, news.len()).await?;
                }
                return Err(Over(None));
            }
            tokio::select! {
                () = sleep_until(pause.unwrap_or_else(tokio::time::Instant::now)), if pause.is_some() => pause = None,
                frame = self.socket.recv(), if pause.is_none() => {
                    heard = Instant::now();
                    match frame {
                        Some(Ok(Message::Binary(bytes))) => {
                            let effects = think(&mut self.session, &mut self.spent, Input::Frame(&bytes), bytes.len());
                            self.perform(effects).await?;
                            pause = self.pause();
                        }
                        Some(Ok(Message::Text(_))) => return Err(Over(Some(FRAME))),
                        Some(Err(error)) if is_too_large(&error) => return Err(Over(Some(FRAME))),
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Over(None)),
                        Some(Ok(_)) => {}
                    }
                }
                item = news.recv() => match item {
                    Some(item) => self.news(&item, news.len()).await?,
                    None => return Err(Over(None)),
                },
                Some(done) = self.committing.join_next(), if !self.committing.is_empty() => self.finished(done).await?,
                _ = ping.tick() => {
                    if heard.elapsed() > SILENCE || self.app.now() >= expires {
                        return Err(Over(None));
                    }
                    self.send(Message::Ping(Vec::new().into())).await?;
                }
                _ = accounts.changed() => self.look_again().await?,
                () = replaced.notified() => return Err(Over(None)),
                _ = stopping.changed() => {}
            }
        }
    }

    /// Tells until when no frame is taken, because the account has cost more than its share.
    fn pause(&mut self) -> Option<tokio::time::Instant> {
        let pause = self.seat.worked(std::mem::take(&mut self.spent));
        if pause.is_zero() {
            return None;
        }
        self.app.metrics.paused(pause);
        Some(tokio::time::Instant::now() + pause)
    }

    /// Looks whether the session still stands and what its account may do now.
    async fn look_again(&mut self) -> Result<(), Over> {
        // A device offers what the store has lost when it connects.
        if self.epoch != self.app.epoch() {
            return Err(Over(None));
        }
        match self.app.store.session(self.token, self.app.now()).await? {
            Some((account, _)) => {
                self.concern.becomes(account.clone());
                self.account = account;
                Ok(())
            }
            None => Err(Over(None)),
        }
    }

    /// Takes one piece of news; `waiting` more are here.
    async fn news(&mut self, item: &News, waiting: usize) -> Result<(), Over> {
        let known = self.known > 0;
        self.known = self.known.saturating_sub(1);
        let (origin, commit) = match &**item {
            Item::Commit(origin, commit) => (origin, commit),
            Item::Access(access) if access.reader == self.account.name => {
                // The account itself may be another one: it may serve another team, or act for one more. What waits behind
                // this was stored before it is looked, so a whole team that moves is looked at once.
                if !known {
                    self.known = waiting;
                    self.look_again().await?;
                    self.granted = Granted::read(&self.app, &self.account).await?;
                }
                return self.open(access.document, Errand::Access { place: access.place }, None).await;
            }
            Item::Access(_) => return Ok(()),
        };
        let rights = self.app.policy.rights(&self.account, &commit.about, &commit.creator);
        let own = *origin == self.number;
        let grant = if rights.read { None } else { self.granted.to(&self.app, commit.id) };
        let readable = rights.read || grant.is_some();
        let effects = self.session.handle(Input::Committed { commit, own, readable });
        if let Some(grant) = grant
            && effects.iter().any(|effect| matches!(effect, Effect::Send(_)))
        {
            granted::note(&self.app, &self.account, commit.id, grant).await?;
        }
        self.perform(effects).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Over> {
        match timeout(SEND, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Over(None)),
        }
    }

    async fn perform(&mut self, effects: Vec<Effect>) -> Result<(), Over> {
        let started = Instant::now();
        let mut packed = packed::read(&self.app, &self.account, &effects).await?;
        self.spent += started.elapsed();
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            let more = match effect {
                Effect::Send(frame) => {
                    self.send(Message::Binary(frame.into())).await?;
                    continue;
                }
                Effect::Close => return Err(Over(None)),
                Effect::Claim(name) => {
                    let replaced = Arc::clone(&self.replaced);
                    self.device.clone_from(&name);
                    let granted = self.app.hub.claim(name, self.number, self.token, replaced);
                    self.session.handle(Input::Claimed(granted))
                }
                Effect::Open { id, errand, announced } => match (packed.remove(&id), &errand) {
                    (Some(piece), Errand::Want { last, .. }) => {
                        self.session.handle(Input::Packed { piece, last: *last })
                    }
                    _ => {
                        self.open(id, errand, announced).await?;
                        continue;
                    }
                },
                Effect::List(cursor) => {
                    let started = Instant::now();
                    self.granted = Granted::read(&self.app, &self.account).await?;
                    let listed = rows::list(&self.app, &self.account, &self.granted, cursor).await?;
                    self.spent += started.elapsed();
                    self.session.handle(Input::Listed(listed))
                }
                Effect::Refused(refusal) => {
                    self.app.metrics.refused(refusal);
                    tracing::warn!(%refusal, who = %self.account.pseudonym(), "refused");
                    continue;
                }
                Effect::Keep(submission) => {
                    let (id, heads) = (submission.id, submission.heads.clone());
                    let Account { name, institution, .. } = &self.account;
                    let kept = self.app.store.submit(name, institution, self.app.now(), *submission).await?;
                    self.session.handle(Input::Kept { id, heads, kept })
                }
                // Only an opened document can be committed to; `open` takes these.
                Effect::Commit(_) => return Err(Over(None)),
            };
            for effect in more.into_iter().rev() {
                queue.push_front(effect);
            }
        }
        Ok(())
    }
}

/// Lets the session think and notes how long it took.
fn think(session: &mut Session, spent: &mut Duration, input: Input<'_>, size: usize) -> Vec<Effect> {
    let started = Instant::now();
    let many = Handle::current().runtime_flavor() == RuntimeFlavor::MultiThread;
    let effects =
        if many && size > HEAVY { block_in_place(|| session.handle(input)) } else { session.handle(input) };
    *spent += started.elapsed();
    effects
}

/// Tells whether a socket failed because of what the other end sent, not because it is gone.
fn is_too_large(error: &axum::Error) -> bool {
    error.to_string().starts_with("Space limit exceeded")
}
