//! Measurements.

mod durability;

use anyhow::Result;
use clap::Subcommand;

/// What can be measured.
#[derive(Debug, Subcommand)]
pub enum Bench {
    /// Kills the server under load and counts acknowledged changes that are gone
    Durability(durability::Options),
}

/// Measures.
pub fn run(bench: Bench) -> Result<()> {
    match bench {
        Bench::Durability(options) => durability::run(&options),
    }
}
