//! What the measurement runs on, and what it may use.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// Prints processors, load, versions and what an fsync costs in the folder of the servers.
pub fn describe(dir: &Path, peer: &Path) -> Result<()> {
    let cores = std::thread::available_parallelism()?;
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let model = model.trim_start_matches([' ', '\t', ':']);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown");
    println!("{cores} cores ({model}), shared by the servers and the clients; load before: {load}");
    let package = fs::read(peer.join("node_modules/@automerge/automerge-repo/package.json"))?;
    let package: serde_json::Value = serde_json::from_slice(&package)?;
    let version = package.get("version").and_then(serde_json::Value::as_str).context("no version")?;
    let node = shell::read("node", &["--version"]).context("Node.js is missing")?;
    println!(
        "theirs: automerge-repo {version} with websocket and nodefs, Node {node}, answers before it stores"
    );
    println!(
        "ours: release build, SQLite, answers after fsync; an fsync of 4 KiB takes {:.2} ms here",
        fsync(dir)?
    );
    Ok(())
}

/// Returns the median time of an fsync after a small write, in milliseconds.
fn fsync(dir: &Path) -> Result<f64> {
    let path = dir.join("fsync");
    let mut file = File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..101 {
        file.write_all(&[7; 4096])?;
        let started = Instant::now();
        file.sync_data()?;
        times.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    fs::remove_file(path)?;
    super::figures::median(times).context("nothing measured")
}

/// Makes sure that this process and those it starts may open `wanted` files each.
pub fn allow_files(wanted: u64) -> Result<()> {
    let limits = fs::read_to_string("/proc/self/limits")?;
    let (soft, hard) = open_files(&limits).context("no limit on open files")?;
    if soft >= wanted {
        return Ok(());
    }
    if hard < wanted {
        bail!(
            "{wanted} open files are needed and the hard limit is {hard}: raise it as root with `ulimit -Hn`"
        );
    }
    let (own, limit) = (std::process::id().to_string(), format!("--nofile={wanted}:{hard}"));
    shell::run(Path::new("."), "prlimit", &["--pid", &own, &limit])
        .with_context(|| format!("{wanted} open files are needed: run `ulimit -n {wanted}` first"))
}

fn open_files(limits: &str) -> Option<(u64, u64)> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    let mut numbers = line.split_whitespace().map(|n| n.parse().unwrap_or(u64::MAX));
    Some((numbers.next()?, numbers.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_and_unlimited_is_enough() {
        let limits = "Limit  Soft  Hard  Units\nMax open files            1024                 524288               files\n";
        assert_eq!(open_files(limits), Some((1024, 524_288)));
        assert_eq!(open_files("Max open files  unlimited  unlimited  files"), Some((u64::MAX, u64::MAX)));
        assert_eq!(open_files(""), None);
    }
}
