//! Decision support, as the app reaches it: a question in, an answer out, without a network.
//!
//! It answers in a worker of the browser (`app/worker`), so that no question holds up the page. The worker is started when
//! the first page is there, or when somebody asks before.

mod desk;
mod line;
mod person;
mod words;

pub use person::{LIVED_WITH, person_case};
pub use words::{News, State, Version};

use crate::after_paint;
use crate::reactive::{effect, on_change};
use crate::replica::{Replica, state::Connection};
use desk::Desk;
use domain::base::json;
use guide::{Reply, Request};
use leptos::prelude::*;
use std::time::Duration;

/// How long a page that has just appeared is left alone.
const POLITE: Duration = Duration::from_secs(1);

/// Why there is no answer: the knowledge has not arrived on this device yet, or it could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable;

/// What answers.
#[derive(Clone, Copy)]
pub struct Guide {
    state: RwSignal<State>,
    desk: StoredValue<Desk, LocalStorage>,
}

impl Guide {
    /// Asks; answers come in the order of the questions.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub async fn ask(self, request: Request) -> Result<Reply, Unavailable> {
        let text = json::write(&request).map_err(|_| Unavailable)?;
        self.start();
        let answer = self.desk.try_with_value(|desk| desk.ask(&text)).flatten().ok_or(Unavailable)?;
        json::read(answer.await.map_err(|_| Unavailable)?.as_bytes()).map_err(|_| Unavailable)
    }

    /// Returns how it stands, tracked.
    #[must_use]
    pub fn state(self) -> State {
        self.state.get()
    }

    /// Tries once more where something is missing; looks for newer knowledge where nothing is.
    pub fn retry(self) {
        match self.state.get_untracked() {
            State::Missing { .. } => {
                self.state.set(State::Waiting);
                self.start();
            }
            State::Waiting => (),
            State::Ready { .. } => self.desk.with_value(Desk::look),
        }
    }

    /// Starts the worker, unless it runs or what it needs is missing.
    fn start(self) {
        // The device may have been locked since this was put off.
        let missing = |state| matches!(state, State::Missing { .. });
        if !self.state.try_get_untracked().is_none_or(missing) {
            let _ = self.desk.try_with_value(|desk| desk.start(self.state));
        }
    }
}

/// Lets everything below ask, as long as this scope lives; starts by itself once `replica` has everything.
pub fn provide_guide(replica: Replica) {
    let guide = Guide { state: RwSignal::new(State::Waiting), desk: StoredValue::new_local(Desk::default()) };
    provide_context(guide);
    effect(move || {
        // What is being received is wanted sooner than advice.
        if replica.state().get().complete {
            after_paint(move || set_timeout(move || guide.start(), POLITE));
        }
    });
    on_change(
        move || replica.state().get().connection == Connection::Online,
        move |online| {
            if *online {
                guide.retry();
            }
        },
    );
    on_cleanup(move || guide.desk.with_value(Desk::close));
}

/// Returns what answers, for everything below the door.
#[must_use]
pub fn use_guide() -> Guide {
    expect_context()
}
