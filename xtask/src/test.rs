//! `cargo xtask test`: everything that can fail, in the order in which it fails soonest.

mod tally;

use crate::{demo, earlier, paths, shell, site, tools};
use anyhow::Result;
use std::path::Path;
use std::time::Instant;
use tally::Tally;

/// Runs every stage, prints what each took, and ends with one line of totals.
pub fn run() -> Result<()> {
    let started = Instant::now();
    let mut tally = Tally::default();
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let root = paths::root();

    tally.check("formatting", || shell::cargo(&["fmt", "--all", "--check"]));
    tally.check("browser target", tools::wasm_target);
    tally.check("lints", || {
        shell::cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])
    });
    tally.count("unit and law tests", &root, &cargo, &["test", "--workspace", "--no-fail-fast"]);
    if shell::has("cargo-deny") {
        tally.check("licences and advisories", || shell::cargo(&["deny", "--log-level", "error", "check"]));
    } else {
        println!("-- cargo-deny is not installed: licences and advisories were not checked");
    }
    let site = tally.check("site within its budget", || site::build(false));
    let server = tally.check("server", || shell::cargo(&["build", "--release", "-p", "server"]));
    if server {
        foreign_client(&mut tally, &paths::e2e().join("protocol"));
    }
    if site && server {
        journeys(&mut tally);
    }
    tally.finish(started)
}

/// An independent automerge-repo client against the server.
fn foreign_client(tally: &mut Tally, dir: &Path) {
    if tally.check("packages of the foreign client", || tools::npm(dir)) {
        tally.count("foreign client", dir, "npm", &["test", "--silent"]);
    }
}

/// The journeys in a real browser, on a county made for them.
fn journeys(tally: &mut Tally) {
    let dir = paths::e2e();
    let ready = tally.check("packages of the journeys", || tools::npm(&dir));
    let mut browser = String::new();
    let found = tally.check("browser", || tools::browser().map(|path| browser = path));
    // Journeys that lack it say so; the others are none the worse.
    tally.check("site of an earlier commit", earlier::build);
    let county = paths::target().join("journey");
    let seeded = tally.check("demo county", || {
        tokio::runtime::Runtime::new()?.block_on(demo::prepare(&county, demo::RESIDENTS))
    });
    if ready && found && seeded {
        let (county, target) = (county.to_string_lossy(), paths::target());
        let target = target.to_string_lossy();
        let environment =
            [("CHROMIUM", browser.as_str()), ("XIANGYI_COUNTY", &county), ("XIANGYI_TARGET", &target)];
        tally.count_with("journeys", &dir, "npm", &["test", "--silent"], &environment);
    }
}
