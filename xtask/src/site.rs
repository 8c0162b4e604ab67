//! The site: the app as WebAssembly and everything a browser needs to start and keep it.
//!
//! Every file but `index.html`, `sw.js` and the plain copies of `public/` carries a hash of its content in
//! its name, so a server may let browsers keep it for ever.

mod assets;
mod compress;
mod index;
mod styles;
mod wasm;
mod worker;

use crate::{paths, tools};
use anyhow::{Context, Result, bail};
use assets::Assets;
use std::fs;

/// What the app's WebAssembly is to weigh after brotli, in bytes. Not reached yet: see docs/adr/0006.
const WASM_GOAL: u64 = 500_000;

/// What it must not grow beyond; lowered with every step towards the goal.
const WASM_LIMIT: u64 = 750_000;

/// Builds the site into `target/site`. With `dev` it is quick: neither optimised nor compressed.
pub fn build(dev: bool) -> Result<()> {
    tools::wasm_target()?;
    let app = wasm::build(dev)?;

    // Built aside and swapped in, so that a server never sees half a site.
    let fresh = paths::target().join("site.new");
    remove(&fresh)?;
    fs::create_dir_all(&fresh)?;
    let mut assets = Assets::new(fresh.clone());
    let style = assets.add_hashed("style.css", styles::bundle()?.as_bytes())?;
    let entry = wasm::add(&app, &mut assets)?;
    assets.add_public(&paths::root().join("public"))?;
    index::add(&mut assets, &style, &entry)?;
    worker::add(&mut assets)?;
    if !dev {
        compress::all(&fresh, assets.names())?;
    }

    let site = paths::site();
    remove(&site)?;
    fs::rename(&fresh, &site).with_context(|| format!("could not move the site to {}", site.display()))?;
    let wasm_weight = compress::report(&site, assets.names(), &entry.wasm)?;
    if !dev && wasm_weight > WASM_GOAL {
        println!("the app weighs {wasm_weight} bytes after brotli; its goal of {WASM_GOAL} is not reached");
    }
    if !dev && wasm_weight > WASM_LIMIT {
        bail!(
            "the app weighs {wasm_weight} bytes after brotli, more than the {WASM_LIMIT} it had come down to"
        );
    }
    Ok(())
}

fn remove(dir: &std::path::Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not remove {}", dir.display()))
        }
        _ => Ok(()),
    }
}
