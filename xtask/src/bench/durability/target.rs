//! The servers under test, as processes that can be killed.

use crate::client::{Account, sign_in};
use crate::service::{add_account_at, binary};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// The account that looks at what was kept.
const READER: &str = "reader";
const PASSWORD: &str = "xiangyi-demo";

/// A server that can be started again and again on the same directory.
pub struct Target {
    program: PathBuf,
    arguments: Vec<String>,
    /// Signed-in accounts, ours only: sessions outlive the server.
    accounts: Vec<Account>,
}

/// A running server.
pub struct Running {
    child: Child,
    /// Where it answers, as `http://ADDR`.
    pub url: String,
}

impl Target {
    /// Our release server on an empty database, with an account a writer.
    pub async fn ours(url: &str, writers: usize) -> Result<Self> {
        let mut names: Vec<String> = (0..writers).map(|n| format!("writer{n}")).collect();
        names.push(READER.to_owned());
        for name in &names {
            let place = ["--role", "nurse", "--institution", "h", "--team", "t"];
            let mut arguments = vec![name.clone()];
            arguments.extend(place.map(str::to_owned));
            add_account_at(url, &arguments, PASSWORD).await?;
        }
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--login-limit", "off", "--database", url];
        let mut target = Self {
            program: binary(),
            arguments: arguments.map(str::to_owned).to_vec(),
            accounts: Vec::new(),
        };
        let mut running = target.start().await?;
        for name in &names {
            let account = sign_in(&running.url, name, PASSWORD).await?;
            target.accounts.push(account);
        }
        running.kill().await?;
        Ok(target)
    }

    /// automerge-repo's own server.
    pub fn node(peer: &Path, dir: &Path) -> Result<Self> {
        std::fs::create_dir_all(dir)?;
        let script = peer.join("server.mjs");
        Ok(Self {
            program: "node".into(),
            arguments: [script, dir.to_owned()].map(|path| path.display().to_string()).to_vec(),
            accounts: Vec::new(),
        })
    }

    /// Tells whether this is our server.
    pub fn is_ours(&self) -> bool {
        !self.accounts.is_empty()
    }

    /// Starts it and waits until it listens.
    pub async fn start(&self) -> Result<Running> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("could not start {}", self.program.display()))?;
        let output = child.stdout.take().context("the server has no output")?;
        let mut lines = BufReader::new(output).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some(url) = line.strip_prefix("listening ") {
                let url = url.to_owned();
                return Ok(Running { child, url });
            }
        }
        bail!("the server ended before it listened")
    }

    /// Returns the account of writer `n` at a running server; the one after the last writer is the reader.
    pub fn account(&self, n: usize, running: &Running) -> Option<Account> {
        self.accounts.get(n).map(|account| account.at(&running.url))
    }

    /// Returns the account that reads.
    pub fn reader(&self, running: &Running) -> Option<Account> {
        self.accounts.last().map(|account| account.at(&running.url))
    }

    /// Returns how durable every connection of the database says it is.
    pub async fn durability(&self) -> Result<Vec<String>> {
        let mut running = self.start().await?;
        let answer = running.get("/metrics").await?;
        running.kill().await?;
        let ours =
            |line: &&str| line.starts_with("sqlite_synchronous{") || line.starts_with("postgres_synchronous");
        let lines: Vec<String> = answer.lines().filter(ours).map(str::to_owned).collect();
        let durable = |line: &String| line.contains("level=\"FULL\"") || line.contains("level=\"on\"");
        if lines.is_empty() || !lines.iter().all(durable) {
            bail!("a connection is not durable: {lines:?}");
        }
        Ok(lines)
    }
}

impl Running {
    /// Returns what it answers to a request.
    async fn get(&self, path: &str) -> Result<String> {
        let host = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).await?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }

    /// Returns a figure of its `/metrics`, 0 if it is not there.
    pub async fn metric(&self, name: &str) -> Result<f64> {
        let answer = self.get("/metrics").await?;
        let value = answer.lines().find_map(|line| line.strip_prefix(name));
        Ok(value.map_or(Ok(0.0), |value| value.trim().parse())?)
    }

    /// Waits until it can read its database.
    pub async fn until_ready(&self) -> Result<()> {
        for _ in 0..300 {
            if self.get("/readyz").await?.starts_with("HTTP/1.1 200") {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("it does not become ready")
    }

    /// Kills it with SIGKILL and waits until it is gone.
    pub async fn kill(&mut self) -> Result<()> {
        self.child.kill().await?;
        Ok(())
    }
}
