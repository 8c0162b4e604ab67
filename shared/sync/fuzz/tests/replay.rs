//! What was found once stays found.

use std::time::{Duration, Instant};

#[test]
fn every_kept_attack_ends_soon_and_without_a_panic() {
    let inputs = fuzz::seeds::all();
    assert!(inputs.len() > 40, "{} inputs", inputs.len());
    for input in inputs {
        let started = Instant::now();
        fuzz::run(&input);
        assert!(started.elapsed() < Duration::from_secs(2), "{:?}: {input:02x?}", started.elapsed());
    }
}

#[test]
fn no_input_at_all_is_no_attack() {
    fuzz::run(&[]);
    (0..=255).for_each(|mode| fuzz::run(&[mode]));
}
