//! The knowledge of decision support: read from its TOML, checked, packed.

mod look;

use crate::{paths, shell, site};
use anyhow::{Context, Result, ensure};
use clap::Subcommand;
use decision::knowledge::{self, Knowledge};
use medicines::Medicines;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What can be done with the knowledge.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Refuses knowledge or medicines that do not hold together
    Check,
    /// Packs it with the medicines into target/knowledge, as a site that is served takes it without a new app
    Pack,
    /// Shows what is made of each vignette of a file: understood, urgency, causes, questions
    Look {
        /// JSON lines, as `evaluate vignettes` takes them
        file: PathBuf,
    },
}

/// Does it.
pub fn run(task: &Task) -> Result<()> {
    match task {
        Task::Check => check(&read()?),
        Task::Pack => site::pack_knowledge(&paths::target().join("knowledge")),
        Task::Look { file } => look::run(read()?, file),
    }
}

/// Reads the knowledge of this work tree.
pub fn read() -> Result<Knowledge> {
    read_in(&paths::root())
}

/// Returns the packed knowledge of a work tree.
pub fn packed(root: &Path) -> Result<Vec<u8>> {
    Ok(knowledge::pack(&read_in(root)?)?)
}

/// Returns the day of the last commit that changed a directory, as 2026-11-22; nothing outside a git clone.
pub fn changed(root: &Path, dir: &str) -> Option<String> {
    let root = root.to_string_lossy();
    shell::read("git", &["-C", &*root, "log", "-1", "--format=%cs", "--", dir]).filter(|day| !day.is_empty())
}

fn read_in(root: &Path) -> Result<Knowledge> {
    let root = root.join("shared/decision/data");
    let mut files = Vec::new();
    collect(&root, &root, &mut files)?;
    files.sort();
    Ok(knowledge::read(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))?)
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<(String, String)>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("could not read {}", dir.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

fn check(knowledge: &Knowledge) -> Result<()> {
    let problems = knowledge::check(knowledge);
    for problem in &problems {
        println!("{problem}");
    }
    println!(
        "{} sources, {} findings, {} conditions, {} red flags, {} problems",
        knowledge.sources.len(),
        knowledge.findings.len(),
        knowledge.conditions.len(),
        knowledge.red_flags.len(),
        problems.len()
    );
    let medicines = Medicines::load()?;
    let faults = medicines.faults();
    for fault in &faults {
        println!("{fault}");
    }
    println!("{} medicines, {} problems", medicines.all().len(), faults.len());
    ensure!(problems.is_empty() && faults.is_empty(), "the knowledge does not hold together");
    Ok(())
}
