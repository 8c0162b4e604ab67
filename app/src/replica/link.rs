//! The socket: opened again with jittered back-off for as long as the device is unlocked.

use super::account::{self, Met, SignInError};
use futures::{FutureExt, SinkExt, StreamExt, channel::mpsc, pin_mut, select};
use gloo_net::websocket::{Message, futures::WebSocket};
use gloo_timers::future::TimeoutFuture;
use std::cell::Cell;

/// What the link tells the driver.
pub enum News {
    /// The server answered that this person is signed in.
    Met(Met),
    /// A socket is being opened; frames sent from now on go through it.
    Opened,
    /// A frame came in.
    Frame(Vec<u8>),
    /// The socket is gone.
    Closed,
    /// The session has ended: nothing is lost, but somebody has to sign in.
    SignedOut,
}

/// The link's ends for the driver and for the outside.
pub struct Link {
    /// News for the driver.
    pub news: mpsc::UnboundedSender<News>,
    /// Frames to send; `None` closes the socket.
    pub frames: mpsc::UnboundedReceiver<Option<Vec<u8>>>,
    /// Whose documents these are: the session of anybody else is of no use.
    pub author: String,
    /// Rings when trying at once makes sense: network back, page visible, signed in again.
    pub wake: mpsc::UnboundedReceiver<()>,
}

/// The shortest and the longest wait before another attempt.
const SHORTEST: u32 = 1_000;
const LONGEST: u32 = 60_000;

impl Link {
    /// Runs until the device is locked or another tab takes over: then nobody holds the other end of `wake`.
    pub async fn run(mut self) {
        let attempt = Cell::new(0);
        loop {
            let end = self.session(&attempt).await;
            let wait = backoff(attempt.get(), js_sys::Math::random());
            attempt.set(attempt.get() + 1);
            let goes_on = match end {
                End::Gone => self.pause(wait).await,
                End::SignedOut => self.wake.next().await.is_some(),
                End::Locked => false,
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Opens one socket and stays until it is gone.
    async fn session(&mut self, attempt: &Cell<u32>) -> End {
        let who = {
            let asked = account::who().fuse();
            pin_mut!(asked);
            loop {
                select! {
                    who = asked => break who,
                    wake = self.wake.next() => if wake.is_none() { return End::Locked },
                }
            }
        };
        match who {
            Ok(met) if met.account.author == self.author => {
                let _ = self.news.unbounded_send(News::Met(met));
            }
            Ok(_) | Err(SignInError::Refused) => {
                let _ = self.news.unbounded_send(News::SignedOut);
                return End::SignedOut;
            }
            Err(_) => return End::Gone,
        }
        let Some(socket) = address().and_then(|address| WebSocket::open(&address).ok()) else {
            return End::Gone;
        };
        // Frames of an earlier socket mean nothing to this one.
        while self.frames.try_recv().is_ok() {}
        if self.news.unbounded_send(News::Opened).is_err() {
            return End::Locked;
        }
        let mut end = End::Gone;
        let (mut out, incoming) = socket.split();
        let mut incoming = incoming.fuse();
        loop {
            select! {
                frame = self.frames.next() => match frame {
                    Some(Some(frame)) => if out.send(Message::Bytes(frame)).await.is_err() { break },
                    Some(None) | None => break,
                },
                message = incoming.next() => match message {
                    Some(Ok(Message::Bytes(frame))) => {
                        attempt.set(0);
                        if self.news.unbounded_send(News::Frame(frame)).is_err() { break }
                    }
                    Some(Ok(Message::Text(_))) => {}
                    Some(Err(_)) | None => break,
                },
                wake = self.wake.next() => if wake.is_none() {
                    end = End::Locked;
                    break;
                },
            }
        }
        let _ = out.close().await;
        let _ = self.news.unbounded_send(News::Closed);
        end
    }

    /// Waits, or less when woken; returns whether to go on.
    async fn pause(&mut self, milliseconds: u32) -> bool {
        let timer = TimeoutFuture::new(milliseconds).fuse();
        let wake = self.wake.next().fuse();
        pin_mut!(timer, wake);
        select! { () = timer => true, wake = wake => wake.is_some() }
    }
}

/// How a socket ended.
enum End {
    /// Lost, refused, or never opened.
    Gone,
    /// Nobody is signed in.
    SignedOut,
    /// The device was locked.
    Locked,
}

/// Returns the wait before attempt number `attempt`, in ms; `random` in 0..1 spreads devices that lost the same server.
fn backoff(attempt: u32, random: f64) -> u32 {
    let full = SHORTEST.saturating_mul(1 << attempt.min(10)).min(LONGEST);
    let half = full / 2;
    half + (f64::from(half) * random) as u32
}

fn address() -> Option<String> {
    let location = web_sys::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}/sync", location.host().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_minute_and_differ_between_devices() {
        assert_eq!(backoff(0, 0.0), 500);
        assert_eq!(backoff(0, 1.0), 1_000);
        assert_eq!(backoff(3, 0.0), 4_000);
        assert_eq!(backoff(30, 1.0), LONGEST);
    }
}
