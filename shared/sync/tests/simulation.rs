//! Devices and a server on a network and storage that fail, from a seed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test stops where it fails"
)]

#[path = "simulation/seed.rs"]
mod seed;

use seed::{Fault, run, sweep};

const SEEDS: u64 = 1_000;

#[test]
fn a_thousand_seeds_converge_lose_nothing_and_see_nothing_denied() {
    let (report, failure) = sweep(0..SEEDS, Fault::None);
    if let Some(failure) = failure {
        panic!("{failure}");
    }
    println!("{report}");
    assert_eq!(report.seeds as u64, SEEDS);
    assert_eq!(report.saved, report.acknowledged);
    // A simulation in which little happens would pass as well.
    for happened in [report.device_kills, report.server_kills, report.partitions, report.in_the_storm] {
        assert!(happened > 500, "{report}");
    }
}

#[test]
fn a_server_that_answers_too_early_and_an_outbox_that_skips_a_write_are_caught() {
    for fault in Fault::PLANTED {
        let failure = sweep(0..SEEDS, fault).1;
        let failure = failure.unwrap_or_else(|| panic!("no seed of {SEEDS} catches {fault}"));
        println!("{failure}");
        assert!(run(failure.seed, Fault::None).is_ok(), "the seed fails without the fault as well");
    }
}

#[test]
fn a_seed_gives_the_same_run_each_time() {
    for seed in 0..20 {
        assert_eq!(run(seed, Fault::None).unwrap(), run(seed, Fault::None).unwrap());
    }
}
