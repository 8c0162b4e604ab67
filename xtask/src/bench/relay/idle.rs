//! What it costs to have documents: coming back when nothing changed, and memory for what lies still.

use super::device::Device;
use super::line::Count;
use super::plain::Plain;
use super::sample;
use super::server::{Kind, Server};
use super::stages::{Watch, together};
use anyhow::Result;
use std::path::Path;
use std::time::Duration;

/// How many documents a client brings before it waits; automerge-repo's server falls silent under more.
const BATCH: usize = 50;

/// Messages, bytes and time of a client that comes back.
#[derive(Debug, Clone, Copy)]
pub struct Back {
    /// What went over the line.
    pub count: Count,
    /// Until it knew that nothing had changed.
    pub took: Duration,
}

/// Brings documents as a plain client and comes back.
pub async fn come_back_plainly(server: &Server, account: usize, documents: usize) -> Result<Back> {
    let mut client = Plain::connect(&server.door, account).await?;
    client.bring(sample::documents(documents)?).await?;
    let watch = Watch::start(server)?;
    let back = client.come_back(&server.door, account).await?;
    Ok(Back { count: back.line.count, took: watch.stop("plain, reconnected", server)? })
}

/// Fetches documents as a device, has a look that they are there, and comes back.
pub async fn come_back(server: &Server, account: usize, documents: usize) -> Result<Back> {
    let mut client = Device::connect(&server.door, account).await?;
    client.bring(sample::documents(documents)?).await?;
    let watch = Watch::start(server)?;
    let back = client.come_back(&server.door, account).await?;
    Ok(Back { count: back.line.count, took: watch.stop("extensions, reconnected", server)? })
}

/// Megabytes of a server.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// Before anything was stored.
    pub empty: f64,
    /// After everything was stored and everyone has left.
    pub stored: f64,
    /// After it was started again.
    pub restarted: f64,
}

/// Stores documents from many clients and looks at the memory of the server once all have left.
pub async fn memory(kind: &Kind, dir: &Path, clients: usize, documents: usize) -> Result<Memory> {
    let server = kind.fresh(dir).await?;
    let empty = server.memory().await?;
    let (ours, each) = (kind.is_ours(), documents / clients);
    together("stored", &server, 0..clients, |door, n| async move {
        if ours {
            let mut device = Device::connect(&door, n).await?;
            for _ in 0..each.div_ceil(BATCH) {
                device.bring(sample::documents(BATCH)?).await?;
            }
        } else {
            let mut plain = Plain::connect(&door, n).await?;
            for _ in 0..each.div_ceil(BATCH) {
                plain.bring(sample::documents(BATCH)?).await?;
            }
        }
        Ok(())
    })
    .await?;
    server.quiet().await?;
    let stored = server.memory().await?;
    server.stop().await?;
    let server = kind.start(dir).await?;
    let restarted = server.memory().await?;
    server.stop().await?;
    println!("  memory: empty {empty:.0} MB, stored {stored:.0} MB, started again {restarted:.0} MB");
    Ok(Memory { empty, stored, restarted })
}
