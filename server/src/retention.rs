//! Moving the oldest entries of the audit out of the database, into files that continue one another.
//!
//! A file is lines of JSON: `{"after":"NUMBER:HASH"}`, then an entry a line. With all files and the database the chain is
//! whole from its first entry on.

use crate::store::archive::settle;
use crate::store::audit::{Anchor, Broken, Entry};
use crate::store::{Store, StoreError};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

const DAY: i64 = 24 * 3_600_000;
/// How many entries are read at once.
const PAGE: u32 = 1_000;

/// Says why nothing was moved, or why files are not the chain.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// So young entries have to stay.
    #[error("entries stay for at least {least} days ({source_of_it}), {days} were asked for")]
    TooYoung {
        /// What was asked for.
        days: u32,
        /// What is allowed.
        least: u32,
        /// Who says so.
        source_of_it: String,
    },
    /// No entry is that old.
    #[error("no entry is that old")]
    Nothing,
    /// The chain is not whole.
    #[error("the audit is broken: {0}")]
    Broken(#[from] Broken),
    /// A file does not begin where the one before ended.
    #[error("this file continues entry {found}, not entry {wanted}")]
    Gap {
        /// Where the one before ended.
        wanted: u64,
        /// What this one continues.
        found: u64,
    },
    /// A line is none of such a file.
    #[error("line {0} cannot be read")]
    Line(usize),
    /// The file cannot be read or written.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The built-in data cannot be read.
    #[error(transparent)]
    Data(#[from] toml::de::Error),
}

#[derive(Debug, Deserialize)]
struct Retention {
    audit: Least,
}

#[derive(Debug, Deserialize)]
struct Least {
    least_days: u32,
    source: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Beginning {
    after: String,
}

/// Moves entries that are older than `days` into a new file; returns the last one. They leave the database when the file
/// is whole and on the disk; what is killed before can be done again.
pub async fn move_out(store: &dyn Store, days: u32, now: i64, file: &Path) -> Result<Anchor, RetentionError> {
    let Retention { audit: least } = toml::from_str(include_str!("../data/retention.toml"))?;
    if days < least.least_days {
        let (least, source_of_it) = (least.least_days, least.source);
        return Err(RetentionError::TooYoung { days, least, source_of_it });
    }
    if file.exists() {
        return Err(StoreError::Exists.into());
    }
    store.verify_audit(Vec::new()).await??;
    let begins = store.audit_beginning().await?;
    let before = now - i64::from(days) * DAY;
    let part = file.with_added_extension("part");
    let upto = write(store, begins, before, &part).await?;
    if upto == begins {
        std::fs::remove_file(&part)?;
        return Err(RetentionError::Nothing);
    }
    settle(&part, file)?;
    store.move_out(upto, before, now).await?;
    Ok(upto)
}

/// Writes the entries after `begins` up to the first that is not older than `before`.
async fn write(
    store: &dyn Store,
    begins: Anchor,
    before: i64,
    part: &Path,
) -> Result<Anchor, RetentionError> {
    let mut lines = BufWriter::new(File::create(part)?);
    line(&mut lines, &Beginning { after: begins.to_string() })?;
    let mut at = begins;
    loop {
        let page = store.audited_after(at.sequence, PAGE).await?;
        let full = page.len() == PAGE as usize;
        for entry in page {
            if entry.at >= before {
                lines.flush()?;
                return Ok(at);
            }
            at = Anchor { sequence: entry.sequence, hash: entry.hash(at.hash) };
            line(&mut lines, &entry)?;
        }
        if !full {
            lines.flush()?;
            return Ok(at);
        }
    }
}

fn line(lines: &mut impl Write, what: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *lines, what)?;
    lines.write_all(b"\n")
}

/// Reads files that continue one another, the first from the first entry on, and compares with `anchors`; returns the
/// last entry, after which the database begins.
pub fn read_through<'a>(
    files: impl IntoIterator<Item = &'a Path>,
    anchors: &[Anchor],
) -> Result<Anchor, RetentionError> {
    let mut at = Anchor::default();
    for file in files {
        let mut lines = BufReader::new(File::open(file)?).lines().enumerate();
        let (_, first) = lines.next().ok_or(RetentionError::Line(1))?;
        let beginning: Beginning = serde_json::from_str(&first?).map_err(|_| RetentionError::Line(1))?;
        let after: Anchor = beginning.after.parse().map_err(|_| RetentionError::Line(1))?;
        if after != at {
            return Err(RetentionError::Gap { wanted: at.sequence, found: after.sequence });
        }
        for (n, text) in lines {
            let entry: Entry = serde_json::from_str(&text?).map_err(|_| RetentionError::Line(n + 1))?;
            if entry.sequence != at.sequence + 1 {
                return Err(Broken::Missing(at.sequence + 1).into());
            }
            at = Anchor { sequence: entry.sequence, hash: entry.hash(at.hash) };
            if anchors.iter().any(|anchor| anchor.sequence == at.sequence && *anchor != at) {
                return Err(Broken::Anchor(at.sequence).into());
            }
        }
    }
    Ok(at)
}
