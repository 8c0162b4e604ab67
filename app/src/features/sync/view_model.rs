//! Which words tell the sync state.

use crate::replica::state::{Connection, Sync};

/// The words, before they become a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Connected to nothing yet, all saved here.
    Saved,
    /// Connected, so many deeds not confirmed.
    Waiting(usize),
    /// No network, nothing waits.
    OfflineSaved,
    /// No network, so many deeds wait.
    OfflineWaiting(usize),
    /// Documents are coming in.
    Syncing,
    /// Both sides have the same since this moment in ms.
    Agreed(i64),
    /// Somebody has to sign in; nothing waits.
    SignedOut,
    /// Somebody has to sign in; so many deeds wait.
    SignedOutWaiting(usize),
}

/// Chooses the words. Never says agreed while anything waits.
#[must_use]
pub fn words(sync: Sync) -> Words {
    let waiting = unsent(sync);
    match (sync.connection, waiting, sync.agreed) {
        (Connection::SignedOut, 0, _) => Words::SignedOut,
        (Connection::SignedOut, count, _) => Words::SignedOutWaiting(count),
        (Connection::Offline, 0, _) => Words::OfflineSaved,
        (Connection::Offline, count, _) => Words::OfflineWaiting(count),
        (_, count @ 1.., _) => Words::Waiting(count),
        (Connection::Online, 0, Some(at)) => Words::Agreed(at),
        (Connection::Receiving { .. }, 0, _) => Words::Syncing,
        (Connection::Connecting | Connection::Online, 0, _) => Words::Saved,
    }
}

/// Returns how much is not on the server yet: nobody leaves or hands over before it is 0.
#[must_use]
pub fn unsent(sync: Sync) -> usize {
    // A change without a deed of its own still has to arrive.
    sync.waiting.max(sync.documents.min(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sync(connection: Connection, waiting: usize, agreed: Option<i64>) -> Sync {
        Sync { connection, waiting, agreed, ..Sync::default() }
    }

    #[test]
    fn offline_says_what_waits() {
        assert_eq!(words(sync(Connection::Offline, 0, Some(1))), Words::OfflineSaved);
        assert_eq!(words(sync(Connection::Offline, 3, Some(1))), Words::OfflineWaiting(3));
    }

    #[test]
    fn agreed_is_never_said_while_something_waits() {
        assert_eq!(words(sync(Connection::Online, 0, Some(7))), Words::Agreed(7));
        assert_eq!(words(sync(Connection::Online, 2, Some(7))), Words::Waiting(2));
        let unsent = Sync { documents: 5, ..sync(Connection::Online, 0, Some(7)) };
        assert_eq!(words(unsent), Words::Waiting(1));
    }

    #[test]
    fn an_ended_session_is_told_with_what_waits() {
        assert_eq!(words(sync(Connection::SignedOut, 4, None)), Words::SignedOutWaiting(4));
    }

    #[test]
    fn a_change_without_a_deed_still_keeps_one_from_leaving() {
        assert_eq!(unsent(Sync::default()), 0);
        assert_eq!(unsent(Sync { waiting: 3, documents: 9, ..Sync::default() }), 3);
        assert_eq!(unsent(Sync { documents: 4, ..Sync::default() }), 1);
    }
}
