//! `cargo xtask run`: the demo county, served.

use crate::demo::{self, Offer};
use crate::service::{Service, free_address};
use crate::{paths, shell, site};
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};
use tokio::signal::unix::{SignalKind, signal};

/// What `run` was asked for.
#[derive(clap::Args)]
pub struct Options {
    /// The port to listen on, or the next free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Quick build of the app: neither optimised nor compressed
    #[arg(long)]
    dev: bool,
    /// Throws the demo county away and makes it anew
    #[arg(long)]
    fresh: bool,
}

/// Builds everything, makes the demo county when there is none, and serves it until Ctrl-C.
pub fn run(options: &Options) -> Result<()> {
    site::build(options.dev)?;
    shell::cargo(&["build", "--release", "-p", "server"])?;
    tokio::runtime::Runtime::new()?.block_on(serve(options))
}

async fn serve(options: &Options) -> Result<()> {
    let dir = paths::target().join("demo");
    if options.fresh || !demo::is_complete(&dir) {
        demo::prepare(&dir, demo::RESIDENTS).await?;
    }
    let site = demo_site(&dir)?;
    let address = free_address(options.port)?;
    let mut server = Service::start(&demo::database(&dir), &site, &address, &[]).await?;
    announce(&server.url, &demo::accounts(&dir)?);
    open_browser(&server.url);

    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        end = server.follow() => return end,
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    server.stop().await
}

/// Copies the site and adds the list of demo accounts, which no other site has.
fn demo_site(dir: &Path) -> Result<PathBuf> {
    let copy = dir.join("site");
    let _ = fs::remove_dir_all(&copy);
    copy_tree(&paths::site(), &copy)?;
    fs::copy(dir.join("demo.json"), copy.join("demo.json"))?;
    Ok(copy)
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn announce(url: &str, offers: &[Offer]) {
    println!("\nThe demo county is served at {url}\n");
    for offer in offers {
        println!("  {:<10} {:<20} {}", offer.account, offer.role, offer.label);
    }
    if let Some(offer) = offers.first() {
        println!("\nEvery password is {}. Ctrl-C ends it.", offer.password);
    }
}

fn open_browser(url: &str) {
    let display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    if display {
        let _ = std::process::Command::new("xdg-open").arg(url).spawn();
    }
}
