//! Runs the simulation of the tests over many seeds, or one seed again:
//! `cargo run --release -p sync --example simulation -- --seeds 10000`, `… -- --seed 7 --fault skipped-outbox-write`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "../tests/simulation/seed.rs"]
mod seed;

use seed::{Fault, run, sweep};
use std::env;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let mut seeds = 10_000;
    let mut again = None;
    let mut fault = Fault::None;
    let mut arguments = env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().unwrap_or_else(|| panic!("{name} needs a value"));
        match name.as_str() {
            "--seeds" => seeds = value.parse().expect("a number of seeds"),
            "--seed" => again = Some(value.parse().expect("a seed")),
            "--fault" => {
                let known = Fault::PLANTED.into_iter().find(|fault| fault.to_string() == value);
                fault = known.unwrap_or_else(|| panic!("{value} is no fault"));
            }
            _ => panic!("--seeds N, --seed N or --fault NAME, not {name}"),
        }
    }
    let passed = match again {
        Some(seed) => once(seed, fault),
        None => many(seeds),
    };
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn once(seed: u64, fault: Fault) -> bool {
    match run(seed, fault) {
        Ok(report) => println!("{report}"),
        Err(failure) => {
            println!("{}\n\n{failure}", failure.story.join("\n"));
            return false;
        }
    }
    true
}

fn many(seeds: u64) -> bool {
    let started = Instant::now();
    let (report, failure) = sweep(0..seeds, Fault::None);
    if let Some(failure) = failure {
        println!("{failure}");
        return false;
    }
    println!("{report}\nduration: {:.1} s", started.elapsed().as_secs_f64());
    let mut passed = true;
    for fault in Fault::PLANTED {
        match sweep(0..seeds, fault).1 {
            Some(failure) => println!("\n{fault}: caught. {failure}"),
            None => {
                println!("\n{fault}: no seed catches it");
                passed = false;
            }
        }
    }
    passed
}
