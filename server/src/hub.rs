//! Who is connected, and who hears of what.

use crate::store::News;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, mpsc};

/// How much news that concerns it a socket may lag behind before it is closed; it then catches up from its cursor.
const BACKLOG: usize = 4_096;

/// Tells whether news concerns a socket. In doubt it does.
pub type Concerns = Box<dyn Fn(&News) -> bool + Send + Sync>;

struct Ear {
    concerns: Concerns,
    news: mpsc::Sender<News>,
}

#[derive(Debug)]
struct Peer {
    connection: u64,
    session: [u8; 32],
    replaced: Arc<Notify>,
}

/// The sockets of this server.
#[derive(Default)]
pub struct Hub {
    peers: Mutex<HashMap<String, Peer>>,
    ears: Mutex<HashMap<u64, Ear>>,
    last: AtomicU64,
}

impl Hub {
    /// Returns a number for a new connection, never 0.
    pub fn number(&self) -> u64 {
        self.last.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Lets a connection hear of what concerns it from now on, in order. Whom news does not concern is not woken:
    /// among thousands of sockets that would cost more than everything else.
    pub fn listen(&self, connection: u64, concerns: Concerns) -> mpsc::Receiver<News> {
        let (news, hearing) = mpsc::channel(BACKLOG);
        let mut ears = self.ears.lock().unwrap_or_else(PoisonError::into_inner);
        ears.insert(connection, Ear { concerns, news });
        hearing
    }

    /// Tells those whom it concerns. Who lags too far behind hears nothing any more, which ends the socket.
    pub fn tell(&self, item: &News) {
        let mut ears = self.ears.lock().unwrap_or_else(PoisonError::into_inner);
        ears.retain(|_, ear| !(ear.concerns)(item) || ear.news.try_send(Arc::clone(item)).is_ok());
    }

    /// Reserves a peer name. A session may replace its own socket, never another session's.
    pub fn claim(&self, name: String, connection: u64, session: [u8; 32], replaced: Arc<Notify>) -> bool {
        let mut peers = self.peers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(peer) = peers.get(&name) {
            if peer.session != session {
                return false;
            }
            peer.replaced.notify_one();
        }
        let peer = Peer { connection, session, replaced };
        peers.insert(name, peer);
        true
    }

    /// Gives the peer name of a connection free again; it hears of nothing more.
    pub fn release(&self, connection: u64) {
        self.ears.lock().unwrap_or_else(PoisonError::into_inner).remove(&connection);
        let mut peers = self.peers.lock().unwrap_or_else(PoisonError::into_inner);
        peers.retain(|_, peer| peer.connection != connection);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Access, Item};
    use sync::DocumentId;

    fn news(place: u64) -> News {
        Arc::new(Item::Access(Access { place, document: DocumentId::new([1; 16]), reader: String::new() }))
    }

    #[test]
    fn who_is_not_concerned_is_not_told_and_who_lags_too_far_hears_the_end() {
        let hub = Hub::default();
        let mut even = hub.listen(hub.number(), Box::new(|item| item.place().is_multiple_of(2)));
        let mut all = hub.listen(hub.number(), Box::new(|_| true));
        for place in 0..=BACKLOG as u64 {
            hub.tell(&news(place));
        }
        assert_eq!(even.try_recv().expect("told").place(), 0);
        assert_eq!(even.try_recv().expect("told").place(), 2);
        for place in 0..BACKLOG as u64 {
            assert_eq!(all.try_recv().expect("told").place(), place);
        }
        assert_eq!(all.try_recv().err(), Some(mpsc::error::TryRecvError::Disconnected));
    }

    #[test]
    fn a_released_connection_hears_the_end() {
        let hub = Hub::default();
        let number = hub.number();
        let mut hearing = hub.listen(number, Box::new(|_| true));
        hub.release(number);
        hub.tell(&news(1));
        assert_eq!(hearing.try_recv().err(), Some(mpsc::error::TryRecvError::Disconnected));
    }
}
