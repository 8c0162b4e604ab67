//! What honest clients notice while others attack.
//!
//! Honest devices edit at a steady pace, first alone, then under every attack at once. The attackers are accounts
//! of their own in a process of their own with little priority, so that it is the server that is measured and not
//! the share of the machine that attacking takes.

mod attack;

use crate::client::{Device, sign_in};
use crate::service::{Service, add_account};
use crate::{paths, shell};
use anyhow::{Context, Result, bail};
use automerge::ROOT;
use automerge::transaction::Transactable;
use clap::Args;
use futures::future::try_join_all;
use std::path::Path;
use std::time::{Duration, Instant};
use sync::{About, DocumentId};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::time::{MissedTickBehavior, interval, sleep};

const PASSWORD: &str = "xiangyi-demo";
/// How often an honest device edits.
const PACE: Duration = Duration::from_millis(100);
/// How much slower the slowest of a hundred edits may be under attack.
const SLOWER: f64 = 2.0;
/// What the server may need, attacked, in bytes.
const MEMORY: u64 = 512 * 1024 * 1024;

/// How long and how many.
#[derive(Debug, Args)]
pub struct Options {
    /// Seconds of each part
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Honest devices
    #[arg(long, default_value_t = 8)]
    honest: usize,
    /// Measure the server that was built last
    #[arg(long)]
    built: bool,
    /// Be the attackers of this server
    #[arg(long, hide = true)]
    attack: Option<String>,
}

/// Runs both parts; fails when the server is gone, too large, or too slow for honest clients.
pub fn run(options: &Options) -> Result<()> {
    if options.attack.is_none() && !options.built {
        shell::cargo(&["build", "--quiet", "--release", "-p", "server"])?;
    }
    let runtime = tokio::runtime::Runtime::new()?;
    match &options.attack {
        Some(url) => runtime.block_on(attack::all(url)),
        None => runtime.block_on(measure(options)),
    }
}

async fn measure(options: &Options) -> Result<()> {
    let dir = paths::target().join("bench-hostile");
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir)?;
    let database = dir.join("data.db");
    for account in (0..options.honest).map(|n| format!("honest{n}")).chain(attack::accounts()) {
        // Each in a team of its own, so that nobody's news is anybody else's work.
        let arguments = [&account, "--role", "village_doctor", "--team", &account].map(str::to_owned);
        add_account(&database, &arguments, PASSWORD).await?;
    }
    let service = Service::start(&database, Path::new("/nonexistent"), "127.0.0.1:0", &[]).await?;
    let mut devices = Vec::new();
    for n in 0..options.honest {
        devices.push(Device::connect(sign_in(&service.url, &format!("honest{n}"), PASSWORD).await?).await?);
    }
    let time = Duration::from_secs(options.seconds);
    edits(&mut devices, Duration::from_secs(3)).await?;
    let quiet = edits(&mut devices, time).await?;
    let before = figure(&service.url, "process_resident_memory_bytes").await?;

    let mut attackers = Command::new("nice")
        .args(["-n", "19"])
        .arg(std::env::current_exe()?)
        .args(["bench", "hostile", "--attack", &service.url])
        .kill_on_drop(true)
        .spawn()
        .context("could not start the attackers")?;
    sleep(Duration::from_secs(4)).await;
    let (attacked, largest) = tokio::join!(edits(&mut devices, time), largest(&service.url, time));
    attackers.start_kill()?;
    let (attacked, largest) = (attacked?, largest?);

    let refused = refusals(&service.url).await?;
    let (quiet, attacked) = (Latency::of(quiet), Latency::of(attacked));
    println!("{} honest devices, each an edit every {PACE:?}, durable before it counts", options.honest);
    println!("quiet:    {quiet}");
    println!("attacked: {attacked}, {:.2} times the quiet p99", attacked.p99 / quiet.p99);
    println!("memory: {} MB before, at most {} MB under attack", before >> 20, largest >> 20);
    println!("refused: {refused}");
    service.stop().await?;
    if attacked.p99 > SLOWER * quiet.p99 || largest > MEMORY {
        bail!("honest clients notice the attack");
    }
    Ok(())
}

/// Milliseconds.
struct Latency {
    count: usize,
    p50: f64,
    p99: f64,
}

impl Latency {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |share: f64| {
            times.get((times.len() as f64 * share) as usize).map_or(0.0, |t| t.as_secs_f64() * 1e3)
        };
        Self { count: times.len(), p50: at(0.5), p99: at(0.99) }
    }
}

impl std::fmt::Display for Latency {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} edits, p50 {:.1} ms, p99 {:.1} ms", self.count, self.p50, self.p99)
    }
}

/// Lets every device edit at its pace, and returns how long each edit took to be durable.
async fn edits(devices: &mut [Device], time: Duration) -> Result<Vec<Duration>> {
    let all = devices.iter_mut().enumerate().map(async |(n, device)| {
        let mut clock = interval(PACE);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let id = DocumentId::new([n as u8 + 1; 16]);
        let about = About { kind: "record".into(), subject: format!("s{n}"), ..About::default() };
        let until = Instant::now() + time;
        let mut times = Vec::new();
        while Instant::now() < until {
            clock.tick().await;
            let mut document = device.document(&id).unwrap_or_else(|| device.fresh());
            document.transact(|tx| tx.put(ROOT, "pulse", rand::random::<u32>())).map_err(|e| e.error)?;
            let started = Instant::now();
            device.put(id, about.clone(), document).await?;
            device.settle().await?;
            times.push(started.elapsed());
        }
        anyhow::Ok(times)
    });
    Ok(try_join_all(all).await?.concat())
}

/// Returns the largest resident memory that was seen.
async fn largest(url: &str, time: Duration) -> Result<u64> {
    let until = Instant::now() + time;
    let mut largest = 0;
    while Instant::now() < until {
        largest = largest.max(figure(url, "process_resident_memory_bytes").await?);
        sleep(Duration::from_millis(500)).await;
    }
    Ok(largest)
}

async fn metrics(url: &str) -> Result<String> {
    let host = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await?;
    let request = format!("GET /metrics HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

async fn figure(url: &str, name: &str) -> Result<u64> {
    let metrics = metrics(url).await?;
    let value = metrics.lines().find_map(|line| line.strip_prefix(name));
    Ok(value.with_context(|| format!("no {name}"))?.trim().parse()?)
}

async fn refusals(url: &str) -> Result<String> {
    let metrics = metrics(url).await?;
    let lines = metrics.lines().filter_map(|line| line.strip_prefix("refusals_total{reason="));
    Ok(lines.map(|line| line.replace(['"', '}'], "")).collect::<Vec<_>>().join(", "))
}
