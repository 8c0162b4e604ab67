//! Who is connected, and the news of every commit.

use crate::store::News;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, broadcast};

/// How many commits a socket may lag behind before it is closed; it then catches up from its cursor.
pub const BACKLOG: usize = 4_096;

#[derive(Debug)]
struct Peer {
    connection: u64,
    session: [u8; 32],
    replaced: Arc<Notify>,
}

/// The sockets of this server.
#[derive(Debug)]
pub struct Hub {
    peers: Mutex<HashMap<String, Peer>>,
    news: broadcast::Sender<News>,
    next: AtomicU64,
}

impl Hub {
    /// Starts with nobody connected.
    pub fn new(news: broadcast::Sender<News>) -> Self {
        Self { peers: Mutex::default(), news, next: AtomicU64::new(1) }
    }

    /// Returns a number for a new connection.
    pub fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Hears of every commit from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
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

    /// Gives the peer name of a connection free again.
    pub fn release(&self, connection: u64) {
        let mut peers = self.peers.lock().unwrap_or_else(PoisonError::into_inner);
        peers.retain(|_, peer| peer.connection != connection);
    }
}
