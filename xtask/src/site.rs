//! The site: the app as WebAssembly and everything a browser needs to start and keep it.
//!
//! Every file but `index.html`, `sw.js` and the plain copies of `public/` carries a hash of its content in
//! its name, so a server may let browsers keep it for ever.

mod arrange;
mod assets;
mod beside;
mod compress;
mod index;
mod published;
mod styles;
mod wasm;
mod worker;

use crate::{paths, tools};
use anyhow::{Context, Result, ensure};
use assets::Assets;
use std::fs;
use std::path::{Path, PathBuf};

/// What must arrive before anybody can sign in, in bytes after brotli.
const FIRST_LIMIT: u64 = 155_000;

/// What the app may weigh with every part.
const WASM_LIMIT: u64 = 1_360_000;

/// What decision support knows may weigh, with the medicines.
const KNOWLEDGE_LIMIT: u64 = 355_000;

/// Who opens which of the parts that not everybody opens (`app/src/shell.rs`), and what a new device of theirs may download in
/// all, with decision support and what it knows. It should be 1,500,000 (docs/adr/0007).
const ROLES: [(&str, &[&str], u64); 3] = [
    ("a doctor", &["staff"], 1_815_000),
    ("a manager", &["office", "staff"], 1_955_000),
    ("a resident", &["resident"], 1_530_000),
];

/// How much work a site is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// Compiled only.
    Quick,
    /// Optimised by the compiler and cut into parts, as people get it, but neither squeezed nor compressed.
    Plain,
    /// As people get it, within its budget.
    Release,
}

/// A site to build.
pub struct Order {
    /// The root of the work tree it is built from.
    pub root: PathBuf,
    /// The directory it goes to.
    pub site: PathBuf,
    /// How.
    pub finish: Finish,
}

/// Builds the site of this work tree into `target/site`. With `dev` it is quick: neither optimised nor compressed.
pub fn build(dev: bool) -> Result<()> {
    let finish = if dev { Finish::Quick } else { Finish::Release };
    make(&Order { root: paths::root(), site: paths::site(), finish })
}

/// Builds a site.
pub fn make(order: &Order) -> Result<()> {
    tools::wasm_target()?;
    let app = wasm::build(&order.root, &wasm::APP, order.finish)?;
    let beside = beside::build(&order.root, order.finish)?;

    // Built aside and swapped in, so that a server never sees half a site.
    let fresh = order.site.with_extension("new");
    remove(&fresh)?;
    fs::create_dir_all(&fresh)?;
    let mut assets = Assets::new(fresh.clone());
    let style = assets.add_hashed("style.css", styles::bundle(&order.root)?.as_bytes())?;
    let entry = wasm::add(&app, &mut assets)?;
    let workers = beside
        .iter()
        .map(|(worker, out)| beside::add(&order.root, worker, out, &mut assets))
        .collect::<Result<Vec<_>>>()?;
    assets.add_public(&order.root.join("public"))?;
    index::add(&order.root, &mut assets, &style, &entry, &workers)?;
    worker::add(&order.root, &mut assets, &entry, &workers)?;
    // After the service worker, which lists neither: knowledge is renewed without the app, and a demo puts its own
    // accounts in the place of nobody's.
    let mut knowledge = Vec::new();
    if workers.iter().any(|worker| worker.later.is_some()) {
        knowledge.extend(published::add(&order.root, &mut assets)?);
    }
    assets.add("demo.json", b"[]")?;
    let release = order.finish == Finish::Release;
    if release {
        compress::all(&fresh, assets.names())?;
    }

    let site = &order.site;
    remove(site)?;
    fs::rename(&fresh, site).with_context(|| format!("could not move the site to {}", site.display()))?;
    let weights = compress::report(site, assets.names())?;
    if !release {
        return Ok(());
    }
    keep_within(weights.sum([&entry.wasm]), FIRST_LIMIT, "the first part of the app")?;
    let all: Vec<&str> = entry.parts.keys().map(String::as_str).collect();
    keep_within(weights.sum(entry.run_by(&all)), WASM_LIMIT, "the app")?;
    keep_within(weights.sum(&knowledge), KNOWLEDGE_LIMIT, "knowledge and medicines")?;
    for (who, parts, limit) in ROLES {
        let app = entry.run_by(parts);
        let others = entry.run_by(&all).into_iter().filter(|file| !app.contains(file));
        let install = weights.sum(assets.names()) - weights.sum(others);
        println!("{:>10} {:>12}  the app of {who}", weights.sum(app), "");
        keep_within(install, limit, &format!("the first install of {who}"))?;
    }
    Ok(())
}

/// Writes into an emptied directory what a site publishes of the knowledge, compressed: copied into a site that is served,
/// the manifest last, it renews the knowledge and not the app.
pub fn pack_knowledge(dir: &Path) -> Result<()> {
    remove(dir)?;
    fs::create_dir_all(dir)?;
    let mut assets = Assets::new(dir.to_path_buf());
    let names = published::add(&paths::root(), &mut assets)?;
    compress::all(dir, assets.names())?;
    keep_within(
        compress::report(dir, assets.names())?.sum(&names),
        KNOWLEDGE_LIMIT,
        "knowledge and medicines",
    )
}

fn keep_within(weight: u64, limit: u64, what: &str) -> Result<()> {
    println!("{weight:>10} of {limit:>9}  {what}");
    ensure!(weight <= limit, "{what}: {weight} bytes in transfer, more than {limit}");
    Ok(())
}

/// Finishes the release that was built last once more, with the names of functions, and returns its WebAssembly files.
pub fn named_parts() -> Result<Vec<PathBuf>> {
    wasm::named()
}

/// Removes a directory, if it is there.
pub fn remove(dir: &Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not remove {}", dir.display()))
        }
        _ => Ok(()),
    }
}
