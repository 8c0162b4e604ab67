//! The service worker with the list of what it keeps.

use super::assets::{Assets, hash};
use anyhow::{Context, Result, ensure};
use std::path::Path;

const FILES: &str = "[\"@FILES@\"]";
const VERSION: &str = "\"@VERSION@\"";

/// Writes `sw.js` from `public/sw.js`; its version is a hash over every file of the site.
pub fn add(root: &Path, assets: &mut Assets) -> Result<()> {
    let source = std::fs::read_to_string(root.join("public/sw.js")).context("public/sw.js")?;
    ensure!(source.contains(FILES) && source.contains(VERSION), "public/sw.js lacks its two places");
    let mut all = source.clone();
    for name in assets.names() {
        all.push_str(name);
        all.push_str(&hash(&assets.read(name)?));
    }
    let paths: Vec<String> = assets.names().iter().map(|name| format!("/{name}")).collect();
    let files = serde_json::to_string_pretty(&paths)?;
    let version = serde_json::to_string(&hash(all.as_bytes()))?;
    assets.add("sw.js", source.replace(FILES, &files).replace(VERSION, &version).as_bytes())
}
