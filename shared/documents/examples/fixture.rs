//! Saves the sample documents of this version as fixtures: `cargo run -p documents --example fixture -- v2`.
//! Existing fixtures are read forever and never touched.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../tests/all/sample.rs"]
mod sample;
#[path = "../tests/all/view.rs"]
mod view;

use std::{env, fs, path::Path};

fn main() {
    let version = env::args().nth(1).expect("a version such as v2");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for (kind, doc) in sample::all() {
        let path = folder.join(format!("{version}-{kind}.automerge"));
        assert!(!path.exists(), "{} is frozen", path.display());
        fs::write(&path, doc.save()).unwrap();
        let (read, problems) = view::view(kind, &doc);
        assert!(problems.is_empty());
        fs::write(path.with_extension("json"), serde_json::to_string_pretty(&read).unwrap() + "\n").unwrap();
    }
}
