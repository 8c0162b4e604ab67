//! A small disk that can be filled.

use super::cluster::is_root;
use anyhow::{Result, bail};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file system in memory, of a given size.
pub struct Disk {
    /// Where it is.
    pub path: PathBuf,
}

impl Disk {
    /// Mounts it; `None` unless this runs as root.
    pub fn mount(path: &Path, megabytes: u32) -> Result<Option<Self>> {
        if !is_root() {
            return Ok(None);
        }
        std::fs::create_dir_all(path)?;
        let _ = Command::new("umount").arg("-q").arg(path).status();
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(path).status()?;
        if !mounted.success() {
            bail!("a small file system cannot be mounted at {}", path.display());
        }
        Ok(Some(Self { path: path.to_owned() }))
    }

    /// Takes all the room there is.
    pub fn fill(&self) -> Result<()> {
        let mut file = File::create(self.path.join("filler"))?;
        for size in [1 << 16, 1 << 12] {
            let block = vec![0; size];
            while file.write_all(&block).is_ok() {}
        }
        Ok(())
    }

    /// Gives the room back.
    pub fn clear(&self) -> Result<()> {
        Ok(std::fs::remove_file(self.path.join("filler"))?)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.path).status();
    }
}
