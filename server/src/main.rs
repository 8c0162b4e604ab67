//! The command line of the server.

mod cli;
mod grant;
mod operate;

use anyhow::{Context, Result, bail};
use clap::Parser;
use cli::{AccountCommand, Cli, Command, Serve};
use server::account::{Account, hash_password};
use server::app::Settings;
use server::serve::Server;
use server::store::{self, Quota, Store};
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> Result<()> {
    let cli = Cli::parse();
    let level = if cli.verbose { "debug" } else { "info" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_env_filter(filter).init();
    match cli.command {
        Command::Serve(serve) => run(&cli.database, serve).await,
        Command::Account(command) => account(&cli.database, command).await,
        Command::Grant(command) => {
            let store: Arc<dyn Store> = store::open(&cli.database, Arc::new(|_| {})).await?;
            grant::grant(&*store, command).await
        }
        Command::Backup(backup) => operate::backup(&cli.database, &backup).await,
        Command::Restore(backup) => operate::restore(&cli.database, &backup).await,
        Command::Erase { subject, keys } => operate::erase(&cli.database, keys, &subject).await,
        Command::Keys { keys, to } => operate::keys(&cli.database, keys, &to).await,
        Command::Recovery(command) => operate::recovery(&cli.database, command).await,
        Command::Migrate { to } => operate::migrate(&cli.database, &to).await,
        Command::Audit(command) => operate::audit(&cli.database, command).await,
    }
}

async fn run(database: &str, serve: Serve) -> Result<()> {
    let settings = Settings {
        site: serve.site,
        origins: serve.origin,
        login_limit: serve.login_limit.0,
        sockets: serve.sockets.0,
        quota: serve.quota.0.map(|mebibytes| mebibytes.saturating_mul(1 << 20)),
        proxies: serve.proxy,
        drain: Duration::from_secs(serve.drain),
        documents: serve.documents,
        keys: serve.keys,
        key: serve.key,
        blobs: serve.blobs,
        blob_quota: Quota { blob: serve.blob_limit << 20, ..Quota::default() },
        ..Settings::default()
    };
    let metrics = serve.metrics.as_deref();
    let server = Server::bind(&serve.listen, metrics, database, settings).await?;
    println!("listening http://{}", server.address()?);
    let mut terminate = signal(SignalKind::terminate())?;
    let until = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    Ok(server.run(until).await?)
}

async fn account(database: &str, command: AccountCommand) -> Result<()> {
    let store: Arc<dyn Store> = store::open(database, Arc::new(|_| {})).await?;
    match command {
        AccountCommand::Add { name, role, institution, team, resident } => {
            let password = hash_password(&password()?)?;
            let account = Account {
                name,
                role,
                institution: institution.unwrap_or_default(),
                team: team.unwrap_or_default(),
                residents: resident,
            };
            store.add_account(account, password).await?;
        }
        AccountCommand::Password { name } => {
            store.set_password(&name, hash_password(&password()?)?, None).await?;
        }
        AccountCommand::Disable { name } => store.disable_account(&name).await?,
    }
    Ok(())
}

/// Reads a password from standard input, to its first line's end.
fn password() -> Result<String> {
    let mut text = String::new();
    std::io::stdin()
        .take(4_096)
        .read_to_string(&mut text)
        .context("a password is expected on standard input")?;
    let password = text.lines().next().unwrap_or_default();
    if password.is_empty() {
        bail!("a password is expected on standard input");
    }
    Ok(password.to_owned())
}
