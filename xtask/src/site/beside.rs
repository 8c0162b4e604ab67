//! Workers: small modules that run beside the app, each a crate with a script.

use super::Finish;
use super::assets::{Assets, hash};
use super::wasm::{self, Module};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Stands in a script for the SHA-256 of its module.
const PLACE: &str = "@WASM@";

/// A worker as it is written.
pub struct Worker {
    module: Module,
    dir: &'static str,
    /// Whether its module is part of the shell; otherwise the worker fetches and keeps it later.
    in_shell: bool,
}

/// Every worker: what derives a key from a PIN, and decision support.
pub const ALL: [Worker; 2] = [
    Worker {
        module: Module { package: "pin-worker", file: "pin_worker.wasm", name: "pin", cut: false },
        dir: "app/pin",
        in_shell: true,
    },
    Worker {
        module: Module { package: "guide-worker", file: "guide_worker.wasm", name: "guide", cut: false },
        dir: "app/worker",
        in_shell: false,
    },
];

/// The names under which a worker was added.
pub struct Added {
    /// What a page calls it.
    pub name: &'static str,
    /// The script that a page starts.
    pub script: String,
    /// Its module, where that comes after the shell.
    pub later: Option<String>,
}

/// Compiles the workers of a work tree and binds them to JavaScript; an earlier tree has fewer.
pub fn build(root: &Path, finish: Finish) -> Result<Vec<(&'static Worker, PathBuf)>> {
    let there = ALL.iter().filter(|worker| root.join(worker.dir).is_dir());
    there.map(|worker| Ok((worker, wasm::build(root, &worker.module, finish)?))).collect()
}

/// Adds a worker to the site, in a directory named by its content.
pub fn add(root: &Path, worker: &Worker, out: &Path, assets: &mut Assets) -> Result<Added> {
    let name = worker.module.name;
    let (glue, code) = (format!("{name}.js"), format!("{name}_bg.wasm"));
    let (glue_text, code_bytes) = (fs::read(out.join(&glue))?, fs::read(out.join(&code))?);
    let script = root.join(worker.dir).join("worker.js");
    let script =
        fs::read_to_string(&script).with_context(|| format!("could not read {}", script.display()))?;
    let script = script.replace(PLACE, &hex::encode(Sha256::digest(&code_bytes)));
    let folder = format!("{name}-{}", hash(&[&*glue_text, &code_bytes, script.as_bytes()].concat()));
    let (main, code) = (format!("{folder}/worker.js"), format!("{folder}/{code}"));
    assets.add(&main, script.as_bytes())?;
    assets.add(&format!("{folder}/{glue}"), &glue_text)?;
    assets.add(&code, &code_bytes)?;
    Ok(Added { name, script: main, later: (!worker.in_shell).then_some(code) })
}
