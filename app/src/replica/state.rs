//! How far this device and the server agree, as the interface shows it.

use crate::clock;
use leptos::prelude::*;

/// Where the connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Connection {
    /// No socket, and that is fine.
    #[default]
    Offline,
    /// A socket is being opened.
    Connecting,
    /// Documents are coming in.
    Receiving {
        /// Received so far.
        received: usize,
        /// Expected in all.
        total: usize,
    },
    /// The server answers and nothing is owed by it.
    Online,
    /// The session has ended; somebody has to sign in again.
    SignedOut,
}

/// What the pill, the log and the first-sync page show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sync {
    /// The connection.
    pub connection: Connection,
    /// Deeds that wait in the outbox.
    pub waiting: usize,
    /// Documents that wait, whoever counts deeds.
    pub documents: usize,
    /// Documents that the server refused on this connection.
    pub refused: usize,
    /// When everything was last known to be the same on both sides, in ms since 1970.
    pub agreed: Option<i64>,
    /// Whether this device has ever received all it may read.
    pub complete: bool,
}

/// The signal behind [`Sync`] and the events that change it.
#[derive(Clone, Copy)]
pub struct SyncState(RwSignal<Sync>);

impl SyncState {
    /// Starts offline with what the disk knows.
    #[must_use]
    pub fn new(waiting: usize, complete: bool) -> Self {
        Self(RwSignal::new(Sync { waiting, complete, ..Sync::default() }))
    }

    /// Returns the state, tracked.
    #[must_use]
    pub fn get(self) -> Sync {
        self.0.get()
    }

    /// Returns the state without tracking it.
    #[must_use]
    pub fn get_untracked(self) -> Sync {
        self.0.get_untracked()
    }

    /// Takes what the tab with the socket says; deeds are counted from the disk.
    pub(super) fn heard(self, heard: Sync) {
        self.change(|sync| {
            let (waiting, complete) = (sync.waiting, sync.complete || heard.complete);
            *sync = Sync { waiting, complete, ..heard };
        });
    }

    /// Takes whether everything was once received, as the disk knows.
    pub(super) fn known(self, complete: bool) {
        self.change(|sync| sync.complete = complete);
    }

    pub(super) fn connecting(self) {
        self.change(|sync| {
            sync.connection = Connection::Connecting;
            sync.refused = 0;
        });
    }

    pub(super) fn receiving(self, received: usize, total: usize) {
        self.change(|sync| sync.connection = Connection::Receiving { received, total });
    }

    pub(super) fn caught_up(self) {
        self.change(|sync| {
            sync.connection = Connection::Online;
            sync.complete = true;
        });
    }

    pub(super) fn signed_out(self) {
        self.change(|sync| sync.connection = Connection::SignedOut);
    }

    pub(super) fn refused(self) {
        self.change(|sync| sync.refused += 1);
    }

    pub(super) fn waiting(self, waiting: usize) {
        self.change(|sync| sync.waiting = waiting);
    }

    /// Draws the conclusion after a round of effects.
    pub(super) fn settle(self, online: bool, documents: usize) {
        self.change(|sync| {
            sync.documents = documents;
            if !online && !matches!(sync.connection, Connection::Connecting | Connection::SignedOut) {
                sync.connection = Connection::Offline;
            }
            if sync.connection == Connection::Online && documents == 0 {
                sync.agreed = Some(clock::now().0);
            }
        });
    }

    /// Tells that the socket has gone.
    pub(super) fn offline(self) {
        self.change(|sync| sync.connection = Connection::Offline);
    }

    fn change(self, change: impl FnOnce(&mut Sync)) {
        let mut sync = self.0.get_untracked();
        let before = sync;
        change(&mut sync);
        // Minutes are shown: a newer moment alone is no reason to draw again.
        if (Sync { agreed: before.agreed, ..sync }) != before || minute(sync.agreed) != minute(before.agreed)
        {
            self.0.set(sync);
        }
    }
}

fn minute(moment: Option<i64>) -> Option<i64> {
    moment.map(|moment| moment / 60_000)
}
