//! Where things are in the work tree.

use std::path::{Path, PathBuf};

/// Returns the root of the work tree.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Returns cargo's target directory, which `CARGO_TARGET_DIR` may move.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Returns the directory that holds the built site.
pub fn site() -> PathBuf {
    target().join("site")
}

/// Returns the directory of the browser journeys.
pub fn e2e() -> PathBuf {
    root().join("e2e")
}
