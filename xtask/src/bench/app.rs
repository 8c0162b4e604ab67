//! The app in a real browser against its budgets, and what it weighs by crate.

use super::weight;
use crate::{demo, paths, shell, site, tools};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use std::path::Path;

/// The large team, for search.
const LARGE: usize = 10_000;

/// What to measure, and on what.
#[derive(Debug, Args)]
pub struct Options {
    /// Only these parts, comma separated
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// The release site, the server and the counties as they lie in target
    #[arg(long)]
    as_built: bool,
}

/// A part of the bench.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// What is downloaded, and the WebAssembly by crate
    Weight,
    /// The first sync of 2,000 residents
    Sync,
    /// The cold open without a network
    Open,
    /// Memory after many visits
    Memory,
    /// How long decision support takes to answer
    Advice,
    /// Search among 10,000 residents
    Search,
    /// Lighthouse on a telephone: sign-in, Today, the resident's home
    Lighthouse,
}

impl Part {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Builds what is measured, makes two counties, and measures.
pub fn run(options: &Options) -> Result<()> {
    let parts = if options.only.is_empty() { Part::value_variants() } else { options.only.as_slice() };
    if !options.as_built {
        site::build(false)?;
    } else if !paths::site().join("index.html.br").exists() {
        bail!("target/site is no release: leave out --as-built once");
    }
    let (usual, large) = (paths::target().join("bench-app"), paths::target().join("bench-app-large"));
    let browsed = parts.iter().any(|part| *part != Part::Weight);
    if browsed && (!options.as_built || !crate::service::binary().exists()) {
        shell::cargo(&["build", "--release", "-p", "server"])?;
    }
    if browsed {
        county(&usual, demo::RESIDENTS, options)?;
    }
    if parts.contains(&Part::Search) {
        county(&large, LARGE, options)?;
    }
    if parts.contains(&Part::Lighthouse) {
        tools::npm(&paths::e2e().join("lighthouse"))?;
    }
    tools::npm(&paths::e2e())?;
    let names: Vec<String> = parts.iter().map(|part| part.name()).collect();
    let settings = [
        format!("CHROMIUM={}", tools::browser()?),
        format!("XIANGYI_COUNTY={}", usual.display()),
        format!("XIANGYI_LARGE={}", large.display()),
        format!("XIANGYI_TARGET={}", paths::target().display()),
        format!("XIANGYI_PARTS={}", names.join(",")),
    ];
    let mut args: Vec<&str> = settings.iter().map(String::as_str).collect();
    args.extend(["npm", "run", "--silent", "bench"]);
    shell::run(&paths::e2e(), "env", &args)?;
    if parts.contains(&Part::Weight) {
        weight::run()?;
    }
    Ok(())
}

fn county(dir: &Path, residents: usize, options: &Options) -> Result<()> {
    if options.as_built && demo::is_complete(dir) { Ok(()) } else { demo::make(dir, residents) }
}
