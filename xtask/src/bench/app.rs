//! The app in a real browser against its budgets.

use crate::{demo, paths, shell, site, tools};
use anyhow::Result;

/// The large team, for search.
const LARGE: usize = 10_000;

/// Builds everything, makes two counties, and measures.
pub fn run() -> Result<()> {
    site::build(false)?;
    shell::cargo(&["build", "--release", "-p", "server"])?;
    tools::npm(&paths::e2e())?;
    let browser = tools::browser()?;
    let (usual, large) = (paths::target().join("bench-app"), paths::target().join("bench-app-large"));
    for (county, residents) in [(&usual, demo::RESIDENTS), (&large, LARGE)] {
        demo::make(county, residents)?;
    }
    let settings = [
        format!("CHROMIUM={browser}"),
        format!("XIANGYI_COUNTY={}", usual.display()),
        format!("XIANGYI_LARGE={}", large.display()),
        format!("XIANGYI_TARGET={}", paths::target().display()),
    ];
    let mut args: Vec<&str> = settings.iter().map(String::as_str).collect();
    args.extend(["npm", "run", "--silent", "bench"]);
    shell::run(&paths::e2e(), "env", &args)
}
