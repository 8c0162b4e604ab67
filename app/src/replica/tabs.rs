//! The other tabs of this person: who writes now, who has the socket, and what they tell each other.

use super::{
    blobs,
    core::Core,
    driver::Driver,
    link::Link,
    random_id,
    seat::{Effect, Event, Seat},
    word::Word,
};
use crate::{
    channel::Channel,
    clock,
    locks::{self, Lock, Wish},
    reactive::spawn_local,
};
use futures::{
    FutureExt, StreamExt,
    channel::{mpsc, oneshot},
    join, select,
};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::document;
use std::collections::BTreeSet;
use std::rc::Rc;
use sync::Client;

/// How long another tab may write before it is taken for frozen, in ms.
const PATIENCE: u32 = 5_000;
/// How often a tab looks whether it should have the socket, in ms.
const LOOK: u32 = 1_000;
/// How often the tab with the socket does.
const SEATED: u32 = 60_000;
/// The wait before another attempt to sit down, when the disk refuses.
const REFUSED: u32 = 2_000;

/// What a tab tells its task about the others.
pub enum News {
    /// Another tab said something.
    Heard(Word),
    /// The page was shown or hidden.
    Look,
    /// Try to connect now.
    Wake,
    /// A lock arrived: its number, and whether it was taken from another tab.
    Granted(u64, bool, Option<Lock>),
    /// The lock of this number is gone.
    Robbed(u64),
    /// The socket is closed and everything it brought is stored.
    Left,
    /// Something on the disk cannot be opened any more.
    Heal,
    /// What the disk has is another than the socket was opened with.
    Again,
}

/// The other tabs, as writers see them. In a browser where tabs cannot speak there are none (`only_tab`).
pub struct Others {
    channel: Option<Channel>,
    database: String,
    news: mpsc::UnboundedSender<News>,
}

impl Others {
    /// Opens the channel of a person's database; `news` gets what is heard.
    pub fn new(database: &str, news: mpsc::UnboundedSender<News>) -> Self {
        let told = news.clone();
        let heard = move |text: &str| {
            if let Some(word) = Word::read(text) {
                let _ = told.unbounded_send(News::Heard(word));
            }
        };
        Self { channel: Channel::open(database, heard), database: database.to_owned(), news }
    }

    /// Has what cannot be opened any more taken care of.
    pub fn heal(&self) {
        let _ = self.news.unbounded_send(News::Heal);
    }

    /// Lets the socket, in whichever tab it is, begin anew with what the disk has.
    pub fn again(&self) {
        let _ = self.news.unbounded_send(News::Again);
        self.say(&Word::Again);
    }

    /// Says something to all of them.
    pub fn say(&self, word: &Word) {
        if let Some(channel) = &self.channel {
            channel.say(&word.text());
        }
    }

    /// Waits until none of them writes.
    pub async fn turn(&self) -> Option<Lock> {
        self.channel.as_ref()?;
        locks::insist(&["write ", &self.database].concat(), PATIENCE).await
    }

    /// Waits until none of them writes a draft: what another tab was told is then on the disk.
    pub async fn drafts(&self) -> Option<Lock> {
        self.channel.as_ref()?;
        locks::insist(&["drafts ", &self.database].concat(), PATIENCE).await
    }

    /// Returns whether there can be no others.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.channel.is_none()
    }

    fn seat(&self) -> String {
        ["socket ", &self.database].concat()
    }
}

/// The task that keeps the socket in the tab that is looked at.
pub struct Tabs {
    core: Rc<Core>,
    news: mpsc::UnboundedSender<News>,
    seat: Seat,
    lock: Option<(u64, Lock)>,
    /// Numbers the locks that were asked for.
    asked: u64,
    queued: bool,
    /// Whether the lock was taken from another tab.
    taken: bool,
    /// Dropped, it ends the socket.
    wake: Option<mpsc::UnboundedSender<()>>,
    ended: Option<oneshot::Receiver<()>>,
}

impl Tabs {
    /// Begins without the socket. `news` is the way back into [`Tabs::run`].
    pub fn new(core: Rc<Core>, news: mpsc::UnboundedSender<News>) -> Self {
        let seat = Seat::new(random_id());
        Self { core, news, seat, lock: None, asked: 0, queued: false, taken: false, wake: None, ended: None }
    }

    /// Runs until the device is locked.
    pub async fn run(mut self, mut news: mpsc::UnboundedReceiver<News>, mut locked: oneshot::Receiver<()>) {
        if self.core.others.is_alone() {
            self.start();
        } else {
            self.queue();
            self.core.others.say(&Word::Hello);
        }
        loop {
            self.act(Event::Look);
            select! {
                news = news.next() => if let Some(news) = news { self.take(news) },
                () = TimeoutFuture::new(if self.wake.is_some() { SEATED } else { LOOK }).fuse() => {}
                _ = locked => return,
            }
        }
    }

    fn take(&mut self, news: News) {
        match news {
            News::Heard(Word::Written) => {
                let core = self.core.clone();
                spawn_local(async move { core.look().await });
            }
            News::Heard(Word::Sync(sync)) if self.wake.is_none() => self.core.state.heard(sync),
            News::Heard(Word::Hello) => self.core.tell(true),
            News::Heard(Word::Wake) => self.ring(),
            News::Again | News::Heard(Word::Again) => {
                if self.wake.is_some() {
                    self.start();
                }
            }
            News::Heal => {
                let core = self.core.clone();
                // What cannot be mended now is found again when it is next read.
                spawn_local(async move { drop(core.heal().await) });
            }
            News::Heard(word) => self.act(Event::Heard(&word)),
            News::Wake if self.wake.is_none() => self.core.others.say(&Word::Wake),
            News::Wake => self.ring(),
            News::Look => {}
            News::Granted(number, taken, lock) => {
                self.queued &= taken;
                // A browser without locks gives nothing; the journal on the disk still keeps tabs apart.
                self.lock = lock.map(|lock| (number, lock));
                self.taken = taken;
                self.act(Event::Granted);
            }
            News::Robbed(number) => {
                if self.lock.as_ref().is_some_and(|(held, _)| *held == number) {
                    self.lock = None;
                    self.act(Event::Robbed);
                }
            }
            News::Left => {
                self.act(Event::Left);
                // What was said while this one still had the socket, as it thought, was not for it.
                if self.wake.is_none() {
                    self.core.others.say(&Word::Hello);
                }
            }
        }
    }

    fn ring(&self) {
        if let Some(wake) = &self.wake {
            let _ = wake.unbounded_send(());
        }
    }

    fn act(&mut self, event: Event<'_>) {
        if self.core.others.is_alone() {
            return;
        }
        let robbed = event == Event::Robbed;
        for effect in self.seat.handle(event, clock::now().0, !document().hidden()) {
            match effect {
                Effect::Say(word) => self.core.others.say(&word),
                Effect::Steal => self.ask(Wish::Steal),
                Effect::Queue => self.queue(),
                Effect::Start => self.start(),
                Effect::Stop => {
                    self.wake = None;
                    if robbed {
                        self.core.get_up();
                    }
                }
            }
        }
    }

    fn queue(&mut self) {
        if !std::mem::replace(&mut self.queued, true) {
            self.ask(Wish::Alone);
        }
    }

    fn ask(&mut self, wish: Wish) {
        self.asked += 1;
        let (number, taken) = (self.asked, wish == Wish::Steal);
        let (granted, robbed) = (self.news.clone(), self.news.clone());
        let lost = move || drop(robbed.unbounded_send(News::Robbed(number)));
        let answer = locks::ask(&self.core.others.seat(), wish, lost);
        spawn_local(async move {
            let lock = answer.await.ok().flatten();
            let _ = granted.unbounded_send(News::Granted(number, taken, lock));
        });
    }

    /// Opens the socket once the one before has ended.
    fn start(&mut self) {
        let (wake, mut woken) = mpsc::unbounded();
        let (end, ended) = oneshot::channel();
        let before = self.ended.replace(ended);
        self.wake = Some(wake);
        let (core, taken, left) = (self.core.clone(), self.taken, self.news.clone());
        spawn_local(async move {
            if let Some(before) = before {
                let _ = before.await;
            }
            loop {
                let (local_in, local) = mpsc::unbounded();
                if let Ok(setup) = core.sit_down(taken, local_in).await {
                    let (news_in, news) = mpsc::unbounded();
                    let (frames_in, frames) = mpsc::unbounded();
                    let author = core.account.author.clone();
                    let link = Link { news: news_in, frames, author, wake: woken };
                    let client = Client::new(setup);
                    let (bell, rung) = mpsc::unbounded();
                    spawn_local(blobs::send_all(core.clone(), rung));
                    let driver = Driver {
                        core: core.clone(),
                        client,
                        news,
                        local,
                        frames: frames_in,
                        bell,
                        leaving: BTreeSet::new(),
                    };
                    join!(link.run(), driver.run());
                    break;
                }
                TimeoutFuture::new(REFUSED).await;
                if matches!(woken.try_recv(), Err(error) if error.is_closed()) {
                    break;
                }
            }
            core.get_up();
            let _ = end.send(());
            let _ = left.unbounded_send(News::Left);
        });
    }
}
