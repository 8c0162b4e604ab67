//! A client's end of a WebSocket that counts what it carries.

use super::server::Door;
use crate::client::open_socket;
use anyhow::{Context, Result, bail};
use futures::stream::SplitStream;
use futures::{SinkExt, StreamExt};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long the other end may leave a client waiting before the measurement is given up.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// Binary frames in both directions and the bytes in them, without what WebSocket and TCP add.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Frames.
    pub messages: u64,
    /// Bytes.
    pub bytes: u64,
}

impl Count {
    fn add(&mut self, frame: &[u8]) {
        self.messages += 1;
        self.bytes += frame.len() as u64;
    }
}

/// A connected socket. Sending never waits, so that neither end can wait for the other to read.
pub struct Line {
    out: mpsc::UnboundedSender<Vec<u8>>,
    frames: SplitStream<Socket>,
    /// What went over it.
    pub count: Count,
}

impl Line {
    /// Connects to a server, to ours as one of its accounts.
    pub async fn open(door: &Door, account: usize) -> Result<Self> {
        let socket = match door.account(account)? {
            Some(account) => open_socket(account).await?,
            None => connect_async_with_config(door.url.replace("http", "ws"), None, true).await?.0,
        };
        Ok(Self::over(socket))
    }

    fn over(socket: Socket) -> Self {
        let (mut sink, frames) = socket.split();
        let (out, mut waiting) = mpsc::unbounded_channel::<Vec<u8>>();
        tokio::spawn(async move {
            let mut all = Vec::new();
            while waiting.recv_many(&mut all, 64).await > 0 {
                for frame in all.drain(..) {
                    sink.feed(Frame::Binary(frame.into())).await?;
                }
                sink.flush().await?;
            }
            sink.close().await
        });
        Self { out, frames, count: Count::default() }
    }

    /// Sends a frame.
    pub fn send(&mut self, frame: Vec<u8>) -> Result<()> {
        self.count.add(&frame);
        self.out.send(frame).context("the socket is closed")
    }

    /// Waits for a frame, but not for ever.
    pub async fn next(&mut self) -> Result<Vec<u8>> {
        loop {
            let frame = timeout(PATIENCE, self.frames.next()).await;
            match frame.with_context(|| format!("nothing came for {} s", PATIENCE.as_secs()))? {
                Some(Ok(Frame::Binary(bytes))) => {
                    self.count.add(&bytes);
                    return Ok(bytes.into());
                }
                Some(Ok(Frame::Close(_))) | None => bail!("the server closed the socket"),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error.into()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn frames_of_both_directions_are_counted_and_pings_are_not() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
            let _ = socket.next().await;
            socket.send(Frame::Ping(vec![0; 5].into())).await.unwrap();
            socket.send(Frame::Binary(vec![0; 20].into())).await.unwrap();
            socket.close(None).await.unwrap();
        });
        let (socket, _) = connect_async_with_config(url, None, true).await.unwrap();
        let mut line = Line::over(socket);
        line.send(vec![0; 10]).unwrap();
        assert_eq!(line.next().await.unwrap().len(), 20);
        assert_eq!(line.count, Count { messages: 2, bytes: 30 });
        assert!(line.next().await.is_err());
    }
}
