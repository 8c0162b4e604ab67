//! Commands for whoever runs the server.

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use server::app::Clock;
use server::policy::Policy;
use server::retention;
use server::store::archive::{self, Copied, Copying};
use server::store::audit::Anchor;
use server::store::{self, Event, Store};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Read the whole chain and say whether anything was altered, removed, moved or cut off
    Verify {
        /// NUMBER:HASH as once printed by `audit head`, a backup, or the log; may be repeated
        #[arg(long)]
        anchor: Vec<Anchor>,
        /// A file that entries were moved out to; all of them, the oldest first
        #[arg(long)]
        moved: Vec<PathBuf>,
    },
    /// Move old entries into a new file, with reads and grants that were over by then; an anchor is printed
    MoveOut {
        /// How old they have to be
        #[arg(long)]
        days: u32,
        /// The new file
        file: PathBuf,
    },
    /// Print the number and hash of the last entry, to be kept elsewhere
    Head,
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file of the backup
    file: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RecoveryCommand {
    /// Open the window; devices that connect give back what they hold, other people's changes too
    Open {
        /// For how long
        #[arg(long)]
        minutes: u32,
    },
    /// Close the window
    Close,
}

pub(crate) async fn recovery(database: &str, command: RecoveryCommand) -> Result<()> {
    let store = store::open(database, Arc::new(|_| {})).await?;
    let now = Clock::default().now();
    let minutes = match command {
        RecoveryCommand::Open { minutes } => i64::from(minutes),
        RecoveryCommand::Close => 0,
    };
    Ok(store.open_recovery(now + minutes * 60_000, now).await?)
}

pub(crate) async fn erase(database: &str, keys: Option<String>, subject: &str) -> Result<()> {
    let keys = keys.unwrap_or_else(|| store::keys::beside(database));
    let erasable = Policy::built_in()?.erasable();
    let store = store::open_with(database, &keys, erasable, Arc::new(|_| {})).await?;
    match store.erase(subject, Clock::default().now()).await? {
        0 => bail!("no document of this subject can be erased"),
        count => println!("erased {count} documents"),
    }
    Ok(())
}

pub(crate) async fn keys(database: &str, keys: Option<String>, to: &str) -> Result<()> {
    let from = store::keys::open(&keys.unwrap_or_else(|| store::keys::beside(database))).await?;
    let found = from.find(None).await?;
    println!("{} keys", found.len());
    Ok(store::keys::open(to).await?.put(found).await?)
}

fn say(what: &str, copied: Copied) {
    let Copied { documents, place, anchor } = copied;
    println!("{what}: {documents} documents, place {place}, audit {anchor}");
}

pub(crate) async fn backup(database: &str, backup: &Backup) -> Result<()> {
    let copied = archive::backup(database, &backup.file).await?;
    let store = store::open(database, Arc::new(|_| {})).await?;
    let note = format!("audit {}", copied.anchor);
    store.audit(Event { at: Clock::default().now(), act: "backup", note, ..Event::command() }).await?;
    say("backed up", copied);
    Ok(())
}

pub(crate) async fn restore(database: &str, backup: &Backup) -> Result<()> {
    let from = format!("sqlite:{}", backup.file.display());
    say("restored", archive::copy(&from, database, Copying::Restore).await?);
    Ok(())
}

pub(crate) async fn migrate(database: &str, to: &str) -> Result<()> {
    say("copied", archive::copy(database, to, Copying::Move).await?);
    Ok(())
}

pub(crate) async fn audit(database: &str, command: AuditCommand) -> Result<()> {
    let store: Arc<dyn Store> = store::open(database, Arc::new(|_| {})).await?;
    match command {
        AuditCommand::Verify { anchor, moved } => verify(&*store, anchor, &moved).await?,
        AuditCommand::MoveOut { days, file } => {
            let upto = retention::move_out(&*store, days, Clock::default().now(), &file).await?;
            println!("moved out, up to {upto}");
        }
        AuditCommand::Head => println!("{}", store.audit_head().await?),
    }
    Ok(())
}

async fn verify(store: &dyn Store, mut anchors: Vec<Anchor>, moved: &[PathBuf]) -> Result<()> {
    if !moved.is_empty() {
        let upto = retention::read_through(moved.iter().map(PathBuf::as_path), &anchors)?;
        anchors.retain(|anchor| anchor.sequence > upto.sequence);
        // The database has to go on where the files end.
        anchors.push(upto);
    }
    match store.verify_audit(anchors).await? {
        Ok(head) => println!("whole, up to {head}"),
        Err(broken) => bail!("the audit is broken: {broken}"),
    }
    Ok(())
}
