//! libFuzzer on what reads the bytes of others, on the stable toolchain: the passes that cargo-fuzz asks for
//! need no nightly, only address sanitising does (docs/adr/0017).

use crate::{paths, shell};
use anyhow::{Context, Result, bail};
use clap::Args;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Coverage that libFuzzer reads, and comparisons it learns from.
const FLAGS: [&str; 6] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
];
/// Above this the kept inputs would no longer be small.
const KEPT_BYTES: usize = 200_000;

/// How long.
#[derive(Debug, Args)]
pub struct Options {
    /// For how many minutes
    #[arg(long, default_value_t = 30)]
    minutes: u64,
    /// Write the smallest set of inputs that reaches as much into shared/sync/fuzz/corpus.txt afterwards
    #[arg(long)]
    keep: bool,
}

/// Searches; fails when an input panics, takes five seconds, or half a gigabyte.
pub fn run(options: &Options) -> Result<()> {
    let dir = paths::target().join("fuzz");
    let program = build(&dir)?;
    let corpus = dir.join("corpus");
    let found = dir.join("found/");
    std::fs::create_dir_all(&corpus)?;
    std::fs::create_dir_all(&found)?;
    for input in ::fuzz::seeds::all() {
        std::fs::write(corpus.join(hex::encode(Sha256::digest(&input).get(..8).unwrap_or_default())), input)?;
    }
    let time = format!("-max_total_time={}", options.minutes * 60);
    let prefix = format!("-artifact_prefix={}", found.display());
    let mut child = Command::new("nice")
        .args(["-n", "19"])
        .arg(&program)
        .arg(&corpus)
        .args([&time, &prefix])
        .args([
            "-timeout=5",
            "-rss_limit_mb=2048",
            "-malloc_limit_mb=512",
            "-max_len=4096",
            "-print_final_stats=1",
        ])
        .stderr(Stdio::piped())
        .spawn()
        .context("could not start the search")?;
    let output = child.stderr.take().context("the search says nothing")?;
    let mut figures = Vec::new();
    for line in BufReader::new(output).lines() {
        let line = line?;
        let pulse = line.contains("pulse") || line.contains("DONE") || !line.starts_with('#');
        if let Some(figure) = line.strip_prefix("stat::") {
            figures.push(figure.to_owned());
        } else if pulse && !line.starts_with("INFO") {
            println!("{line}");
        }
    }
    let status = child.wait()?;
    figures.iter().for_each(|figure| println!("{figure}"));
    if !status.success() {
        bail!("the search ended with {status}; the input is in {}", found.display());
    }
    println!("no input panicked, hung or took too much memory");
    if options.keep { keep(&program, &dir, &corpus) } else { Ok(()) }
}

/// Compiles in a directory of its own, because everything is compiled anew with other flags.
fn build(dir: &Path) -> Result<PathBuf> {
    const TARGET: &str = "x86_64-unknown-linux-gnu";
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(paths::root())
        .args(["build", "--quiet", "--release", "-p", "fuzz", "--features", "libfuzzer"])
        .args(["--target", TARGET, "--target-dir"])
        .arg(dir)
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"))
        .status()?;
    if !status.success() {
        bail!("the search does not compile: it needs a C++ compiler and {TARGET}");
    }
    Ok(dir.join(TARGET).join("release/fuzz"))
}

fn keep(program: &Path, dir: &Path, corpus: &Path) -> Result<()> {
    let small = dir.join("small");
    let _ = std::fs::remove_dir_all(&small);
    std::fs::create_dir_all(&small)?;
    let (into, from) = (small.to_string_lossy(), corpus.to_string_lossy());
    shell::run(&paths::root(), &program.to_string_lossy(), &["-merge=1", &into, &from])?;
    let mut inputs = Vec::new();
    for entry in std::fs::read_dir(&small)? {
        inputs.push(std::fs::read(entry?.path())?);
    }
    inputs.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    let mut text = String::new();
    for input in inputs {
        let line = hex::encode(input);
        if text.len() + line.len() < KEPT_BYTES {
            writeln!(text, "{line}")?;
        }
    }
    std::fs::write(paths::root().join("shared/sync/fuzz/corpus.txt"), &text)?;
    println!("{} inputs kept, {} bytes", text.lines().count(), text.len());
    Ok(())
}
