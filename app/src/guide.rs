//! Decision support, as the app reaches it: a question in, an answer out, without a network.

use guide::{Reply, Request};
use leptos::prelude::*;

/// Why there is no answer: the knowledge has not arrived on this device yet, or it could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable;

/// What answers.
#[derive(Clone, Copy)]
pub struct Guide;

impl Guide {
    /// Asks; answers come in the order of the questions.
    ///
    /// # Errors
    /// [`Unavailable`].
    pub async fn ask(self, _request: Request) -> Result<Reply, Unavailable> {
        Err(Unavailable)
    }
}

/// Returns what answers, for everything below the door.
#[must_use]
pub fn use_guide() -> Guide {
    use_context::<Guide>().unwrap_or(Guide)
}
