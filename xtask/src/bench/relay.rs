//! Our server beside automerge-repo's own, under the same clients in the same run.
//!
//! Each commit of ours is on stable storage before it is acknowledged; automerge-repo's server answers first and
//! stores later. The plain clients are one program at both; devices with our extensions have no counterpart, so
//! they stand beside plain clients at automerge-repo's server.

mod accounts;
mod device;
mod figures;
mod first;
mod idle;
mod line;
mod load;
mod machine;
mod plain;
mod report;
mod sample;
mod server;
mod stages;

use crate::service::binary;
use crate::{paths, shell, tools};
use accounts::Accounts;
use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};
use load::{Load, Protocol};
use report::{Report, Side};
use server::{Kind, Server};
use std::fs;
use std::path::{Path, PathBuf};

/// How much, and what of it.
#[derive(Debug, Args)]
pub struct Options {
    /// Only these parts
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// How often the short parts are measured; the median counts
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Clients that sync for the first time
    #[arg(long, default_value_t = 20)]
    clients: usize,
    /// Documents of each of them
    #[arg(long, default_value_t = 100)]
    documents: usize,
    /// Documents that did not change
    #[arg(long, default_value_t = 2_000)]
    unchanged: usize,
    /// Documents that lie idle
    #[arg(long, default_value_t = 20_000)]
    idle: usize,
    /// Connections that are open at once
    #[arg(long, default_value_t = 2_000)]
    connections: usize,
    /// Do not run automerge-repo's own server
    #[arg(long)]
    only_ours: bool,
    /// Measure this program instead of building the server
    #[arg(long)]
    server: Option<PathBuf>,
}

/// What can be measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// First sync
    First,
    /// Edits relayed
    Edit,
    /// Coming back when nothing changed
    Reconnect,
    /// Memory with idle documents
    Memory,
    /// Many open connections
    Connections,
}

/// Clients of a team that share a document while many are connected.
const TEAM: usize = 4;
/// Edits a second while many are connected, and of each team.
const CROWD_RATE: f64 = 200.0;
const CROWD_EDITS: usize = 8;
/// Edits a second of the pairs, and of each pair.
const PAIR_RATE: f64 = 100.0;
const PAIR_EDITS: usize = 50;

/// Measures, prints, and fails where a target is missed.
pub fn run(options: &Options) -> Result<()> {
    if options.server.is_none() {
        shell::cargo(&["build", "--quiet", "--release", "-p", "server"])?;
    }
    let peer = paths::e2e().join("peer");
    tools::npm(&peer)?;
    tokio::runtime::Runtime::new()?.block_on(all(options, &peer))
}

async fn all(options: &Options, peer: &Path) -> Result<()> {
    let bench = Bench::prepare(options, peer).await?;
    let mut report = Report::default();
    let short = [Part::First, Part::Edit, Part::Reconnect].iter().any(|part| bench.wants(*part));
    for round in 0..if short { options.rounds.max(1) } else { 0 } {
        for kind in &bench.kinds {
            println!("round {}, {}", round + 1, name(kind));
            let server = kind.fresh(&bench.dir.join("data")).await?;
            bench.short(kind, &server, report.side(kind.is_ours())).await?;
            server.stop().await?;
        }
    }
    for kind in &bench.kinds {
        println!("once, {}", name(kind));
        let side = report.side(kind.is_ours());
        if bench.wants(Part::Memory) {
            let memory = idle::memory(kind, &bench.dir.join("data"), options.clients, options.idle).await;
            side.memory = bench.unless_theirs(kind, memory)?;
        }
        if bench.wants(Part::Connections) {
            bench.crowd(kind, side).await?;
        }
    }
    let missed = figures::print(&report.figures(options))?;
    ensure!(missed.is_empty(), "missed: {}", missed.join("; "));
    Ok(())
}

struct Bench<'a> {
    options: &'a Options,
    dir: PathBuf,
    kinds: Vec<Kind>,
}

impl<'a> Bench<'a> {
    async fn prepare(options: &'a Options, peer: &Path) -> Result<Self> {
        let dir = paths::target().join("bench-relay");
        fs::create_dir_all(&dir)?;
        machine::describe(&dir, peer)?;
        // A copy, since another build may put a new one in its place meanwhile.
        let program = dir.join("server");
        fs::copy(options.server.clone().unwrap_or_else(binary), &program)?;
        let mut kinds = Vec::new();
        if !options.only_ours {
            kinds.push(Kind::Theirs(peer.to_owned()));
        }
        let mut bench = Self { options, dir, kinds };
        let teams = if bench.wants(Part::Connections) { options.connections / TEAM } else { 0 };
        let count = teams.max(4 * options.clients + 2);
        println!("making {count} accounts");
        let accounts = Accounts::make(&program, &bench.dir.join("accounts"), count).await?;
        bench.kinds.push(Kind::Ours(program, accounts));
        Ok(bench)
    }

    fn wants(&self, part: Part) -> bool {
        self.options.only.is_empty() || self.options.only.contains(&part)
    }

    /// What is short enough to be measured several times. Every part has accounts of its own.
    async fn short(&self, kind: &Kind, server: &Server, side: &mut Side) -> Result<()> {
        let Options { clients, documents, unchanged, .. } = *self.options;
        let ours = kind.is_ours();
        if self.wants(Part::First) {
            side.rates.push(first::sync(server, ours, clients, documents).await?);
        }
        if self.wants(Part::Edit) {
            let account = 2 * clients;
            let load = Load { account, groups: clients, size: 2, rate: PAIR_RATE, edits: PAIR_EDITS };
            side.edits.push(load::measured("edits, plain", server, Protocol::Plain, load).await?);
            if ours {
                let load = Load { account: account + clients, ..load };
                side.edits_extended
                    .push(load::measured("edits, extensions", server, Protocol::Extended, load).await?);
            }
        }
        if self.wants(Part::Reconnect) {
            let account = 4 * clients;
            side.back.push(idle::come_back_plainly(server, account, unchanged).await?);
            if ours {
                side.back_extended.push(idle::come_back(server, account + 1, unchanged).await?);
            }
        }
        Ok(())
    }

    /// Lets a measurement of automerge-repo's server fail alone: there is nothing to compare with then.
    fn unless_theirs<T>(&self, kind: &Kind, measured: Result<T>) -> Result<Option<T>> {
        match measured {
            Err(error) if !kind.is_ours() => {
                println!("  automerge-repo's server did not get to the end: {error:#}");
                Ok(None)
            }
            measured => measured.map(Some),
        }
    }

    /// Many connections, some of which edit.
    async fn crowd(&self, kind: &Kind, side: &mut Side) -> Result<()> {
        let connections = self.options.connections;
        if let Err(error) = machine::allow_files(connections as u64 * 2 + 200) {
            println!("  {connections} connections cannot be measured here: {error:#}");
            return Ok(());
        }
        let load =
            Load { account: 0, groups: connections / TEAM, size: TEAM, rate: CROWD_RATE, edits: CROWD_EDITS };
        let server = kind.fresh(&self.dir.join("data")).await?;
        let times = load::measured("edits among many, plain", &server, Protocol::Plain, load).await;
        side.crowd = self.unless_theirs(kind, times)?;
        server.stop().await?;
        if kind.is_ours() {
            let server = kind.fresh(&self.dir.join("data")).await?;
            let times =
                load::measured("edits among many, extensions", &server, Protocol::Extended, load).await?;
            side.crowd_extended = Some(times);
            server.stop().await?;
        }
        Ok(())
    }
}

fn name(kind: &Kind) -> &'static str {
    if kind.is_ours() { "ours" } else { "theirs" }
}
