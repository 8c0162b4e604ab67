//! Many more seeds of the sync simulation than the tests have time for.

use crate::shell;
use anyhow::Result;
use clap::Args;

/// How many.
#[derive(Debug, Args)]
pub struct Options {
    /// Seeds, from 0
    #[arg(long, default_value_t = 10_000)]
    seeds: u64,
}

/// Runs the seeds; fails if one fails or a planted fault is not caught.
pub fn run(options: &Options) -> Result<()> {
    let seeds = options.seeds.to_string();
    shell::cargo(&[
        "run",
        "--quiet",
        "--release",
        "-p",
        "sync",
        "--example",
        "simulation",
        "--",
        "--seeds",
        &seeds,
    ])
}
