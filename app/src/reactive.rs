//! Signals, memos, effects and tasks whose closures are boxed.
//!
//! Leptos compiles its machinery once for every closure it is handed. A boxed closure has one type for each value it
//! returns, so the machinery is compiled once for each value; this keeps the wasm small and changes nothing else.

mod loaded;

pub use loaded::{Loaded, loaded};

use leptos::prelude::*;
use std::{cell::RefCell, pin::Pin};

type Threadsafe<T> = Box<dyn Fn() -> T + Send + Sync>;

/// Returns what `look` returns, as a signal; it is asked again at every reading.
pub fn derived<T: Send + Sync + 'static>(look: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    fn boxed<T: Send + Sync + 'static>(look: Threadsafe<T>) -> Signal<T> {
        Signal::derive(look)
    }
    boxed(Box::new(look))
}

/// Returns what `look` returns, asked again only when something it read has changed.
pub fn memo<T: PartialEq + Send + Sync + 'static>(look: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    fn boxed<T: PartialEq + Send + Sync + 'static>(look: Threadsafe<T>) -> Memo<T> {
        Memo::new(move |_| look())
    }
    boxed(Box::new(look))
}

/// Runs `act` after the current work, and again whenever something it read has changed.
pub fn effect(act: impl Fn() + 'static) {
    fn boxed(act: Box<dyn Fn()>) {
        Effect::new(act);
    }
    boxed(Box::new(act));
}

/// Tells every value of `look` that differs from the one before; the first value is not told.
pub fn on_change<T: PartialEq + 'static>(look: impl Fn() -> T + 'static, told: impl Fn(&T) + 'static) {
    let before = RefCell::new(None::<T>);
    effect(move || {
        let now = look();
        let changed = before.borrow().as_ref().is_some_and(|before| *before != now);
        if changed {
            told(&now);
        }
        before.replace(Some(now));
    });
}

/// Runs a task in the background, in the scope of whoever starts it.
pub fn spawn_local(task: impl Future<Output = ()> + 'static) {
    fn boxed(task: Pin<Box<dyn Future<Output = ()>>>) {
        leptos::task::spawn_local(task);
    }
    boxed(Box::pin(task));
}
