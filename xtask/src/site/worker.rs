//! The service worker with the list of what it keeps.

use super::assets::{Assets, hash};
use super::beside::Added;
use super::wasm::Entry;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::path::Path;

const FILES: &str = "[\"@FILES@\"]";
const PARTS: &str = "\"@PARTS@\"";
const VERSION: &str = "\"@VERSION@\"";
const GUIDE: &str = "\"@GUIDE@\"";

/// Writes `sw.js` from `public/sw.js`; its version is a hash over every file of the site so far. The shell is all of them
/// but what decision support opens and the parts of the app that not everybody opens, which come after it.
pub fn add(root: &Path, assets: &mut Assets, entry: &Entry, workers: &[Added]) -> Result<()> {
    let source = std::fs::read_to_string(root.join("public/sw.js")).context("public/sw.js")?;
    ensure!(source.contains(FILES) && source.contains(VERSION), "public/sw.js lacks its places");
    let later = workers.iter().find_map(|worker| worker.later.as_deref());
    ensure!(source.contains(GUIDE) == later.is_some(), "public/sw.js and the workers do not fit together");
    let mut all = source.clone();
    for name in assets.names() {
        all.push_str(name);
        all.push_str(&hash(&assets.read(name)?));
    }
    // That of an earlier commit keeps all of them for everybody.
    let parts = if source.contains(PARTS) { entry.optional() } else { BTreeMap::new() };
    let path = |name: &String| format!("/{name}");
    let paths: BTreeMap<_, Vec<String>> =
        parts.iter().map(|(part, files)| (part, files.iter().map(path).collect())).collect();
    let waits =
        |name: &String| Some(name.as_str()) == later || parts.values().any(|files| files.contains(name));
    let shell: Vec<String> = assets.names().iter().filter(|name| !waits(name)).map(path).collect();
    let later = serde_json::to_string(&later.map(|name| format!("/{name}")))?;
    let files = serde_json::to_string_pretty(&shell)?;
    let paths = serde_json::to_string_pretty(&paths)?;
    let version = serde_json::to_string(&hash(all.as_bytes()))?;
    let script = source.replace(FILES, &files).replace(PARTS, &paths);
    let script = script.replace(VERSION, &version).replace(GUIDE, &later);
    assets.add("sw.js", script.as_bytes())
}
