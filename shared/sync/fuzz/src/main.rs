//! The search for inputs, with libFuzzer; started by `cargo xtask bench fuzz`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: {
        // Panics that are caught where they should be are no finding; those that escape still end the run.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |input: &[u8]| fuzz::run(input)
);
