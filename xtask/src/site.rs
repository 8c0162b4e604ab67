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

/// What must arrive before anybody can sign in, in bytes after brotli.
const FIRST_LIMIT: u64 = 500_000;

/// What the app may weigh with every part.
const WASM_LIMIT: u64 = 870_000;

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
    let (first, all) = compress::report(&site, assets.names(), &entry.wasm, &entry.parts)?;
    for (what, weight, limit) in
        [("the first part of the app", first, FIRST_LIMIT), ("the app", all, WASM_LIMIT)]
    {
        if !dev && weight > limit {
            bail!("{what} weighs {weight} bytes after brotli, more than {limit}");
        }
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
