//! Running other programs, with errors that name them.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a program to its end in `dir`; a failure names the whole command.
pub fn run(dir: &Path, program: &str, args: &[&str]) -> Result<()> {
    finish(Command::new(program).current_dir(dir), program, args)
}

fn finish(command: &mut Command, program: &str, args: &[&str]) -> Result<()> {
    let line = format!("{program} {}", args.join(" "));
    let status = command
        .args(args)
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("could not start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// Runs cargo, the one that started this program, in the root of the work tree.
pub fn cargo(args: &[&str]) -> Result<()> {
    let cargo = cargo_path();
    run(&crate::paths::root(), &cargo, args)
}

/// Runs cargo with options that the pinned toolchain has but does not promise to keep.
pub fn unstable_cargo(args: &[&str]) -> Result<()> {
    let cargo = cargo_path();
    let mut command = Command::new(&cargo);
    finish(command.current_dir(crate::paths::root()).env("RUSTC_BOOTSTRAP", "1"), &cargo, args)
}

fn cargo_path() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".into())
}

/// Tells whether a program of this name answers `--version`.
pub fn has(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Returns what a program prints, trimmed; `None` when it fails or is not there.
pub fn read(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
