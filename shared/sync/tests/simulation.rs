//! Devices and a server on a network and storage that fail, from a seed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test stops where it fails"
)]

mod simulation {
    pub mod device;
    pub mod dice;
    pub mod server;
    pub mod world;
}

use simulation::world::{Faults, World};

/// Runs a world with `faults`, then heals it and looks at what is left.
#[track_caller]
fn check(seeds: std::ops::Range<u64>, faults: Faults) {
    for seed in seeds {
        let mut world = World::new(seed, faults);
        world.run(300);
        world.heal();
        world.assert_converged();
        world.assert_nothing_acknowledged_is_lost();
    }
}

#[test]
fn devices_converge_on_a_good_network() {
    check(0..60, Faults::default());
}

#[test]
fn devices_converge_after_broken_connections_and_killed_tablets() {
    let faults = Faults { cut: 8, kill_device: 5, ..Faults::default() };
    check(100..220, faults);
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_forgets_what_was_not_synced() {
    let faults = Faults { cut: 4, kill_device: 3, crash_server: 6, ..Faults::default() };
    check(300..420, faults);
}

#[test]
fn frames_that_are_lost_doubled_or_swapped_break_nothing() {
    let faults = Faults { cut: 4, drop: 6, double: 6, swap: 6, crash_server: 2, kill_device: 2 };
    check(500..620, faults);
}
