//! Installs what a clean machine lacks, or says what to install.

use crate::{paths, shell};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

const WASM: &str = "wasm32-unknown-unknown";
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Makes sure that the compiler can build for the browser.
pub fn wasm_target() -> Result<()> {
    rust_part(WASM, &["target", "add", WASM])
}

/// Makes sure that the standard library's source is there, which the release site is built with.
pub fn rust_source() -> Result<()> {
    rust_part("src/rust/library", &["component", "add", "rust-src"])
}

fn rust_part(place: &str, add: &[&str]) -> Result<()> {
    let sysroot = shell::read("rustc", &["--print", "sysroot"]).unwrap_or_default();
    if Path::new(&sysroot).join("lib/rustlib").join(place).is_dir() {
        return Ok(());
    }
    let line = add.join(" ");
    if !shell::has("rustup") {
        bail!("a part of Rust is missing: install rustup (https://rustup.rs) for `rustup {line}`");
    }
    shell::run(&paths::root(), "rustup", add)
}

/// Makes sure that the packages of a directory's `package-lock.json` are installed as locked.
pub fn npm(dir: &Path) -> Result<()> {
    let lock = dir.join("package-lock.json");
    let stamp = dir.join("node_modules/.locked");
    let wanted = std::fs::read(&lock)?;
    if std::fs::read(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    if !shell::has("npm") {
        bail!("npm is missing: install Node.js 20 or newer");
    }
    println!("installing npm packages in {}", dir.display());
    shell::run(dir, "npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"])?;
    std::fs::write(stamp, wanted)?;
    Ok(())
}

/// Returns the path of `wasm-opt`, installed from npm when missing.
pub fn wasm_opt() -> Result<PathBuf> {
    let dir = paths::root().join("xtask/tools");
    npm(&dir)?;
    Ok(dir.join("node_modules/.bin/wasm-opt"))
}

/// Returns the browser to test in; as root on Debian it is installed when missing, with Chinese fonts.
pub fn browser() -> Result<String> {
    if let Ok(path) = std::env::var("CHROMIUM") {
        return Ok(path);
    }
    if find_browser().is_none() || !has_chinese_font() {
        install_browser()?;
    }
    match find_browser() {
        Some(path) => Ok(path),
        None => bail!("no Chromium found: install it, or name it in the CHROMIUM variable"),
    }
}

/// Makes sure that a program is there; as root on Debian its package is installed when missing.
pub fn debian(program: &str, package: &str) -> Result<()> {
    if shell::read("which", &[program]).is_some() {
        return Ok(());
    }
    if shell::read("id", &["-u"]).as_deref() != Some("0") || !shell::has("apt-get") {
        bail!("{program} is missing. On Debian: sudo apt-get install {package}");
    }
    println!("installing {package}");
    shell::run(&paths::root(), "apt-get", &["update", "-qq"])?;
    shell::run(&paths::root(), "apt-get", &["install", "-y", "-qq", "--no-install-recommends", package])
}

fn find_browser() -> Option<String> {
    BROWSERS.iter().find_map(|name| shell::read("which", &[name]))
}

fn has_chinese_font() -> bool {
    shell::read("fc-list", &[":lang=zh-cn", "family"]).is_some_and(|families| !families.is_empty())
}

fn install_browser() -> Result<()> {
    let packages = ["chromium", "fonts-noto-cjk", "fontconfig"];
    let root = shell::read("id", &["-u"]).as_deref() == Some("0");
    if !root || !shell::has("apt-get") {
        if find_browser().is_some() {
            println!("note: no Chinese font found; screenshots will show boxes (Debian: fonts-noto-cjk)");
            return Ok(());
        }
        bail!("Chromium is missing. On Debian: sudo apt-get install {}", packages.join(" "));
    }
    println!("installing {}", packages.join(", "));
    shell::run(&paths::root(), "apt-get", &["update", "-qq"])?;
    let mut args = vec!["install", "-y", "-qq", "--no-install-recommends"];
    args.extend(packages);
    shell::run(&paths::root(), "apt-get", &args)
}
