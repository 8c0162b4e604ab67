//! The site of an earlier commit, which the journeys of updates begin with.
//!
//! It is compiled from that commit's tree into this one's target directory, so that only the crates of the workspace are
//! compiled again, and kept until `e2e/earlier.toml` names another commit.

use crate::site::{self, Finish, Order};
use crate::{paths, shell};
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::fs;
use std::path::Path;

const NAME: &str = "e2e/earlier.toml";

/// Stands in the manifest before the version of every crate of the workspace.
const VERSION: &str = "[workspace.package]\nversion = \"";

#[derive(Deserialize)]
struct Earlier {
    commit: String,
}

/// Builds the site into `target/earlier/site`, unless it is there.
pub fn build() -> Result<()> {
    let commit = commit()?;
    let dir = paths::target().join("earlier");
    let (source, site, built) = (dir.join("source"), dir.join("site"), dir.join("commit"));
    if site.is_dir() && fs::read_to_string(&built).is_ok_and(|have| have == commit) {
        println!("the site of {commit} is in {}", site.display());
        return Ok(());
    }
    site::remove(&dir)?;
    fs::create_dir_all(&source)?;
    unpack(&commit, &source)?;
    set_apart(&commit, &source.join("Cargo.toml"))?;
    site::make(&Order { root: source.clone(), site, finish: Finish::Plain })?;
    site::remove(&source)?;
    fs::write(built, commit)?;
    Ok(())
}

fn commit() -> Result<String> {
    let text = fs::read_to_string(paths::root().join(NAME)).context(NAME)?;
    let commit = toml::from_str::<Earlier>(&text).context(NAME)?.commit;
    // A shorter name may mean another commit one day.
    let whole = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    ensure!(whole, "{NAME}: {commit:?} is not the whole hash of a commit");
    Ok(commit)
}

/// Puts the tree of a commit into an empty directory.
fn unpack(commit: &str, to: &Path) -> Result<()> {
    let root = paths::root();
    let (from, to) = (root.to_string_lossy(), to.to_string_lossy());
    if shell::read("git", &["-C", &*from, "rev-parse", "--git-dir"]).is_none() {
        bail!("the app of {commit} ({NAME}) is needed, and {from} is no git clone");
    }
    if shell::read("git", &["-C", &*from, "cat-file", "-e", &format!("{commit}^{{commit}}")]).is_none() {
        bail!(
            "this clone lacks the commit {commit} ({NAME}), perhaps since it is a shallow one: \
             `git fetch --unshallow`, or `git fetch --depth 1 origin {commit}`"
        );
    }
    let archive = format!("{to}.tar");
    shell::run(&root, "git", &["archive", "--output", &archive, commit])?;
    shell::run(&root, "tar", &["-xf", &archive, "-C", &*to])?;
    fs::remove_file(archive)?;
    Ok(())
}

/// Gives the crates of a workspace a version of their own. Cargo tells the crates of two trees apart by name, version
/// and place in the workspace only; of the same version, each tree would take what the other compiled for its own.
fn set_apart(commit: &str, manifest: &Path) -> Result<()> {
    let text = fs::read_to_string(manifest)?;
    let (before, after) =
        text.split_once(VERSION).with_context(|| format!("no version in {}", manifest.display()))?;
    let (version, after) = after.split_once('"').context("a version that does not end")?;
    fs::write(manifest, format!("{before}{VERSION}{version}+{commit}\"{after}"))?;
    Ok(())
}
