//! Accounts of our server, made and signed in once and copied into every fresh folder.

use super::server::{database, start_ours};
use crate::client::{Account, sign_in};
use anyhow::{Context, Result, bail};
use futures::{StreamExt, TryStreamExt, stream};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

const PASSWORD: &str = "xiangyi-demo";
/// Processes and sign-ins at once; each keeps a core busy.
const AT_ONCE: usize = 2;

/// A database with accounts, each in a team of its own, and their sessions.
#[derive(Debug, Clone)]
pub struct Accounts {
    dir: PathBuf,
    signed_in: Vec<Account>,
}

impl Accounts {
    /// Makes and signs in `count` accounts on a database in `dir`.
    pub async fn make(program: &Path, dir: &Path, count: usize) -> Result<Self> {
        if dir.exists() {
            fs::remove_dir_all(dir)?;
        }
        fs::create_dir_all(dir)?;
        // The first one makes the tables, before others come.
        add(program, dir, 0).await?;
        stream::iter(1..count)
            .map(|n| add(program, dir, n))
            .buffer_unordered(AT_ONCE)
            .try_collect::<()>()
            .await?;
        let server = start_ours(program, dir, Vec::new()).await?;
        let url = &server.door.url;
        let signing_in = (0..count).map(|n| async move { sign_in(url, &name(n), PASSWORD).await });
        let signed_in = stream::iter(signing_in).buffered(AT_ONCE).try_collect().await?;
        server.stop().await?;
        Ok(Self { dir: dir.to_owned(), signed_in })
    }

    /// Returns the accounts; their address is no longer answered.
    pub fn signed_in(&self) -> &[Account] {
        &self.signed_in
    }

    /// Copies the database into a folder.
    pub fn copy_to(&self, dir: &Path) -> Result<()> {
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            fs::copy(entry.path(), dir.join(entry.file_name()))?;
        }
        Ok(())
    }
}

fn name(n: usize) -> String {
    format!("nurse{n}")
}

async fn add(program: &Path, dir: &Path, n: usize) -> Result<()> {
    let place = ["--role", "nurse", "--institution", "h", "--team", &format!("t{n}")];
    let mut child = Command::new(program)
        .args(["account", "add", &name(n)])
        .args(place)
        .args(["--database", &database(dir)])
        .env("RUST_LOG", "error")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .context("could not start the server")?;
    let mut input = child.stdin.take().context("the command has no input")?;
    input.write_all(format!("{PASSWORD}\n").as_bytes()).await?;
    drop(input);
    let status = child.wait().await?;
    if !status.success() {
        bail!("`account add` ended with {status}");
    }
    Ok(())
}
