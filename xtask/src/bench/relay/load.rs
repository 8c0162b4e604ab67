//! Edits at a steady rate, each watched until every other client of its document has it.

use super::device::Device;
use super::figures::percentile;
use super::plain::Plain;
use super::sample;
use super::server::{Door, Server};
use super::stages::Watch;
use anyhow::{Context, Result, bail};
use futures::{StreamExt, TryStreamExt, stream};
use std::time::Duration;
use sync::{DocumentId, Heads};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

/// Groups that connect at once.
const AT_ONCE: usize = 16;
/// From the last client's readiness to the first edit.
const START: Duration = Duration::from_millis(500);
/// How long the last edit may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the clients speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// automerge-repo's own.
    Plain,
    /// With our extensions.
    Extended,
}

/// Who edits, and how much.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// The account of the first group; each group has one.
    pub account: usize,
    /// Groups, each with a document that one client edits.
    pub groups: usize,
    /// Clients of a group, the one that edits among them.
    pub size: usize,
    /// Edits a second, over all groups.
    pub rate: f64,
    /// Edits of each group.
    pub edits: usize,
}

impl Load {
    /// Returns when edit `n` of a group is due after the start; the groups take turns.
    fn due(&self, group: usize, n: usize) -> Duration {
        Duration::from_secs_f64((n * self.groups + group) as f64 / self.rate)
    }
}

enum Client {
    Plain(Box<Plain>),
    Device(Box<Device>),
}

/// Milliseconds from when an edit was due until another client had it.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// Of the middle one.
    pub p50: f64,
    /// That one in a hundred exceeds.
    pub p99: f64,
}

/// Measures the edits of a load.
pub async fn measured(name: &str, server: &Server, protocol: Protocol, load: Load) -> Result<Times> {
    let connecting = (0..load.groups).map(|group| connect(&server.door, protocol, load, group));
    let groups = stream::iter(connecting).buffer_unordered(AT_ONCE).try_collect().await?;
    let watch = Watch::start(server)?;
    let all = relayed(groups, load).await?;
    watch.stop(name, server)?;
    let at = |percent| percentile(&all, percent).context("nothing was relayed");
    let (times, slowest) = (Times { p50: at(50.0)?, p99: at(99.0)? }, at(100.0)?);
    println!(
        "  {} relayed: p50 {:.1} ms, p99 {:.1} ms, slowest {slowest:.1} ms",
        all.len(),
        times.p50,
        times.p99
    );
    Ok(times)
}

/// A group that is connected: its number, its document, the client that edits and those that watch.
type Group = (usize, DocumentId, Client, Vec<Client>);

/// Returns how long each edit took to each of its watchers, sorted.
async fn relayed(groups: Vec<Group>, load: Load) -> Result<Vec<Duration>> {
    let start = Instant::now() + START;
    let (over, until) = watch::channel(false);
    let (mut watching, mut editing) = (JoinSet::new(), JoinSet::new());
    for (group, id, editor, watchers) in groups {
        editing.spawn(edit(editor, id, start, load, group, until.clone()));
        for watcher in watchers {
            watching.spawn(watch_edits(watcher, id, start, load, group));
        }
    }
    let end = start + load.due(load.groups, load.edits) + PATIENCE;
    let mut all = Vec::with_capacity(load.groups * load.edits * (load.size - 1));
    while let Some(one) = watching.join_next().await {
        all.extend(one??);
        if Instant::now() > end {
            bail!("edits were still under way {} s after the last was due", PATIENCE.as_secs());
        }
    }
    over.send(true)?;
    while let Some(one) = editing.join_next().await {
        one??;
    }
    all.sort_unstable();
    Ok(all)
}

async fn connect(door: &Door, protocol: Protocol, load: Load, group: usize) -> Result<Group> {
    let account = load.account + group;
    let (id, document) = sample::documents(1)?.pop().context("no document")?;
    let heads = sync::sorted(document.get_heads());
    let mut editor = Client::connect(door, protocol, account).await?;
    match &mut editor {
        Client::Plain(plain) => plain.bring(vec![(id, document)]).await?,
        Client::Device(device) => device.bring(vec![(id, document)]).await?,
    }
    let mut watchers = Vec::new();
    for _ in 1..load.size {
        let mut watcher = Client::connect(door, protocol, account).await?;
        match &mut watcher {
            Client::Plain(plain) => plain.fetch(&[(id, heads.clone())]).await?,
            Client::Device(device) => {
                device.settle().await?;
                device.open(id)?;
            }
        }
        watchers.push(watcher);
    }
    Ok((group, id, editor, watchers))
}

async fn edit(
    mut editor: Client,
    id: DocumentId,
    start: Instant,
    load: Load,
    group: usize,
    mut over: watch::Receiver<bool>,
) -> Result<()> {
    for n in 0..load.edits {
        let due = sleep_until(start + load.due(group, n));
        tokio::pin!(due);
        loop {
            tokio::select! {
                () = &mut due => break,
                stepped = editor.step() => stepped?,
            }
        }
        match &mut editor {
            Client::Plain(plain) => plain.edit(id, |document| sample::edit(document, n))?,
            Client::Device(device) => device.edit(id, |document| sample::edit(document, n))?,
        }
    }
    loop {
        tokio::select! {
            _ = over.wait_for(|over| *over) => return Ok(()),
            stepped = editor.step() => stepped?,
        }
    }
}

/// One client edits a document, so its edits come in order: the nth that comes is the nth that was due.
async fn watch_edits(
    mut watcher: Client,
    id: DocumentId,
    start: Instant,
    load: Load,
    group: usize,
) -> Result<Vec<Duration>> {
    let mut heads = watcher.heads(&id);
    let mut took = Vec::with_capacity(load.edits);
    let end = start + load.due(group, load.edits) + PATIENCE;
    while took.len() < load.edits {
        let left = end.saturating_duration_since(Instant::now());
        timeout(left, watcher.step()).await.context("an edit was not relayed in time")??;
        let now = watcher.heads(&id);
        if now != heads {
            for _ in 0..watcher.changes_since(&id, &heads) {
                took.push((start + load.due(group, took.len())).elapsed());
            }
            heads = now;
        }
    }
    Ok(took)
}

impl Client {
    async fn connect(door: &Door, protocol: Protocol, account: usize) -> Result<Self> {
        Ok(match protocol {
            Protocol::Plain => Self::Plain(Box::new(Plain::connect(door, account).await?)),
            Protocol::Extended => Self::Device(Box::new(Device::connect(door, account).await?)),
        })
    }

    async fn step(&mut self) -> Result<()> {
        match self {
            Self::Plain(plain) => plain.step().await.map(drop),
            Self::Device(device) => device.step().await,
        }
    }

    fn heads(&self, id: &DocumentId) -> Heads {
        match self {
            Self::Plain(plain) => plain.heads(id),
            Self::Device(device) => device.heads(id),
        }
    }

    fn changes_since(&self, id: &DocumentId, heads: &Heads) -> usize {
        match self {
            Self::Plain(plain) => plain.changes_since(id, heads),
            Self::Device(device) => device.changes_since(id, heads),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_take_turns_at_the_rate_of_all_together() {
        let load = Load { account: 0, groups: 20, size: 2, rate: 100.0, edits: 50 };
        assert_eq!(load.due(0, 0), Duration::ZERO);
        assert_eq!(load.due(1, 0), Duration::from_millis(10));
        assert_eq!(load.due(0, 1), Duration::from_millis(200));
        assert_eq!(load.due(19, 49), Duration::from_millis(9_990));
    }
}
