//! Values that are fetched, and fetched again when what they were fetched for changes.

use super::spawn_local;
use leptos::{
    prelude::*,
    reactive::{computed::ScopedFuture, effect::RenderEffect},
};
use std::{any::Any, cell::Cell, marker::PhantomData, pin::Pin, rc::Rc};

/// An answer whose type is known only to its [`Loaded`], so that fetching is compiled once for all of them.
type Answer = Rc<dyn Any>;

type Fetch = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Answer>>>>;

/// A fetched value: nothing until the first answer, then always the newest answer.
pub struct Loaded<T> {
    answer: RwSignal<Option<Answer>, LocalStorage>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

impl<T: Clone + 'static> Loaded<T> {
    /// Returns the newest answer and tracks it; the old one stays while a new one is fetched.
    pub fn get(self) -> Option<T> {
        self.answer.get()?.downcast_ref::<T>().cloned()
    }
}

/// Fetches now, and again whenever a signal that `fetch` reads has changed.
///
/// Only one fetch runs at a time: what changes meanwhile is fetched right after it.
pub fn loaded<T: 'static, F>(fetch: impl Fn() -> F + 'static) -> Loaded<T>
where
    F: Future<Output = T> + 'static,
{
    let fetch: Fetch = Box::new(move || {
        let answer = fetch();
        Box::pin(async move { Rc::new(answer.await) as Answer })
    });
    Loaded { answer: keep_fetching(fetch), of: PhantomData }
}

/// Where the one fetch stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fetching {
    Idle,
    Running,
    /// Something changed since the running fetch began.
    Outdated,
}

fn keep_fetching(fetch: Fetch) -> RwSignal<Option<Answer>, LocalStorage> {
    let answer = RwSignal::new_local(None);
    let fetching = Rc::new(Cell::new(Fetching::Idle));
    let again = ArcTrigger::new();
    let watching = RenderEffect::new(move |_| {
        again.track();
        if fetching.get() != Fetching::Idle {
            fetching.set(Fetching::Outdated);
            return;
        }
        fetching.set(Fetching::Running);
        // Scoped, so that what the future reads is tracked too.
        let running = ScopedFuture::new(fetch());
        let (fetching, again) = (fetching.clone(), again.clone());
        spawn_local(async move {
            let found = running.await;
            let outdated = fetching.replace(Fetching::Idle) == Fetching::Outdated;
            // The page may be gone by now; then nobody waits for the answer.
            let _ = answer.try_set(Some(found));
            if outdated {
                again.notify();
            }
        });
    });
    // Dropping the effect would end it: the page keeps it until it goes.
    on_cleanup(move || drop(watching));
    answer
}

#[cfg(test)]
mod tests;
