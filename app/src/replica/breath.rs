//! Long work in short pieces, so that a finger is answered meanwhile.

use crate::clock;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::document;
use std::cell::Cell;

/// Milliseconds of work at a stretch.
const STRETCH: i64 = 24;

/// When the page was last free.
pub struct Breath(Cell<i64>);

impl Breath {
    /// Starts now.
    pub fn new() -> Self {
        Self(Cell::new(clock::now().0))
    }

    /// Lets the page do what waits, when the work has lasted long enough. A hidden page answers no finger, and the browser would
    /// let it wait long.
    pub async fn take(&self) {
        if !document().hidden() && clock::now().0 - self.0.get() >= STRETCH {
            TimeoutFuture::new(0).await;
            self.0.set(clock::now().0);
        }
    }
}
