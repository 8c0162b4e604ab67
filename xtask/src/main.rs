//! What the project does to itself: build, run, test, measure.

mod paths;
mod shell;
mod site;
mod tools;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs, tests and measures Xiangyi")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds the site into target/site
    Build {
        /// Quick: neither optimised nor compressed
        #[arg(long)]
        dev: bool,
    },
}

fn main() -> Result<()> {
    match Cli::parse().task {
        Task::Build { dev } => site::build(dev),
    }
}
