//! The two servers as processes, each on a fresh directory.

use super::accounts::Accounts;
use crate::client::Account;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// How long a server may take to start or to end.
const PATIENCE: Duration = Duration::from_secs(60);
/// A server that used a twenty-fifth of this is at rest.
const QUIET: Duration = Duration::from_secs(1);

/// What can be started.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Our server: its program, and accounts to sign in as.
    Ours(PathBuf, Accounts),
    /// automerge-repo's server: the folder of its script.
    Theirs(PathBuf),
}

/// A running server.
pub struct Server {
    child: Child,
    /// Where clients come in.
    pub door: Door,
}

/// Where a server answers, and whom it lets in.
#[derive(Debug, Clone)]
pub struct Door {
    /// As `http://ADDR`.
    pub url: String,
    accounts: Arc<[Account]>,
}

impl Kind {
    /// Tells whether this is our server.
    pub fn is_ours(&self) -> bool {
        matches!(self, Self::Ours(..))
    }

    /// Starts on a fresh folder that knows the accounts and nothing else.
    pub async fn fresh(&self, dir: &Path) -> Result<Server> {
        if dir.exists() {
            fs::remove_dir_all(dir)?;
        }
        fs::create_dir_all(dir)?;
        if let Self::Ours(_, accounts) = self {
            accounts.copy_to(dir)?;
        }
        self.start(dir).await
    }

    /// Starts on a folder as it is.
    pub async fn start(&self, dir: &Path) -> Result<Server> {
        match self {
            Self::Ours(program, accounts) => start_ours(program, dir, accounts.signed_in().to_vec()).await,
            Self::Theirs(peer) => {
                let mut command = Command::new("node");
                command.arg(peer.join("server.mjs")).arg(dir);
                start(command, Vec::new()).await
            }
        }
    }
}

/// Starts our server on a folder.
pub async fn start_ours(program: &Path, dir: &Path, accounts: Vec<Account>) -> Result<Server> {
    let mut command = Command::new(program);
    command.args(["serve", "--listen", "127.0.0.1:0", "--login-limit", "off"]);
    command.args(["--database", &database(dir)]).env("RUST_LOG", "error");
    start(command, accounts).await
}

/// Returns the URL of the database in a folder.
pub fn database(dir: &Path) -> String {
    format!("sqlite:{}", dir.join("data.db").display())
}

async fn start(mut command: Command, accounts: Vec<Account>) -> Result<Server> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("could not start a server")?;
    let mut lines = BufReader::new(child.stdout.take().context("the server has no output")?).lines();
    let url = async {
        while let Some(line) = lines.next_line().await? {
            if let Some(url) = line.strip_prefix("listening ") {
                return Ok(url.trim().to_owned());
            }
        }
        bail!("the server ended before it listened")
    };
    let url = tokio::time::timeout(PATIENCE, url).await.context("the server did not listen in time")??;
    let accounts = accounts.iter().map(|account| account.at(&url)).collect();
    Ok(Server { child, door: Door { url, accounts } })
}

impl Door {
    /// Returns account `n` of ours; automerge-repo's server has none.
    pub fn account(&self, n: usize) -> Result<Option<&Account>> {
        if self.accounts.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.accounts.get(n).context("not so many accounts")?))
    }

    /// Returns a figure of our server's `/metrics`.
    pub async fn metric(&self, name: &str) -> Result<f64> {
        let host = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).await?;
        let request = format!("GET /metrics HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        let value = answer.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        Ok(value.with_context(|| format!("no {name} in /metrics"))?.trim().parse()?)
    }
}

impl Server {
    /// Returns the resident memory in megabytes of 1,000,000 bytes: of ours as `/metrics` says, else as the kernel does.
    pub async fn memory(&self) -> Result<f64> {
        if self.door.accounts.is_empty() {
            return self.resident();
        }
        Ok(self.door.metric("process_resident_memory_bytes").await? / 1e6)
    }

    fn resident(&self) -> Result<f64> {
        let status = self.proc("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()).context("no VmRSS")?;
        Ok(kilobytes.parse::<f64>()? * 1024.0 / 1e6)
    }

    /// Waits until the server has next to nothing left to do.
    pub async fn quiet(&self) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        loop {
            let before = self.busy()?;
            tokio::time::sleep(QUIET).await;
            if self.busy()? - before <= QUIET / 25 {
                return Ok(());
            }
            ensure!(Instant::now() < end, "the server did not come to rest");
        }
    }

    /// Returns the processor time used so far.
    pub fn busy(&self) -> Result<Duration> {
        processor_time(&self.proc("stat")?)
    }

    fn proc(&self, file: &str) -> Result<String> {
        let id = self.child.id().context("the server has ended")?;
        fs::read_to_string(format!("/proc/{id}/{file}")).context("this bench needs Linux's /proc")
    }

    /// Asks the server to end and waits until it has.
    pub async fn stop(mut self) -> Result<()> {
        if let Some(id) = self.child.id() {
            Command::new("kill").args(["-TERM", &id.to_string()]).status().await?;
        }
        if tokio::time::timeout(PATIENCE, self.child.wait()).await.is_err() {
            self.child.kill().await?;
        }
        Ok(())
    }
}

/// Reads user and system time from a `/proc/PID/stat`, in the kernel's fixed 100 ticks a second.
pub fn processor_time(stat: &str) -> Result<Duration> {
    let (_, fields) = stat.rsplit_once(')').context("no process state")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.collect::<Result<Vec<_>, _>>()?.iter().sum();
    Ok(Duration::from_millis(ticks * 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_user_and_system_whatever_the_name() {
        let stat = "42 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 5 0";
        assert_eq!(processor_time(stat).unwrap(), Duration::from_secs(3));
        assert!(processor_time("nothing").is_err());
    }
}
