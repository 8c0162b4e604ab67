//! What decision support knows, as a site publishes it: renewed without the app.

use super::assets::Assets;
use crate::knowledge;
use anyhow::Result;
use medicines::Medicines;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Says which knowledge is published; without a hash in its name, so that it is always asked for anew.
const MANIFEST: &str = "knowledge.json";

/// Adds what the worker of decision support opens and the manifest that names it; returns the names of the two files.
pub fn add(root: &Path, assets: &mut Assets) -> Result<[String; 2]> {
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
