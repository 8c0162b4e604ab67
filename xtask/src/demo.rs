//! The demo county: invented people in a real kind of place, the same every time.
//!
//! It is made as any team makes its county: accounts by the server's command line, documents by signed-in
//! devices over the wire, each change by the account whose work it is.

mod dice;
mod persons;
mod places;

use crate::service::{Service, add_account};
use crate::{paths, run};
use anyhow::{Context, Result};
use places::{Account, County};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// How many residents the first team has.
pub const RESIDENTS: usize = 2_000;

/// What the sign-in page of the demo offers.
#[derive(Serialize, Deserialize)]
pub struct Accounts {
    pub password: String,
    pub accounts: Vec<Account>,
}

/// Returns the database of the demo county in `dir`.
pub fn database(dir: &Path) -> PathBuf {
    dir.join("demo.db")
}

/// Tells whether a whole county is in `dir`: its list of accounts is written last.
pub fn is_complete(dir: &Path) -> bool {
    database(dir).exists() && accounts(dir).is_ok()
}

/// Reads the accounts of the county in `dir`.
pub fn accounts(dir: &Path) -> Result<Accounts> {
    let path = dir.join("demo.json");
    let text = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// Makes a county in `dir` with a copy of the built site beside it.
pub fn make(dir: &Path, residents: usize) -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(prepare(dir, residents))
}

/// Makes a county in `dir`, which is emptied first. Needs the built site and server.
pub async fn prepare(dir: &Path, residents: usize) -> Result<()> {
    let started = std::time::Instant::now();
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => fs::create_dir_all(dir)?,
    }
    let county = places::county()?;
    let server = Service::start(&database(dir), &paths::site(), "127.0.0.1:0", &["--login-limit", "off"]).await?;
    make_accounts(&database(dir), &county).await?;
    server.stop().await?;

    let accounts = Accounts { password: county.password, accounts: county.accounts };
    fs::write(dir.join("demo.json"), serde_json::to_string_pretty(&accounts)?)?;
    run::demo_site(dir)?;
    println!("demo county of {residents} residents made in {:.1} s", started.elapsed().as_secs_f32());
    Ok(())
}

async fn make_accounts(database: &Path, county: &County) -> Result<()> {
    for account in &county.accounts {
        let mut arguments = vec![account.account.clone(), "--role".into(), account.role.clone()];
        for (option, value) in [("--institution", &account.institution), ("--team", &account.team)] {
            if let Some(value) = value {
                arguments.extend([option.into(), value.clone()]);
            }
        }
        add_account(database, &arguments, &county.password).await?;
    }
    Ok(())
}
