//! How fast points are weighed, explained and simulated.

use crate::shell;
use anyhow::Result;

/// Runs the measurement of the domain crate, as released; fails where it misses what is wanted.
pub fn run() -> Result<()> {
    shell::cargo(&["run", "--quiet", "--release", "-p", "domain", "--example", "points"])
}
