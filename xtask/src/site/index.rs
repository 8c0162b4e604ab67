//! `index.html`: a shell that paints before the app has arrived, and the links to the rest.

use super::assets::Assets;
use super::beside::Added;
use super::wasm::Entry;
use anyhow::{Result, ensure};
use std::path::Path;

const TEMPLATE: &str = "app/index.html";
const PLACE: &str = "<!-- assets -->";

/// Writes `index.html` from its template.
pub fn add(root: &Path, assets: &mut Assets, style: &str, entry: &Entry, workers: &[Added]) -> Result<()> {
    let template = std::fs::read_to_string(root.join(TEMPLATE))?;
    ensure!(template.contains(PLACE), "{TEMPLATE} lacks the line {PLACE}");
    // The strict content security policy allows no inline script, so the few lines that start the app are
    // a module of their own. `crossorigin` makes the preload match the fetch that follows it.
    let modules: String = entry
        .scripts
        .iter()
        .map(|script| format!("<link rel=\"modulepreload\" href=\"/{script}\">\n    "))
        .collect();
    // Where the app finds the workers of its own version (`app/src/worker.rs`).
    let workers: String = workers
        .iter()
        .map(|Added { name, script, .. }| format!("<meta name=\"{name}\" content=\"/{script}\">\n    "))
        .collect();
    let links = format!(
        "{workers}<link rel=\"stylesheet\" href=\"/{style}\">\n    \
         {modules}\
         <link rel=\"preload\" href=\"/{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n    \
         <script type=\"module\" src=\"/{boot}\"></script>",
        wasm = entry.wasm,
        boot = entry.boot,
    );
    assets.add("index.html", template.replace(PLACE, &links).as_bytes())
}
