//! What the project does to itself: build, run, test, measure.

mod bench;
mod client;
mod demo;
mod earlier;
mod evaluate;
mod knowledge;
mod paths;
mod run;
mod screens;
mod service;
mod shell;
mod site;
mod test;
mod tools;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

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
        /// That of the commit in e2e/earlier.toml instead, into target/earlier/site
        #[arg(long, conflicts_with = "dev")]
        earlier: bool,
    },
    /// Builds everything and serves the demo county
    Run(run::Options),
    /// Runs every test there is
    Test,
    /// Measures how right rules and advice are
    Evaluate {
        #[command(subcommand)]
        what: Option<evaluate::Evaluate>,
    },
    /// Checks or packs the knowledge of decision support
    #[command(subcommand)]
    Knowledge(knowledge::Task),
    /// Measures
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Takes a picture of every screen into docs/screens
    Screens,
    /// Makes a demo county in a directory: database and list of accounts
    Demo {
        /// Where; emptied first
        dir: PathBuf,
        /// How many residents the first team has
        #[arg(long, default_value_t = demo::RESIDENTS)]
        residents: usize,
    },
}

fn main() -> Result<()> {
    match Cli::parse().task {
        Task::Build { earlier: true, .. } => earlier::build(),
        Task::Build { dev, .. } => site::build(dev),
        Task::Run(options) => run::run(&options),
        Task::Test => test::run(),
        Task::Evaluate { what } => evaluate::run(what.as_ref()),
        Task::Knowledge(task) => knowledge::run(&task),
        Task::Bench(bench) => bench::run(bench),
        Task::Screens => screens::run(),
        Task::Demo { dir, residents } => demo::make(&dir, residents),
    }
}
