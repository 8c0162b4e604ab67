//! `server grant`: gives, lists and revokes grants on the command line.

use crate::cli::GrantCommand;
use anyhow::{Context, Result, bail};
use server::store::{Grant, Store, StoreError, Which};
use server::time::{Time, steady};

/// Carries out a command; a running server follows within a second.
pub(crate) async fn grant(store: &dyn Store, command: GrantCommand) -> Result<()> {
    let mark = store.raise_time(0).await?;
    let now = Time::new(server::app::Clock::default(), steady(), mark).now();
    store.end_expired(now).await?;
    match command {
        GrantCommand::Add { reader, document, purpose, minutes } => {
            let row = store.row(document).await?.context("there is no such document")?;
            if store.account(&reader).await?.is_none() {
                bail!("there is no such account");
            }
            let grant = Grant {
                id: Grant::fresh_id(),
                reader,
                subject: row.about.subject,
                purpose,
                given_by: String::new(),
                given: now,
                expires: now.saturating_add(i64::from(minutes) * 60_000),
                ended: None,
                emergency: None,
                documents: vec![document],
            };
            println!("{}", grant.id);
            store.give(grant).await?;
        }
        GrantCommand::List => {
            for grant in store.grants(Which::All, false).await? {
                let documents: Vec<String> = grant.documents.iter().map(ToString::to_string).collect();
                let state = match grant.ended {
                    Some(_) => "ended".to_owned(),
                    None => format!("{} minutes left", (grant.expires - now).max(0).div_euclid(60_000)),
                };
                let documents = documents.join(",");
                println!("{}\t{}\t{documents}\t{state}\t{}", grant.id, grant.reader, grant.purpose);
            }
        }
        GrantCommand::Revoke { grant } => match store.end_grant(&grant, "", now).await {
            Err(StoreError::Missing) => bail!("there is no such grant, or it has ended"),
            done => done?,
        },
    }
    Ok(())
}
