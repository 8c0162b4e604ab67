//! Measurements.

mod app;
mod decision;
mod durability;
mod fuzz;
mod hostile;
mod points;
mod record;
mod relay;
mod scan;
mod simulation;
mod weight;

use anyhow::Result;
use clap::Subcommand;

/// What can be measured.
#[derive(Debug, Subcommand)]
pub enum Bench {
    /// Measures the app in a browser against its budgets, and weighs it by crate
    App(app::Options),
    /// Times decision support and the check of prescriptions against their budgets
    Decision(decision::Options),
    /// Kills the server under load and counts acknowledged changes that are gone
    Durability(durability::Options),
    /// Looks for bytes that bring down what reads those of others
    Fuzz(fuzz::Options),
    /// Measures what honest clients notice while others attack
    Hostile(hostile::Options),
    /// Counts the claims that one core weighs in a second, and times a simulation of a year
    Points,
    /// Measures the server beside automerge-repo's own, under the same clients
    Relay(relay::Options),
    /// Looks at the server from outside, behind the proxy of server/deploy
    Scan(scan::Options),
    /// Runs devices and a server on a network and storage that fail, under many seeds
    Simulation(simulation::Options),
}

/// Measures.
pub fn run(bench: Bench) -> Result<()> {
    match bench {
        Bench::App(options) => app::run(&options),
        Bench::Decision(options) => decision::run(&options),
        Bench::Durability(options) => durability::run(&options),
        Bench::Fuzz(options) => fuzz::run(&options),
        Bench::Hostile(options) => hostile::run(&options),
        Bench::Points => points::run(),
        Bench::Relay(options) => relay::run(&options),
        Bench::Scan(options) => scan::run(&options),
        Bench::Simulation(options) => simulation::run(&options),
    }
}
