//! The golden cases of the domain, counted by area.

use crate::{paths, shell};
use anyhow::{Context, Result, ensure};
use std::fs;

/// Runs the golden cases and prints how many each area has.
pub fn run() -> Result<()> {
    shell::cargo(&["test", "--quiet", "-p", "domain", "--test", "cases"])?;
    let dir = paths::root().join("shared/domain/data/cases");
    let mut files: Vec<_> = fs::read_dir(&dir)
        .with_context(|| format!("could not read {}", dir.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    ensure!(!files.is_empty(), "there is no golden case in {}", dir.display());
    let mut total = 0;
    for file in files {
        let table: toml::Table = fs::read_to_string(&file)?.parse()?;
        // A file holds one or more lists of cases.
        let cases: usize = table.values().filter_map(|value| value.as_array()).map(Vec::len).sum();
        println!("{cases:>5}  {}", file.file_stem().unwrap_or_default().to_string_lossy());
        total += cases;
    }
    println!("{total:>5}  golden cases hold");
    Ok(())
}
