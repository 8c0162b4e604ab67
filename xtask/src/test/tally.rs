//! Counts what passed and what failed over stages of different kinds.

use anyhow::{Result, bail};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// What passed and failed so far.
#[derive(Default)]
pub struct Tally {
    passed: u64,
    failed: u64,
    broken: Vec<String>,
}

impl Tally {
    /// Runs a stage that either holds or does not, and tells which.
    pub fn check(&mut self, name: &str, stage: impl FnOnce() -> Result<()>) -> bool {
        let started = announce(name);
        let outcome = stage();
        if let Err(error) = &outcome {
            println!("{error:#}");
        }
        self.close(name, started, u64::from(outcome.is_ok()), u64::from(outcome.is_err()));
        outcome.is_ok()
    }

    /// Runs a program that counts its own tests, and adds its counts.
    pub fn count(&mut self, name: &str, dir: &Path, program: &str, args: &[&str]) {
        self.count_with(name, dir, program, args, &[]);
    }

    /// As [`Tally::count`], with more environment variables.
    pub fn count_with(&mut self, name: &str, dir: &Path, program: &str, args: &[&str], env: &[(&str, &str)]) {
        let started = announce(name);
        let (passed, mut failed) = (|| -> Result<(u64, u64)> {
            let mut child = Command::new(program)
                .args(args)
                .envs(env.iter().copied())
                .current_dir(dir)
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .spawn()?;
            let (mut passed, mut failed) = (0, 0);
            for line in child.stdout.take().into_iter().flat_map(|output| BufReader::new(output).lines()) {
                let line = line?;
                println!("{line}");
                let (more_passed, more_failed) = counts(&line);
                passed += more_passed;
                failed += more_failed;
            }
            if !child.wait()?.success() && failed == 0 {
                failed = 1;
            }
            Ok((passed, failed))
        })()
        .unwrap_or((0, 1));
        if passed + failed == 0 {
            println!("{name}: nothing was tested");
            failed = 1;
        }
        self.close(name, started, passed, failed);
    }

    /// Prints the totals alone on the last line; any failure makes the whole fail.
    pub fn finish(self, started: Instant) -> Result<()> {
        println!("\nin {} s", started.elapsed().as_secs());
        for name in &self.broken {
            println!("failed: {name}");
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 {
            std::process::exit(1);
        }
        if self.passed == 0 {
            bail!("nothing was tested");
        }
        Ok(())
    }

    fn close(&mut self, name: &str, started: Instant, passed: u64, failed: u64) {
        self.passed += passed;
        self.failed += failed;
        if failed > 0 {
            self.broken.push(name.to_owned());
        }
        println!("-- {name}: {passed} passed, {failed} failed, {:.1} s", started.elapsed().as_secs_f32());
    }
}

fn announce(name: &str) -> Instant {
    println!("\n-- {name}");
    Instant::now()
}

/// Reads the counts in a line of `cargo test`, or one test in a line of TAP.
fn counts(line: &str) -> (u64, u64) {
    if let Some((_, rest)) = line.split_once("test result: ") {
        return (number_before(rest, " passed"), number_before(rest, " failed"));
    }
    // TAP counts at the outermost level only: `node --test` indents the tests inside.
    if line.starts_with("ok ") {
        return (1, 0);
    }
    if line.starts_with("not ok ") {
        return (0, 1);
    }
    (0, 0)
}

fn number_before(text: &str, word: &str) -> u64 {
    let before = text.split(word).next().unwrap_or_default();
    before
        .rsplit(|letter: char| !letter.is_ascii_digit())
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_and_tap_lines_are_counted() {
        assert_eq!(counts("test result: ok. 12 passed; 3 failed; 0 ignored; 0 measured"), (12, 3));
        assert_eq!(counts("ok 1 - a sentence"), (1, 0));
        assert_eq!(counts("not ok 2 - a sentence"), (0, 1));
        assert_eq!(counts("    ok 1 - a part"), (0, 0));
        assert_eq!(counts("listening http://127.0.0.1:1"), (0, 0));
    }
}
