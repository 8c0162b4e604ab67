//! The search for inputs, with libFuzzer; started by `cargo xtask bench fuzz`. Given files, it tries those;
//! with `RUST_BACKTRACE=1` it then shows every panic, those that are caught as well.

#![no_main]

use std::backtrace::Backtrace;

libfuzzer_sys::fuzz_target!(
    init: {
        // Panics that are caught where they should be are no finding; those that escape still end the run.
        let shown = std::env::var_os("RUST_BACKTRACE").is_some();
        std::panic::set_hook(Box::new(move |panic| {
            if shown {
                eprintln!("{panic}\n{}", Backtrace::capture());
            }
        }));
    },
    |input: &[u8]| fuzz::run(input)
);
