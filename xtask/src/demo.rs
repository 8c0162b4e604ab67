//! The demo county: invented people in a real kind of place, the same every time.
//!
//! It is made as any team makes its county: accounts by the server's command line, documents by signed-in
//! devices over the wire, each change by the account whose work it is.

mod dice;
mod papers;
mod persons;
mod places;
mod points;
mod publish;
mod rewards;
mod rounds;
mod story;
mod ward;

use crate::service::{Service, add_account};
use crate::{client, paths};
use anyhow::{Context, Result, ensure};
use domain::base::{Date, Timestamp};
use places::{Account, Bound, County};
use rounds::{Round, Whole};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// How many residents the first team has.
pub const RESIDENTS: usize = 2_000;

/// What the sign-in page of the demo offers.
#[derive(Serialize, Deserialize)]
pub struct Offer {
    pub account: String,
    pub password: String,
    pub role: String,
    pub label: String,
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
pub fn accounts(dir: &Path) -> Result<Vec<Offer>> {
    let path = dir.join("demo.json");
    let text = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// Makes a county in `dir`.
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
    let whole = rounds::write_county(&county, residents, today()?)?;
    println!("documents written in {:.1} s", started.elapsed().as_secs_f32());
    make_accounts(&database(dir), &county, &whole).await?;
    let server =
        Service::start(&database(dir), &paths::site(), "127.0.0.1:0", &["--login-limit", "off"]).await?;
    for round in whole.rounds {
        send(&server.url, &county.password, round).await?;
    }
    server.stop().await?;

    let offers: Vec<Offer> =
        county.accounts.into_iter().map(|account| offer(account, &county.password)).collect();
    fs::write(dir.join("demo.json"), serde_json::to_string_pretty(&offers)?)?;
    println!("demo county of {residents} residents made in {:.1} s", started.elapsed().as_secs_f32());
    Ok(())
}

/// Sends a round as the device of its account, and waits until all of it is on the server's disk.
async fn send(url: &str, password: &str, round: Round) -> Result<()> {
    let started = std::time::Instant::now();
    let (who, count) = (round.account, round.uploads.len());
    let account = client::sign_in(url, &who, password).await?;
    let mut device = client::Device::connect(account).await?;
    device.settle().await?;
    for upload in round.uploads {
        device.put(upload.id, upload.about, upload.document).await?;
    }
    device.settle().await?;
    ensure!(device.refused.is_empty(), "the server refused {} documents of {who}", device.refused.len());
    println!("{who}: {count} documents on the server in {:.1} s", started.elapsed().as_secs_f32());
    Ok(())
}

fn offer(account: Account, password: &str) -> Offer {
    Offer {
        account: account.account,
        password: password.to_owned(),
        role: account.role,
        label: account.label,
    }
}

/// Returns the civil date in Shanghai: what is due is due against today.
fn today() -> Result<Date> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    Ok(Timestamp(i64::try_from(now.as_millis())?).date())
}

async fn make_accounts(database: &Path, county: &County, whole: &Whole) -> Result<()> {
    for account in &county.accounts {
        let mut arguments = vec![account.account.clone(), "--role".into(), account.role.clone()];
        for (option, value) in [("--institution", &account.institution), ("--team", &account.team)] {
            if let Some(value) = value {
                arguments.extend([option.into(), value.clone()]);
            }
        }
        if let Some(bound) = account.resident {
            let subject = if bound == Bound::Tour { &whole.tour } else { &whole.diary };
            arguments.extend(["--resident".into(), subject.to_string()]);
        }
        add_account(database, &arguments, &county.password).await?;
    }
    Ok(())
}
