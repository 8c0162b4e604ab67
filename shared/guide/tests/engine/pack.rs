//! The knowledge as it is shipped, and the texts of its cases.

use decision::knowledge::{pack, read};
use std::fs;
use std::path::{Path, PathBuf};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../decision/data")
}

/// Packs the knowledge as `cargo xtask knowledge pack` does.
pub fn knowledge() -> Vec<u8> {
    let mut files = Vec::new();
    collect(&data(), &mut files);
    files.sort();
    let read = read(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    pack(&read.expect("knowledge that can be read")).expect("knowledge that can be packed")
}

fn collect(dir: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.strip_prefix(data()).expect("a path below").to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).expect("a text")));
        }
    }
}

/// Returns the complaints of a file of cases.
pub fn texts(file: &str) -> Vec<String> {
    let lines = fs::read_to_string(data().join("cases").join(file)).expect("cases");
    let text = |line: &str| -> serde_json::Value { serde_json::from_str(line).expect("a case") };
    lines
        .lines()
        .map(|line| text(line).get("text").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned())
        .collect()
}
