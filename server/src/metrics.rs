//! Counters, as Prometheus reads them.

use crate::store::Durable;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use sync::Refusal;

/// Upper bounds of the commit latency histogram, in microseconds.
const BOUNDS: [u64; 9] = [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 500_000, 2_500_000];

/// What the server counts.
#[derive(Debug, Default)]
pub struct Metrics {
    connections: AtomicI64,
    paused_micros: AtomicU64,
    changes: AtomicU64,
    commits: AtomicU64,
    commit_micros: AtomicU64,
    buckets: [AtomicU64; BOUNDS.len()],
    blobs: AtomicU64,
    blob_bytes: AtomicU64,
    refusals: Mutex<BTreeMap<String, u64>>,
}

/// Counts a connection for as long as it lives.
#[derive(Debug)]
pub struct Connected<'a>(&'a Metrics);

impl Drop for Connected<'_> {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    /// Counts a connection until the guard is dropped.
    pub fn connect(&self) -> Connected<'_> {
        self.connections.fetch_add(1, Ordering::Relaxed);
        Connected(self)
    }

    /// Counts a commit of `changes` changes that took `time`.
    pub fn committed(&self, changes: usize, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.changes.fetch_add(changes as u64, Ordering::Relaxed);
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.commit_micros.fetch_add(micros, Ordering::Relaxed);
        for (bound, bucket) in BOUNDS.iter().zip(&self.buckets) {
            if micros <= *bound {
                bucket.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Returns how many sockets are open.
    pub fn connections(&self) -> i64 {
        self.connections.load(Ordering::Relaxed)
    }

    /// Counts how long an account that costs too much was made to wait.
    pub fn paused(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.paused_micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// Counts a blob of `size` bytes that is whole.
    pub fn kept_blob(&self, size: u64) {
        self.blobs.fetch_add(1, Ordering::Relaxed);
        self.blob_bytes.fetch_add(size, Ordering::Relaxed);
    }

    /// Counts a refused frame or change.
    pub fn refused(&self, refusal: Refusal) {
        self.refuse(&format!("{refusal:?}").to_lowercase());
    }

    /// Counts a refusal by its name.
    pub fn refuse(&self, reason: &str) {
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        *refusals.entry(reason.to_owned()).or_default() += 1;
    }

    /// Writes everything in Prometheus's text format.
    pub fn render(&self, loaded: usize, durability: &[Durable]) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: u64| {
            let _ = writeln!(text, "{name} {value}");
        };
        line("process_resident_memory_bytes", resident_memory());
        line("documents_loaded", loaded as u64);
        let connections = self.connections.load(Ordering::Relaxed);
        line("connections", connections.unsigned_abs());
        line("changes_committed_total", self.changes.load(Ordering::Relaxed));
        line("blobs_kept_total", self.blobs.load(Ordering::Relaxed));
        line("blob_bytes_kept_total", self.blob_bytes.load(Ordering::Relaxed));
        for (bound, bucket) in BOUNDS.iter().zip(&self.buckets) {
            let seconds = *bound as f64 / 1e6;
            let name = format!("commit_latency_seconds_bucket{{le=\"{seconds}\"}}");
            line(&name, bucket.load(Ordering::Relaxed));
        }
        let commits = self.commits.load(Ordering::Relaxed);
        line("commit_latency_seconds_bucket{le=\"+Inf\"}", commits);
        line("commit_latency_seconds_count", commits);
        let seconds = self.commit_micros.load(Ordering::Relaxed) as f64 / 1e6;
        let _ = writeln!(text, "commit_latency_seconds_sum {seconds}");
        let paused = self.paused_micros.load(Ordering::Relaxed) as f64 / 1e6;
        let _ = writeln!(text, "paused_seconds_total {paused}");
        let refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        for (reason, count) in refusals.iter() {
            let _ = writeln!(text, "refusals_total{{reason=\"{reason}\"}} {count}");
        }
        for Durable { metric, connection, level, value } in durability {
            let _ = writeln!(text, "{metric}{{connection=\"{connection}\",level=\"{level}\"}} {value}");
        }
        text
    }
}

/// Returns the resident memory from /proc, or 0 where there is none.
fn resident_memory() -> u64 {
    const PAGE: u64 = 4096;
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok());
    pages.unwrap_or(0) * PAGE
}
