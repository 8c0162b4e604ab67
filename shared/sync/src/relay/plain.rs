//! What is kept of one document for a client that speaks automerge-repo without extensions.

use crate::authorship::Refusal;
use automerge::sync::{self, State, SyncDoc};
use automerge::{Automerge, Change};
use std::panic::{AssertUnwindSafe, catch_unwind};

#[derive(Debug)]
pub(super) struct Peer {
    state: State,
    /// Changes that came before what they build on.
    pub(super) orphans: Vec<Change>,
}

impl Peer {
    /// Fresh on every connection: automerge's protocol does not survive a lost message.
    pub(super) fn new() -> Self {
        Self { state: State::new(), orphans: Vec::new() }
    }

    /// Returns how many bytes of changes wait.
    pub(super) fn waiting(&self) -> usize {
        self.orphans.iter().map(|change| change.raw_bytes().len()).sum()
    }

    /// Notes what the other end said; its changes were taken out of the message.
    pub(super) fn receive(&mut self, current: &Automerge, message: sync::Message) -> Result<(), Refusal> {
        // What the other end says it has is looked up in the document; who has nothing yet names nothing.
        let names_nothing = message.heads.is_empty() && self.state.sent_hashes.is_empty();
        let mut document = if names_nothing { Automerge::new() } else { current.clone() };
        let state = &mut self.state;
        let noted = catch_unwind(AssertUnwindSafe(|| document.receive_sync_message(state, message)));
        match noted {
            Ok(Ok(())) => Ok(()),
            _ => Err(Refusal::Message),
        }
    }

    /// Returns the next message, if there is anything to say.
    pub(super) fn answer(&mut self, current: &Automerge) -> Option<Vec<u8>> {
        let state = &mut self.state;
        let generated = catch_unwind(AssertUnwindSafe(|| current.generate_sync_message(state)));
        let mut message = generated.ok()??;
        // Without flags the other end sends single changes, never whole documents; only those can be
        // checked one by one.
        message.flags = None;
        self.ask_for_missing(current, &mut message);
        Some(message.encode())
    }

    /// Orphans are kept outside the document, so what they lack is asked for here.
    fn ask_for_missing(&self, current: &Automerge, message: &mut sync::Message) {
        let held: Vec<_> = self.orphans.iter().map(Change::hash).collect();
        if held.is_empty() {
            return;
        }
        message.need.retain(|hash| !held.contains(hash));
        for dep in self.orphans.iter().flat_map(Change::deps) {
            let here = held.contains(dep) || current.get_change_meta_by_hash(dep).is_some();
            if !here && !message.need.contains(dep) {
                message.need.push(*dep);
            }
        }
    }
}
