//! `cargo xtask test`: everything that can fail, in the order in which it fails soonest.

mod tally;

use crate::{demo, paths, service, shell, tools};
use anyhow::{Result, ensure};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
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
    // Asked now: the tests put a new program in its place.
    let program = std::env::current_exe()?;
    let sites =
        thread::spawn(move || (aside(&program, &["build"]), aside(&program, &["build", "--earlier"])));
    tally.check("lints", || {
        shell::cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])
    });
    tally.count("unit and law tests", &root, &cargo, &["test", "--workspace", "--no-fail-fast"]);
    if shell::has("cargo-deny") {
        tally.check("licences and advisories", || shell::cargo(&["deny", "--log-level", "error", "check"]));
    } else {
        println!("-- cargo-deny is not installed: licences and advisories were not checked");
    }
    let (site, earlier) = sites.join().unwrap_or_default();
    let site = tally.check("site within its budget", || site.shown());
    // Journeys that lack it say so; the others are none the worse.
    tally.check("site of an earlier commit", || earlier.shown());
    let server = tally.check("server", || shell::cargo(&["build", "--workspace", "--bin", "server"]));
    service::use_the_tested();
    if server {
        foreign_client(&mut tally, &paths::e2e().join("protocol"));
    }
    if site && server {
        journeys(&mut tally);
    }
    tally.finish(started)
}

/// What a command said and whether it went well.
#[derive(Default)]
struct Said {
    text: String,
    well: bool,
}

impl Said {
    fn shown(&self) -> Result<()> {
        println!("{}", self.text.trim_end());
        ensure!(self.well, "it did not go well");
        Ok(())
    }
}

/// Carries out another command of this program beside the stages. What is compiled for the browser lies apart from what is
/// compiled for this machine, and for a third of its time it keeps only one core busy.
fn aside(program: &Path, args: &[&str]) -> Said {
    let started = Instant::now();
    match Command::new(program).args(args).stdin(Stdio::null()).output() {
        Ok(output) => {
            let (said, erred) =
                (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            let took = started.elapsed().as_secs();
            Said {
                text: format!("{erred}{said}beside the stages before, in {took} s"),
                well: output.status.success(),
            }
        }
        Err(error) => Said { text: error.to_string(), well: false },
    }
}

/// An independent automerge-repo client against the server.
fn foreign_client(tally: &mut Tally, dir: &Path) {
    if tally.check("packages of the foreign client", || tools::npm(dir)) {
        let server = service::binary();
        let environment = [("XIANGYI_SERVER", &*server.to_string_lossy())];
        tally.count_with("foreign client", dir, "npm", &["test", "--silent"], &environment);
    }
}

/// The journeys in a real browser, on a county made for them.
fn journeys(tally: &mut Tally) {
    let dir = paths::e2e();
    let ready = tally.check("packages of the journeys", || tools::npm(&dir));
    let mut browser = String::new();
    let found = tally.check("browser", || tools::browser().map(|path| browser = path));
    let county = paths::target().join("journey");
    let seeded = tally.check("demo county", || {
        tokio::runtime::Runtime::new()?.block_on(demo::prepare(&county, demo::RESIDENTS))
    });
    if ready && found && seeded {
        let (county, target) = (county.to_string_lossy(), paths::target());
        let (target, server) = (target.to_string_lossy(), service::binary());
        let environment = [
            ("CHROMIUM", browser.as_str()),
            ("XIANGYI_COUNTY", &county),
            ("XIANGYI_TARGET", &target),
            ("XIANGYI_SERVER", &server.to_string_lossy()),
        ];
        tally.count_with("journeys", &dir, "npm", &["test", "--silent"], &environment);
    }
}
