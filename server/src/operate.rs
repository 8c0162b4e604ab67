//! Commands for whoever runs the server.

use anyhow::{Result, bail};
use clap::Subcommand;
use server::store::audit::Anchor;
use server::store::{self, Store};
use std::sync::Arc;

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Read the whole chain and say whether anything was altered, removed, moved or cut off
    Verify {
        /// NUMBER:HASH as once printed by `audit head`, a backup, or the log; may be repeated
        #[arg(long)]
        anchor: Vec<Anchor>,
    },
    /// Print the number and hash of the last entry, to be kept elsewhere
    Head,
}

pub(crate) async fn audit(database: &str, command: AuditCommand) -> Result<()> {
    let store: Arc<dyn Store> = store::open(database, Arc::new(|_| {})).await?;
    match command {
        AuditCommand::Verify { anchor } => match store.verify_audit(anchor).await? {
            Ok(head) => println!("whole, up to {head}"),
            Err(broken) => bail!("the audit is broken: {broken}"),
        },
        AuditCommand::Head => println!("{}", store.audit_head().await?),
    }
    Ok(())
}
