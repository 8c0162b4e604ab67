//! The server as a child process.

use crate::paths;
use anyhow::{Context, Result, bail};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};

/// A running server; it ends when this value is dropped.
pub struct Service {
    child: Child,
    output: tokio::io::Lines<BufReader<ChildStdout>>,
    /// Where it answers, as `http://ADDR`.
    pub url: String,
}

static TESTED: AtomicBool = AtomicBool::new(false);

/// Takes the server that the tests have compiled from now on: another one would cost minutes and stop at fewer mistakes.
pub fn use_the_tested() {
    TESTED.store(true, Ordering::Relaxed);
}

/// Returns the path of the server's binary, a release unless something else was said.
pub fn binary() -> PathBuf {
    paths::target().join(if TESTED.load(Ordering::Relaxed) { "debug/server" } else { "release/server" })
}

impl Service {
    /// Starts a server on a database and waits until it listens.
    pub async fn start(database: &Path, site: &Path, listen: &str, extra: &[&str]) -> Result<Self> {
        let mut child = Command::new(binary())
            .args(["serve", "--listen", listen, "--database", &url_of(database), "--site"])
            .arg(site)
            .args(extra)
            .env("RUST_LOG", log_level())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("could not start the server")?;
        let output = child.stdout.take().context("the server has no output")?;
        let mut output = BufReader::new(output).lines();
        while let Some(line) = output.next_line().await? {
            if let Some(url) = line.trim().strip_prefix("listening ") {
                return Ok(Self { child, url: url.trim().to_owned(), output });
            }
            println!("{line}");
        }
        bail!("the server ended before it listened: {}", child.wait().await?)
    }

    /// Prints what the server says until it ends.
    pub async fn follow(&mut self) -> Result<()> {
        while let Some(line) = self.output.next_line().await? {
            println!("{line}");
        }
        let status = self.child.wait().await?;
        if status.success() { Ok(()) } else { bail!("the server ended with {status}") }
    }

    /// Asks the server to end and waits until it has.
    pub async fn stop(mut self) -> Result<()> {
        if let Some(id) = self.child.id() {
            let _ = Command::new("kill").args(["-TERM", &id.to_string()]).status().await;
        }
        let end = self.child.wait();
        if tokio::time::timeout(std::time::Duration::from_secs(10), end).await.is_err() {
            self.child.kill().await?;
        }
        Ok(())
    }
}

/// Makes an account in a database file.
pub async fn add_account(database: &Path, arguments: &[String], password: &str) -> Result<()> {
    add_account_at(&url_of(database), arguments, password).await
}

/// Makes an account by the server's own command line.
pub async fn add_account_at(url: &str, arguments: &[String], password: &str) -> Result<()> {
    let mut child = Command::new(binary())
        .args(["account", "add"])
        .args(arguments)
        .args(["--database", url])
        .env("RUST_LOG", log_level())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .context("could not start the server")?;
    let mut input = child.stdin.take().context("the command has no input")?;
    input.write_all(format!("{password}\n").as_bytes()).await?;
    drop(input);
    let status = child.wait().await?;
    if !status.success() {
        bail!("`account add {}` ended with {status}", arguments.join(" "));
    }
    Ok(())
}

/// Returns the first address of this machine from `port` on that nothing listens on.
pub fn free_address(port: u16) -> Result<String> {
    (port..port.saturating_add(50))
        .map(|port| format!("127.0.0.1:{port}"))
        .find(|address| TcpListener::bind(address).is_ok())
        .context("no free port found")
}

/// Returns how much a server started here logs: warnings, unless the caller asks for more.
fn log_level() -> String {
    std::env::var("RUST_LOG").unwrap_or_else(|_| "warn".to_owned())
}

fn url_of(database: &Path) -> String {
    format!("sqlite:{}", database.display())
}
