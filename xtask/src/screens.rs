//! `cargo xtask screens`: a picture of every screen in every size.

use crate::{demo, paths, shell, site, tools};
use anyhow::Result;

/// Builds everything, makes a county, and takes the pictures into `docs/screens`.
pub fn run() -> Result<()> {
    site::build(false)?;
    shell::cargo(&["build", "--release", "-p", "server"])?;
    tools::npm(&paths::e2e())?;
    let browser = tools::browser()?;
    let county = paths::target().join("screens");
    demo::make(&county, demo::RESIDENTS)?;
    let county = county.to_string_lossy().into_owned();
    let target = paths::target().to_string_lossy().into_owned();
    let settings = [
        format!("CHROMIUM={browser}"),
        format!("XIANGYI_COUNTY={county}"),
        format!("XIANGYI_TARGET={target}"),
    ];
    let mut args: Vec<&str> = settings.iter().map(String::as_str).collect();
    args.extend(["npm", "run", "--silent", "screens"]);
    shell::run(&paths::e2e(), "env", &args)
}
