//! A run is a function of a seed and a planted fault. The tests and the bench share it.

mod device;
mod dice;
mod document;
mod pry;
mod report;
mod server;
mod store;
mod traffic;
mod verdict;
mod wire;
mod world;

pub use report::{Failure, Report};
use std::fmt;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use world::World;

/// A mistake made on purpose, to see that the simulation finds it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fault {
    #[default]
    None,
    /// The server answers before the change is on its disk.
    AcknowledgeBeforeCommit,
    /// Now and then a device puts a change on its disk and not into its outbox.
    SkippedOutboxWrite,
}

impl Fault {
    pub const PLANTED: [Self; 2] = [Self::AcknowledgeBeforeCommit, Self::SkippedOutboxWrite];
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::AcknowledgeBeforeCommit => "acknowledge-before-commit",
            Self::SkippedOutboxWrite => "skipped-outbox-write",
        })
    }
}

/// Lets the world of `seed` break, heals it and judges what is left.
pub fn run(seed: u64, fault: Fault) -> Result<Report, Box<Failure>> {
    let mut world = World::new(seed, fault);
    let wrong = match catch_unwind(AssertUnwindSafe(|| world.live())) {
        Ok(Ok(())) => return Ok(world.report),
        Ok(Err(wrong)) => wrong,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            format!("panicked: {}", text.unwrap_or_default())
        }
    };
    Err(Box::new(Failure { seed, fault, step: world.report.steps, wrong, story: world.story }))
}

/// Runs seeds on every core until the first that fails: the same one each time.
pub fn sweep(seeds: Range<u64>, fault: Fault) -> (Report, Option<Box<Failure>>) {
    let next = AtomicU64::new(seeds.start);
    // Seeds at or after this one need not be tried any more.
    let end = AtomicU64::new(seeds.end);
    let found = Mutex::new((Report::default(), None::<Box<Failure>>));
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if seed >= end.load(Ordering::SeqCst) {
                return;
            }
            let outcome = run(seed, fault);
            let mut found = found.lock().expect("no worker panics");
            match outcome {
                Ok(report) => found.0.add(&report),
                Err(failure) if found.1.as_ref().is_none_or(|first| failure.seed < first.seed) => {
                    end.fetch_min(failure.seed, Ordering::SeqCst);
                    found.1 = Some(failure);
                }
                Err(_) => {}
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    found.into_inner().expect("no worker panics")
}
