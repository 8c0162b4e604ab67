//! Devices that write as fast as they are acknowledged, and the check of what is left.

use super::ledger::Ledger;
use super::plain::Plain;
use super::target::{Running, Target};
use crate::client::Device;
use anyhow::{Context, Result};
use automerge::transaction::Transactable;
use automerge::{Automerge, ROOT};
use std::time::Duration;
use sync::{About, DocumentId};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// How many documents a writer has; few, so that they are compacted.
const DOCUMENTS: usize = 1;
/// How many changes of a document may wait for their acknowledgement.
const AHEAD: usize = 3;
/// How long one fetch may take; a document that does not come is gone.
const PATIENCE: Duration = Duration::from_secs(5);

/// How the writers speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// With our extensions: `durable` acknowledges.
    Durable,
    /// automerge-repo's own: a sync message whose heads contain the change acknowledges.
    Plain,
}

/// Writers at work.
pub struct Writing(JoinSet<Ledger>);

/// Connects `count` writers and lets them write until their sockets die.
pub async fn start(target: &Target, running: &Running, protocol: Protocol, count: usize) -> Result<Writing> {
    let mut set = JoinSet::new();
    for n in 0..count {
        let account = target.account(n, running);
        match protocol {
            Protocol::Durable => {
                let account = account.context("an account")?;
                let device = Device::connect(account).await?;
                set.spawn(write_durably(device, None));
            }
            Protocol::Plain => {
                let plain = Plain::connect(account.as_ref(), running).await?;
                set.spawn(write_plainly(plain));
            }
        }
    }
    Ok(Writing(set))
}

impl Writing {
    /// Connects half of the writers to each of two relays; whoever loses the first goes to the second.
    pub async fn at_two(target: &Target, first: &Running, second: &Running, count: usize) -> Result<Self> {
        let mut set = JoinSet::new();
        for n in 0..count {
            let (relay, other) = if n % 2 == 0 { (first, Some(second.url.clone())) } else { (second, None) };
            let account = target.account(n, relay).context("an account")?;
            set.spawn(write_durably(Device::connect(account).await?, other));
        }
        Ok(Self(set))
    }

    /// Waits until every writer has noticed that the server is gone.
    pub async fn finish(mut self) -> Result<Ledger> {
        let mut ledger = Ledger::default();
        while let Some(one) = self.0.join_next().await {
            ledger.join(one?);
        }
        Ok(ledger)
    }
}

fn fresh_ids() -> Vec<DocumentId> {
    let id = |_| DocumentId::new(rand::random());
    (0..DOCUMENTS).map(id).collect()
}

fn write_one(document: &mut Automerge) -> Result<()> {
    let key = format!("{:08x}", rand::random::<u32>());
    document.transact(|tx| tx.put(ROOT, key, "152/96")).map_err(|failure| failure.error)?;
    Ok(())
}

/// Writes until the socket dies, which is how this always ends; if there is another relay, only when that one died too.
async fn write_durably(mut device: Device, other: Option<String>) -> Ledger {
    let mut ledger = Ledger::default();
    let ids = fresh_ids();
    write_until(&mut device, &ids, &mut ledger).await;
    if let Some(url) = other
        && device.move_to(&url).await.is_ok()
    {
        write_until(&mut device, &ids, &mut ledger).await;
    }
    ledger
}

async fn write_until(device: &mut Device, ids: &[DocumentId], ledger: &mut Ledger) {
    let _: Result<()> = async {
        for id in ids.iter().cycle() {
            while ledger.open(*id) >= AHEAD {
                device.step().await?;
                for (id, heads) in device.durable.drain(..) {
                    ledger.acknowledge(id, &heads);
                }
            }
            let mut document = device.document(id).unwrap_or_else(|| device.fresh());
            write_one(&mut document)?;
            let head = document.get_heads().first().copied();
            ledger.wrote(*id, head.context("no change")?);
            let about = About { kind: "record".to_owned(), subject: "bench".to_owned(), ..About::default() };
            device.put(*id, about, document).await?;
        }
        Ok(())
    }
    .await;
}

async fn write_plainly(mut plain: Plain) -> Ledger {
    let mut ledger = Ledger::default();
    let ids = fresh_ids();
    let _: Result<()> = async {
        for id in ids.iter().cycle() {
            while ledger.open(*id) >= AHEAD {
                plain.step(&mut ledger).await?;
            }
            plain.write(*id, &mut ledger, write_one).await?;
        }
        Ok(())
    }
    .await;
    ledger
}

/// Counts what was acknowledged and is gone, seen by a client that has nothing of it.
pub async fn lost(
    target: &Target,
    running: &mut Running,
    protocol: Protocol,
    ledger: &Ledger,
) -> Result<usize> {
    let mut lost = 0;
    match protocol {
        Protocol::Durable => {
            let account = target.reader(running).context("an account")?;
            let mut device = Device::connect(account).await?;
            device.settle().await?;
            for id in ledger.documents() {
                lost += ledger.lost(id, device.document(&id).as_ref());
            }
        }
        Protocol::Plain => {
            let mut plain: Option<Plain> = None;
            for id in ledger.documents() {
                let mut reader = match plain.take() {
                    Some(reader) => reader,
                    None => connect_again(target, running).await?,
                };
                match timeout(PATIENCE, reader.fetch(id)).await {
                    Ok(Ok(document)) => {
                        lost += ledger.lost(id, document);
                        plain = Some(reader);
                    }
                    // It hangs, or the server fell over what it finds on its disk.
                    Ok(Err(_)) | Err(_) => lost += ledger.lost(id, None),
                }
            }
        }
    }
    Ok(lost)
}

async fn connect_again(target: &Target, running: &mut Running) -> Result<Plain> {
    let reader = target.reader(running);
    if let Ok(plain) = Plain::connect(reader.as_ref(), running).await {
        return Ok(plain);
    }
    running.kill().await?;
    *running = target.start().await?;
    let reader = target.reader(running);
    Plain::connect(reader.as_ref(), running).await
}
