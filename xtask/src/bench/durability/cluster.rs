//! A PostgreSQL of the benchmark's own, which can be killed.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

/// How long it may take to come up, after a crash too.
const PATIENCE: Duration = Duration::from_secs(60);

/// A cluster in a directory, with fsync on as installed.
pub struct Cluster {
    programs: PathBuf,
    dir: PathBuf,
    running: Option<Child>,
}

impl Cluster {
    /// Makes a cluster and starts it.
    pub async fn make(dir: &Path) -> Result<Self> {
        let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
            .context("PostgreSQL is needed: Debian's package postgresql")?
            .map(|entry| Ok(entry?.path().join("bin")))
            .collect::<Result<_>>()?;
        versions.sort();
        let programs = versions.pop().context("PostgreSQL is needed: Debian's package postgresql")?;
        // Its socket has a short path, and its user may enter.
        let dir =
            std::env::temp_dir().join(format!("xiangyi-{}", dir.file_name().unwrap_or_default().display()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir)?;
        let mut cluster = Self { programs, dir, running: None };
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&cluster.dir)).await?;
        }
        let data = cluster.dir.join("data");
        run(cluster
            .command("initdb")
            .arg("-D")
            .arg(&data)
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8"]))
        .await?;
        cluster.start().await?;
        Ok(cluster)
    }

    /// Returns the URL of its database.
    pub fn url(&self) -> String {
        format!("postgres://postgres@localhost/postgres?host={}", self.dir.display())
    }

    /// PostgreSQL refuses to run as root.
    fn command(&self, program: &str) -> Command {
        let path = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir(&self.dir).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Starts it and waits until it answers; what is left of a killed one has to end first.
    pub async fn start(&mut self) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let mut server = self.command("postgres");
            server.arg("-D").arg(self.dir.join("data")).arg("-k").arg(&self.dir);
            server.args(["-c", "listen_addresses=", "-c", "max_connections=100"]);
            let mut child = server.kill_on_drop(true).spawn()?;
            while Instant::now() < until && child.try_wait()?.is_none() {
                if self.command("pg_isready").arg("-q").arg("-h").arg(&self.dir).status().await?.success() {
                    self.running = Some(child);
                    return Ok(());
                }
                sleep(Duration::from_millis(50)).await;
            }
            sleep(Duration::from_millis(200)).await;
        }
        bail!("PostgreSQL does not come up")
    }

    /// Kills it and everything it started, with SIGKILL.
    pub async fn kill(&mut self) -> Result<()> {
        let file = std::fs::read_to_string(self.dir.join("data/postmaster.pid"))?;
        let process = file.lines().next().context("a process")?.trim().to_owned();
        let children = Command::new("pgrep").args(["-P", &process]).output().await?;
        let mut processes = vec![process];
        processes.extend(String::from_utf8_lossy(&children.stdout).lines().map(str::to_owned));
        run(Command::new("kill").arg("-9").args(&processes)).await?;
        if let Some(mut child) = self.running.take() {
            child.wait().await?;
        }
        Ok(())
    }
}

async fn run(command: &mut Command) -> Result<()> {
    let status = command.status().await?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

/// Tells whether this runs as root, who may mount and may not run PostgreSQL.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0)
}
