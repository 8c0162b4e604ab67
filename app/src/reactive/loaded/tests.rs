//! When it fetches, and what it shows meanwhile.

use super::{Loaded, loaded};
use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use futures::channel::oneshot::{Sender, channel};
use leptos::prelude::*;
use std::{
    cell::RefCell,
    rc::Rc,
    task::{Context, Waker},
};

thread_local! {
    static TASKS: RefCell<Vec<PinnedLocalFuture<()>>> = const { RefCell::new(Vec::new()) };
}

/// Runs tasks on the thread of the test, when the test says so.
struct ByHand;

impl CustomExecutor for ByHand {
    fn spawn(&self, task: PinnedFuture<()>) {
        self.spawn_local(task);
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        TASKS.with_borrow_mut(|tasks| tasks.push(task));
    }

    fn poll_local(&self) {
        let mut context = Context::from_waker(Waker::noop());
        let mut tasks = TASKS.take();
        tasks.retain_mut(|task| task.as_mut().poll(&mut context).is_pending());
        TASKS.with_borrow_mut(|new| new.append(&mut tasks));
    }
}

/// Lets everything happen that needs no answer.
fn settle() {
    for _ in 0..16 {
        Executor::poll_local();
    }
}

/// The key that is fetched, and where the answer goes.
type Question = (u8, Sender<&'static str>);

/// A page that fetches for a signal, and whoever answers it.
struct Page {
    owner: Owner,
    key: RwSignal<u8>,
    shown: Loaded<String>,
    asked: Rc<RefCell<Vec<Question>>>,
}

impl Page {
    fn open() -> Self {
        // Another test may have been first.
        let _ = Executor::init_custom_executor(ByHand);
        let owner = Owner::new();
        owner.set();
        let key = RwSignal::new(1);
        let asked = Rc::new(RefCell::new(Vec::new()));
        let ask = asked.clone();
        let shown = loaded(move || {
            let (answer, wait) = channel::<&'static str>();
            ask.borrow_mut().push((key.get(), answer));
            async move { wait.await.unwrap().to_owned() }
        });
        settle();
        Self { owner, key, shown, asked }
    }

    /// Returns for which keys a fetch waits for its answer.
    fn waiting(&self) -> Vec<u8> {
        self.asked.borrow().iter().map(|(key, _)| *key).collect()
    }

    fn answer(&self, text: &'static str) {
        self.asked.borrow_mut().remove(0).1.send(text).unwrap();
        settle();
    }

    fn turn(&self, key: u8) {
        self.key.set(key);
        settle();
    }

    fn shown(&self) -> Option<String> {
        untrack(|| self.shown.get())
    }
}

#[test]
fn shows_nothing_then_the_answer() {
    let page = Page::open();
    assert_eq!((page.waiting(), page.shown()), (vec![1], None));
    page.answer("one");
    assert_eq!((page.waiting(), page.shown()), (vec![], Some("one".to_owned())));
}

#[test]
fn keeps_the_old_answer_until_the_new_one() {
    let page = Page::open();
    page.answer("one");
    page.turn(2);
    assert_eq!((page.waiting(), page.shown()), (vec![2], Some("one".to_owned())));
    page.answer("two");
    assert_eq!(page.shown(), Some("two".to_owned()));
}

#[test]
fn what_changes_during_a_fetch_is_fetched_once_after_it() {
    let page = Page::open();
    page.turn(2);
    page.turn(3);
    assert_eq!(page.waiting(), [1], "one at a time");
    page.answer("one");
    assert_eq!(page.waiting(), [3]);
    page.answer("three");
    assert_eq!((page.waiting(), page.shown()), (vec![], Some("three".to_owned())));
    page.turn(4);
    assert_eq!(page.waiting(), [4], "still watches");
}

#[test]
fn a_page_that_has_gone_neither_fetches_nor_minds_the_answer() {
    let page = Page::open();
    let key = ArcRwSignal::from(page.key);
    page.owner.cleanup();
    key.set(2);
    page.answer("one");
    assert_eq!(page.waiting(), [0_u8; 0]);
}
