//! What was acknowledged must survive the sudden death of whatever keeps it.
//!
//! Several devices write as fast as they are acknowledged, each into one document, so that compaction runs all the time.
//! The relay or the database is killed with SIGKILL at a random moment, or the disk is filled; everything is started again
//! and asked for before any writer comes back (a writer would heal what was lost). The same driver runs against
//! automerge-repo's own server.

mod cluster;
mod disk;
mod ledger;
mod plain;
mod target;
mod writers;

use crate::{paths, shell, tools};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use cluster::Cluster;
use disk::Disk;
use ledger::Ledger;
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::path::Path;
use std::time::{Duration, Instant};
use target::{Running, Target};
use writers::{Protocol, Writing};

/// How long and how hard.
#[derive(Debug, Args)]
pub struct Options {
    /// Acknowledged changes that each part must reach
    #[arg(long, default_value_t = 1_000)]
    acknowledged: usize,
    /// Kills that each part must survive
    #[arg(long, default_value_t = 10)]
    kills: usize,
    /// Devices that write at once
    #[arg(long, default_value_t = 8)]
    writers: usize,
    /// Of the moments of the kills
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only these parts; may be repeated
    #[arg(long)]
    only: Vec<Part>,
    /// Do not run automerge-repo's own server
    #[arg(long)]
    only_ours: bool,
}

/// What is killed, and where changes are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The relay, on SQLite
    Sqlite,
    /// The same, with clients of automerge-repo's protocol
    Plain,
    /// The relay, on PostgreSQL
    Postgres,
    /// PostgreSQL, under a relay that goes on
    Database,
    /// One of two relays on one PostgreSQL
    Relays,
    /// Nothing: the disk under SQLite is filled
    Full,
    /// automerge-repo's own server
    Peer,
}

/// What one server kept of what it had acknowledged.
#[derive(Debug, Default)]
struct Figure {
    kills: usize,
    acknowledged: usize,
    lost: usize,
    /// Changes of the largest document.
    largest: usize,
    /// Time in which devices wrote.
    wrote: Duration,
}

/// Runs the benchmark; fails if our server lost anything or a connection is not durable.
pub fn run(options: &Options) -> Result<()> {
    shell::cargo(&["build", "--quiet", "--release", "-p", "server"])?;
    tokio::runtime::Runtime::new()?.block_on(all(options))
}

async fn all(options: &Options) -> Result<()> {
    let dir = paths::target().join("bench-durability");
    let _ = std::fs::remove_dir_all(&dir);
    let mut lost = 0;
    let runs = |part| match options.only.is_empty() {
        true => part != Part::Peer || !options.only_ours,
        false => options.only.contains(&part),
    };
    let file = |name: &str| format!("sqlite:{}", dir.join(name).join("data.db").display());
    if runs(Part::Sqlite) || runs(Part::Plain) {
        let ours = Target::ours(&file("ours"), options.writers).await?;
        for (part, protocol, name) in [
            (Part::Sqlite, Protocol::Durable, "SQLite, relay killed"),
            (Part::Plain, Protocol::Plain, "SQLite, relay killed, plain automerge-repo protocol"),
        ] {
            if runs(part) {
                let figure = measure(&ours, protocol, options).await?;
                lost += print(name, &figure);
            }
        }
        for line in &ours.durability().await? {
            println!("  {line}");
        }
    }
    if runs(Part::Postgres) || runs(Part::Database) || runs(Part::Relays) {
        let mut cluster = Cluster::make(&dir.join("postgres")).await?;
        let ours = Target::ours(&cluster.url(), options.writers).await?;
        if runs(Part::Postgres) {
            let figure = measure(&ours, Protocol::Durable, options).await?;
            lost += print("PostgreSQL, relay killed", &figure);
        }
        if runs(Part::Database) {
            let figure = without_database(&ours, &mut cluster, options).await?;
            lost += print("PostgreSQL, database killed under the relay", &figure);
        }
        if runs(Part::Relays) {
            let figure = two_relays(&ours, options).await?;
            lost += print("PostgreSQL, one of two relays killed, devices go to the other", &figure);
        }
        for line in &ours.durability().await? {
            println!("  {line}");
        }
        cluster.kill().await?;
    }
    if runs(Part::Full) {
        match Disk::mount(&dir.join("small"), 48)? {
            Some(disk) => lost += print("SQLite, disk full", &full(&disk, options).await?),
            None => println!("disk full: not run, only root can mount a small file system"),
        }
    }
    if runs(Part::Peer) {
        let peer = paths::e2e().join("peer");
        tools::npm(&peer)?;
        let theirs = Target::node(&peer, &dir.join("theirs"))?;
        let figure = measure(&theirs, Protocol::Plain, options).await?;
        print("automerge-repo's own server (Node, nodefs)", &figure);
    }
    if lost > 0 {
        bail!("{lost} acknowledged changes are gone");
    }
    Ok(())
}

fn print(name: &str, figure: &Figure) -> usize {
    let rate = figure.acknowledged as f64 / figure.wrote.as_secs_f64().max(0.001);
    println!(
        "{name}: {} times, {} changes acknowledged ({rate:.0}/s), largest document {} changes, {} lost",
        figure.kills, figure.acknowledged, figure.largest, figure.lost
    );
    figure.lost
}

impl Figure {
    fn wants_more(&self, options: &Options, started: Instant) -> Result<bool> {
        if started.elapsed() > Duration::from_secs(600) {
            bail!("only {} changes acknowledged in time", self.acknowledged);
        }
        Ok(self.kills < options.kills || self.acknowledged < options.acknowledged)
    }

    /// Counts one kill and what became of the changes before it.
    async fn count(
        &mut self,
        target: &Target,
        running: &mut Running,
        protocol: Protocol,
        ledger: &Ledger,
    ) -> Result<()> {
        self.kills += 1;
        self.acknowledged += ledger.acknowledged();
        self.largest = self.largest.max(ledger.largest());
        self.lost += writers::lost(target, running, protocol, ledger).await?;
        Ok(())
    }

    /// Looks once more at the end: what survived one kill must survive the later ones as well.
    async fn look_again(mut self, target: &Target, protocol: Protocol, ledgers: &[Ledger]) -> Result<Self> {
        let mut running = target.start().await?;
        let mut lost = 0;
        for ledger in ledgers {
            lost += writers::lost(target, &mut running, protocol, ledger).await?;
        }
        running.kill().await?;
        self.lost = self.lost.max(lost);
        Ok(self)
    }
}

/// Lets them write for a while.
async fn a_while(dice: &mut StdRng, figure: &mut Figure) {
    let time = Duration::from_millis(dice.random_range(200..1_500));
    tokio::time::sleep(time).await;
    figure.wrote += time;
}

async fn measure(target: &Target, protocol: Protocol, options: &Options) -> Result<Figure> {
    let mut dice = StdRng::seed_from_u64(options.seed);
    let mut figure = Figure::default();
    let mut ledgers = Vec::new();
    let mut running = target.start().await?;
    let started = Instant::now();
    while figure.wants_more(options, started)? {
        let writing = match writers::start(target, &running, protocol, options.writers).await {
            Err(_) if !target.is_ours() => {
                // It fell over what it found on its disk while the writers came: once more.
                running.kill().await?;
                running = target.start().await?;
                writers::start(target, &running, protocol, options.writers).await?
            }
            started => started?,
        };
        a_while(&mut dice, &mut figure).await;
        running.kill().await?;
        let ledger = writing.finish().await?;
        running = target.start().await?;
        figure.count(target, &mut running, protocol, &ledger).await?;
        ledgers.push(ledger);
        if !target.is_ours() {
            // It may have fallen over what it found on its disk.
            running.kill().await?;
            running = target.start().await?;
        }
    }
    running.kill().await?;
    if !target.is_ours() {
        return Ok(figure);
    }
    figure.look_again(target, protocol, &ledgers).await
}

/// Kills the database; the relay has to stay and go on with the next one.
async fn without_database(target: &Target, cluster: &mut Cluster, options: &Options) -> Result<Figure> {
    let mut dice = StdRng::seed_from_u64(options.seed);
    let (mut figure, mut ledgers) = (Figure::default(), Vec::new());
    let mut running = target.start().await?;
    let started = Instant::now();
    while figure.wants_more(options, started)? {
        let writing = writers::start(target, &running, Protocol::Durable, options.writers).await?;
        a_while(&mut dice, &mut figure).await;
        cluster.kill().await?;
        let ledger = writing.finish().await?;
        cluster.start().await?;
        running.until_ready().await?;
        figure.count(target, &mut running, Protocol::Durable, &ledger).await?;
        ledgers.push(ledger);
    }
    running.kill().await?;
    figure.look_again(target, Protocol::Durable, &ledgers).await
}

/// Kills one of two relays; its devices go on at the other with what was not acknowledged.
async fn two_relays(target: &Target, options: &Options) -> Result<Figure> {
    let mut dice = StdRng::seed_from_u64(options.seed);
    let (mut figure, mut ledgers) = (Figure::default(), Vec::new());
    let (mut first, mut second) = (target.start().await?, target.start().await?);
    let started = Instant::now();
    while figure.wants_more(options, started)? {
        let writing = Writing::at_two(target, &first, &second, options.writers).await?;
        a_while(&mut dice, &mut figure).await;
        first.kill().await?;
        a_while(&mut dice, &mut figure).await;
        second.kill().await?;
        let ledger = writing.finish().await?;
        (first, second) = (target.start().await?, target.start().await?);
        figure.count(target, &mut first, Protocol::Durable, &ledger).await?;
        ledgers.push(ledger);
    }
    first.kill().await?;
    second.kill().await?;
    figure.look_again(target, Protocol::Durable, &ledgers).await
}

/// Fills the disk under the relay, which has to refuse, stay, and go on when there is room.
async fn full(disk: &Disk, options: &Options) -> Result<Figure> {
    let url = format!("sqlite:{}", Path::new(&disk.path).join("data.db").display());
    let target = Target::ours(&url, options.writers).await?;
    let mut dice = StdRng::seed_from_u64(options.seed);
    let (mut figure, mut ledgers) = (Figure::default(), Vec::new());
    let mut running = target.start().await?;
    let started = Instant::now();
    while figure.wants_more(options, started)? {
        let writing = writers::start(&target, &running, Protocol::Durable, options.writers).await?;
        a_while(&mut dice, &mut figure).await;
        disk.fill()?;
        // Writers end when they are refused.
        let ledger = writing.finish().await?;
        disk.clear()?;
        running.until_ready().await.context("the relay did not outlive the full disk")?;
        figure.count(&target, &mut running, Protocol::Durable, &ledger).await?;
        ledgers.push(ledger);
    }
    let refused = running.metric("refusals_total{reason=\"full\"}").await?;
    println!("  told {refused} sockets that the disk is full");
    running.kill().await?;
    figure.look_again(&target, Protocol::Durable, &ledgers).await
}
