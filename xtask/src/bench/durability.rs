//! What was acknowledged must survive the server's sudden death.
//!
//! Several devices write as fast as they are acknowledged; the server is killed with SIGKILL at a random
//! moment, started again, and asked for everything before any writer comes back (a writer would heal what
//! was lost). The same driver runs against automerge-repo's own server.

mod ledger;
mod plain;
mod target;
mod writers;

use crate::{paths, shell, tools};
use anyhow::{Result, bail};
use clap::Args;
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::time::{Duration, Instant};
use target::Target;
use writers::Protocol;

/// How long and how hard.
#[derive(Debug, Args)]
pub struct Options {
    /// Acknowledged changes that must be reached
    #[arg(long, default_value_t = 1_000)]
    acknowledged: usize,
    /// Kills that must be survived
    #[arg(long, default_value_t = 10)]
    kills: usize,
    /// Devices that write at once
    #[arg(long, default_value_t = 8)]
    writers: usize,
    /// Of the moments of the kills
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Do not run automerge-repo's own server
    #[arg(long)]
    only_ours: bool,
}

/// What one server kept of what it had acknowledged.
#[derive(Debug, Default)]
struct Figure {
    kills: usize,
    acknowledged: usize,
    lost: usize,
}

/// Runs the benchmark; fails if our server lost anything or a connection is not FULL.
pub fn run(options: &Options) -> Result<()> {
    shell::cargo(&["build", "--quiet", "--release", "-p", "server"])?;
    tokio::runtime::Runtime::new()?.block_on(all(options))
}

async fn all(options: &Options) -> Result<()> {
    let dir = paths::target().join("bench-durability");
    let _ = std::fs::remove_dir_all(&dir);
    let ours = Target::ours(&dir.join("ours"), options.writers).await?;
    let durable = measure(&ours, Protocol::Durable, options).await?;
    print("xiangyi, durable", &durable);
    let plain = measure(&ours, Protocol::Plain, options).await?;
    print("xiangyi, plain automerge-repo protocol", &plain);
    for line in &ours.synchronous().await? {
        println!("  {line}");
    }
    if !options.only_ours {
        let peer = paths::e2e().join("peer");
        tools::npm(&peer)?;
        let theirs = Target::node(&peer, &dir.join("theirs"))?;
        let figure = measure(&theirs, Protocol::Plain, options).await?;
        print("automerge-repo's own server (Node, nodefs)", &figure);
    }
    let lost = durable.lost + plain.lost;
    if lost > 0 {
        bail!("{lost} acknowledged changes are gone");
    }
    Ok(())
}

fn print(name: &str, figure: &Figure) {
    println!(
        "{name}: {} kills, {} changes acknowledged, {} lost",
        figure.kills, figure.acknowledged, figure.lost
    );
}

async fn measure(target: &Target, protocol: Protocol, options: &Options) -> Result<Figure> {
    let mut dice = StdRng::seed_from_u64(options.seed);
    let mut figure = Figure::default();
    let mut ledgers = Vec::new();
    let mut running = target.start().await?;
    let started = Instant::now();
    while figure.kills < options.kills || figure.acknowledged < options.acknowledged {
        if started.elapsed() > Duration::from_secs(300) {
            bail!("only {} changes acknowledged in time", figure.acknowledged);
        }
        let writing = match writers::start(target, &running, protocol, options.writers).await {
            Err(_) if !target.is_ours() => {
                // It fell over what it found on its disk while the writers came: once more.
                running.kill().await?;
                running = target.start().await?;
                writers::start(target, &running, protocol, options.writers).await?
            }
            started => started?,
        };
        tokio::time::sleep(Duration::from_millis(dice.random_range(100..700))).await;
        running.kill().await?;
        let ledger = writing.finish().await?;
        running = target.start().await?;
        figure.kills += 1;
        figure.acknowledged += ledger.acknowledged();
        figure.lost += writers::lost(target, &mut running, protocol, &ledger).await?;
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
    // Once more at the end: what survived one kill must survive the later ones as well.
    let mut running = target.start().await?;
    let mut lost = 0;
    for ledger in &ledgers {
        lost += writers::lost(target, &mut running, protocol, ledger).await?;
    }
    figure.lost = figure.lost.max(lost);
    Ok(figure)
}
