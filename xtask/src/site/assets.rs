//! The files of the site as they are written.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// The site being written: a directory and the names put there so far, in order.
pub struct Assets {
    dir: PathBuf,
    names: Vec<String>,
}

impl Assets {
    /// Starts a site in an empty directory.
    pub fn new(dir: PathBuf) -> Self {
        Self { dir, names: Vec::new() }
    }

    /// Returns the names written so far, relative to the site.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns the content of a file written earlier.
    pub fn read(&self, name: &str) -> Result<Vec<u8>> {
        fs::read(self.dir.join(name)).with_context(|| format!("could not read {name}"))
    }

    /// Writes a file under a name that holds the hash of its content, and returns that name.
    pub fn add_hashed(&mut self, name: &str, content: &[u8]) -> Result<String> {
        let (stem, extension) = name.rsplit_once('.').context("a file of the site needs an extension")?;
        let hashed = format!("{stem}-{}.{extension}", hash(content));
        self.add(&hashed, content)?;
        Ok(hashed)
    }

    /// Writes a file under exactly this name.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let path = self.dir.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, content).with_context(|| format!("could not write {}", path.display()))?;
        self.names.push(name.to_owned());
        Ok(())
    }

    /// Copies `public/` but for the source of the service worker.
    pub fn add_public(&mut self, public: &Path) -> Result<()> {
        let mut pending = vec![public.to_path_buf()];
        let mut files = Vec::new();
        while let Some(dir) = pending.pop() {
            for entry in fs::read_dir(&dir).with_context(|| format!("could not read {}", dir.display()))? {
                let path = entry?.path();
                if path.is_dir() {
                    pending.push(path);
                } else if path.file_name().is_some_and(|name| name != "sw.js") {
                    files.push(path);
                }
            }
        }
        files.sort();
        for file in files {
            let name = file.strip_prefix(public)?.to_string_lossy().replace('\\', "/");
            self.add(&name, &fs::read(&file)?)?;
        }
        Ok(())
    }
}

/// Returns the first 16 hexadecimal digits of the SHA-256 of `content`.
pub fn hash(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content)).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_changes_with_the_content_only() {
        let dir = std::env::temp_dir().join(format!("xiangyi-assets-{}", std::process::id()));
        let mut assets = Assets::new(dir.clone());
        let first = assets.add_hashed("a.css", b"one").unwrap();
        assert_eq!(first, assets.add_hashed("a.css", b"one").unwrap());
        assert_ne!(first, assets.add_hashed("a.css", b"two").unwrap());
        assert_eq!(first.len(), "a-0123456789abcdef.css".len());
        fs::remove_dir_all(dir).unwrap();
    }
}
