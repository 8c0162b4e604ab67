//! The attackers, each in an endless loop with an account of their own.

use super::PASSWORD;
use crate::client::{Account, open_socket, sign_in};
use anyhow::Result;
use automerge::sync::{ChunkList, Message as Push, MessageVersion};
use automerge::transaction::Transactable;
use automerge::{Author, Automerge, ROOT};
use futures::{SinkExt, StreamExt};
use std::pin::Pin;
use std::time::Duration;
use sync::wire::{MAX_FRAME, Message};
use sync::{About, DocumentId};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;
type Attack = Pin<Box<dyn Future<Output = Result<()>>>>;

const NAMES: [&str; 7] = ["broken", "giant", "replay", "storm", "lazy", "curious", "bomb"];

/// Returns the accounts of the attackers.
pub(super) fn accounts() -> impl Iterator<Item = String> {
    NAMES.into_iter().map(str::to_owned)
}

/// Attacks until it is killed.
pub(super) async fn all(url: &str) -> Result<()> {
    let mut attacks: Vec<Attack> = Vec::new();
    for name in NAMES {
        let account = sign_in(url, name, PASSWORD).await?;
        attacks.push(match name {
            "broken" => Box::pin(broken(account)),
            "giant" => Box::pin(giant(account)),
            "replay" => Box::pin(replay(account)),
            "storm" => Box::pin(storm(account)),
            "lazy" => Box::pin(lazy(account)),
            "curious" => Box::pin(curious(account)),
            _ => Box::pin(bomb(account)),
        });
    }
    attacks.push(Box::pin(guess(url.to_owned())));
    attacks.push(Box::pin(slow_heads(url.trim_start_matches("http://").to_owned())));
    futures::future::try_join_all(attacks).await.map(drop)
}

async fn joined(account: &Account, extended: bool) -> Result<Socket> {
    let mut socket = open_socket(account).await?;
    let sender = format!("attacker-{:x}", rand::random::<u32>());
    send(&mut socket, Message::Join { sender, extended, versions: vec!["1".to_owned()] }).await?;
    let _ = socket.next().await;
    Ok(socket)
}

async fn send(socket: &mut Socket, message: Message) -> Result<()> {
    Ok(socket.send(Frame::Binary(message.encode().into())).await?)
}

/// Reads whatever comes until the server hangs up or is silent.
async fn drain(socket: &mut Socket) {
    while let Ok(Some(Ok(_))) = timeout(Duration::from_millis(200), socket.next()).await {}
}

/// Bytes that are no message.
async fn broken(account: Account) -> Result<()> {
    loop {
        let mut socket = joined(&account, true).await?;
        let garbage: Vec<u8> = (0..200).map(|_| rand::random()).collect();
        let _ = socket.send(Frame::Binary(garbage.into())).await;
        drain(&mut socket).await;
    }
}

/// Frames over the limit, and frames of four megabytes of nothing.
async fn giant(account: Account) -> Result<()> {
    loop {
        for length in [2 * MAX_FRAME, MAX_FRAME] {
            let mut socket = joined(&account, true).await?;
            let mut frame = vec![0; length];
            if let Some(head) = frame.first_chunk_mut::<5>() {
                *head = [0x9a, 0, 0x3f, 0xff, 0];
            }
            let _ = socket.send(Frame::Binary(frame.into())).await;
            drain(&mut socket).await;
        }
    }
}

fn push(document: &Automerge) -> Vec<u8> {
    let chunks: Vec<Vec<u8>> = document.get_changes(&[]).iter().map(|c| c.raw_bytes().to_vec()).collect();
    Push {
        heads: document.get_heads(),
        need: Vec::new(),
        have: Vec::new(),
        changes: ChunkList::from(chunks),
        flags: None,
        version: MessageVersion::V1,
    }
    .encode()
}

fn sync_of(sender: &str, document: DocumentId, data: Vec<u8>) -> Message {
    Message::Sync { sender: sender.to_owned(), target: "server".to_owned(), document, data, request: false }
}

/// Joins under a known name and sends one message as fast as it is taken.
async fn repeat(account: &Account, extended: bool, message: &Message, create: Option<Message>) -> Result<()> {
    let mut socket = open_socket(account).await?;
    let sender = "repeater".to_owned();
    send(&mut socket, Message::Join { sender, extended, versions: vec!["1".to_owned()] }).await?;
    if let Some(create) = create {
        send(&mut socket, create).await?;
    }
    let (mut writing, mut reading) = socket.split();
    let read = async { while let Some(Ok(_)) = reading.next().await {} };
    let write = async { while writing.send(Frame::Binary(message.clone().encode().into())).await.is_ok() {} };
    tokio::select! { () = read => {}, () = write => {} }
    Ok(())
}

/// Three thousand changes, again and again.
async fn replay(account: Account) -> Result<()> {
    let mut document = Automerge::new().with_author(Some(Author::from(account.author.clone())));
    for n in 0..3_000 {
        document.transact(|tx| tx.put(ROOT, "k", n)).map_err(|failure| failure.error)?;
    }
    let id = DocumentId::new([200; 16]);
    let create = Message::Create { document: id, about: About { kind: "record".into(), ..About::default() } };
    let message = sync_of("repeater", id, push(&document));
    loop {
        repeat(&account, true, &message, Some(create.clone())).await?;
    }
}

/// A text of a megabyte whose deletion is a few bytes: much to think about for each frame.
async fn bomb(account: Account) -> Result<()> {
    let mut document = Automerge::new();
    document
        .transact(|tx| {
            let text = tx.put_object(ROOT, "text", automerge::ObjType::Text)?;
            tx.splice_text(&text, 0, 0, &"x".repeat(80_000))?;
            tx.splice_text(&text, 0, 80_000, "")
        })
        .map_err(|failure| failure.error)?;
    // The last bytes make it a change that does not fit, so that it is new each time.
    let mut data = push(&document);
    let end = data.len();
    if let Some(tail) = data.get_mut(end.saturating_sub(40)..) {
        tail.fill(0);
    }
    let message = sync_of("repeater", DocumentId::new([201; 16]), data);
    loop {
        repeat(&account, false, &message, None).await?;
    }
}

/// Sockets that come and go.
async fn storm(account: Account) -> Result<()> {
    loop {
        let sockets = (0..20).map(|_| open_socket(&account));
        futures::future::join_all(sockets).await;
    }
}

/// Asks for much and reads nothing, on many sockets.
async fn lazy(account: Account) -> Result<()> {
    let mut document = Automerge::new().with_author(Some(Author::from(account.author.clone())));
    document.transact(|tx| tx.put(ROOT, "k", vec![7; 300_000])).map_err(|failure| failure.error)?;
    let id = DocumentId::new([202; 16]);
    let about = About { kind: "record".into(), ..About::default() };
    let mut device = crate::client::Device::connect(account.clone()).await?;
    device.put(id, about, document).await?;
    device.settle().await?;
    let want = Message::Want { documents: vec![(id, Vec::new()); 128] };
    loop {
        let mut sockets = Vec::new();
        for _ in 0..10 {
            let mut socket = joined(&account, true).await?;
            let _ = timeout(Duration::from_millis(100), send(&mut socket, want.clone())).await;
            sockets.push(socket);
        }
        sleep(Duration::from_secs(5)).await;
    }
}

/// Asks for the list and for documents of others, as fast as it is answered.
async fn curious(account: Account) -> Result<()> {
    let mut socket = joined(&account, true).await?;
    loop {
        send(&mut socket, Message::Since { cursor: None }).await?;
        let _ = socket.next().await;
        let documents: Vec<_> = (0..128).map(|_| (DocumentId::new(rand::random()), Vec::new())).collect();
        send(&mut socket, Message::Want { documents }).await?;
        for _ in 0..128 {
            let _ = timeout(Duration::from_secs(5), socket.next()).await;
        }
    }
}

/// Tries passwords, twenty at a time.
async fn guess(url: String) -> Result<()> {
    loop {
        let tries = (0..20).map(|n| {
            let (url, name) = (&url, if n % 2 == 0 { "honest0".to_owned() } else { format!("nobody{n}") });
            async move { sign_in(url, &name, "guess").await.is_ok() }
        });
        futures::future::join_all(tries).await;
    }
}

/// Requests whose heads never end.
async fn slow_heads(host: String) -> Result<()> {
    loop {
        let mut open = Vec::new();
        for _ in 0..300 {
            let mut stream = TcpStream::connect(&host).await?;
            stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nA: ").await?;
            open.push(stream);
        }
        for _ in 0..20 {
            sleep(Duration::from_millis(500)).await;
            for stream in &mut open {
                let _ = stream.write_all(b"b").await;
            }
        }
    }
}
