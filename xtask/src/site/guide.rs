//! Decision support beside the app: its worker, and the knowledge it opens, which is renewed without the app.

use super::Finish;
use super::assets::{Assets, hash};
use super::wasm::{self, Module};
use crate::knowledge;
use anyhow::{Context, Result, ensure};
use medicines::Medicines;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

const CRATE: &str = "app/worker";
const PLACE: &str = "@WASM@";

/// What the release of the worker is compiled with besides what the app is: nothing is cut.
const MODULE: Module =
    Module { package: "guide-worker", file: "guide_worker.wasm", name: "guide", cut: false };

/// Says which knowledge is published; without a hash in its name, so that it is always asked for anew.
const MANIFEST: &str = "knowledge.json";

/// The names under which the worker was written.
pub struct Worker {
    /// The script that a page starts.
    pub script: String,
    /// What the script opens, which is kept after the shell.
    pub wasm: String,
}

/// Compiles the worker of a work tree and binds it to JavaScript; nothing where the tree has none.
pub fn build(root: &Path, finish: Finish) -> Result<Option<PathBuf>> {
    if !root.join(CRATE).is_dir() {
        return Ok(None);
    }
    wasm::build(root, &MODULE, finish).map(Some)
}

/// Adds the worker to the site, in a directory named by its content.
pub fn add(root: &Path, out: &Path, assets: &mut Assets) -> Result<Worker> {
    let glue = fs::read(out.join("guide.js"))?;
    let code = fs::read(out.join("guide_bg.wasm"))?;
    let script = fs::read_to_string(root.join(CRATE).join("worker.js")).context("worker.js")?;
    ensure!(script.contains(PLACE), "worker.js lacks the place {PLACE}");
    let script = script.replace(PLACE, &version(&code));
    let folder = format!("guide-{}", hash(&[&*glue, &code, script.as_bytes()].concat()));
    let worker = Worker { script: format!("{folder}/worker.js"), wasm: format!("{folder}/guide_bg.wasm") };
    assets.add(&worker.script, script.as_bytes())?;
    assets.add(&format!("{folder}/guide.js"), &glue)?;
    assets.add(&worker.wasm, &code)?;
    Ok(worker)
}

/// Adds what the worker opens and the manifest that names it; returns the names of the two files.
pub fn add_knowledge(root: &Path, assets: &mut Assets) -> Result<[String; 2]> {
    let packed = knowledge::packed(root)?;
    let text = Medicines::pack().as_bytes();
    let mut written = |name: &str, content: &[u8], data: &str| -> Result<(String, serde_json::Value)> {
        let file = assets.add_hashed(name, content)?;
        let date = knowledge::changed(root, data);
        let entry = json!({ "file": format!("/{file}"), "version": version(content), "date": date });
        Ok((file, entry))
    };
    let (knowledge, first) = written("knowledge.bin", &packed, "shared/decision/data")?;
    let (medicines, second) = written("medicines.json", text, "shared/medicines/data")?;
    let manifest = json!({ "knowledge": first, "medicines": second });
    assets.add(MANIFEST, manifest.to_string().as_bytes())?;
    Ok([knowledge, medicines])
}

fn version(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}
