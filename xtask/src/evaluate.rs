//! Measures how right the rules and the advice are, on golden cases and on cases kept elsewhere.

mod cases;

use anyhow::Result;
use clap::Subcommand;

/// What can be evaluated.
#[derive(Debug, Subcommand)]
pub enum Evaluate {
    /// The golden cases of the domain, counted by area (the same as no word at all)
    Cases,
}

/// Evaluates; without a word, the golden cases.
pub fn run(evaluate: Option<&Evaluate>) -> Result<()> {
    match evaluate {
        None | Some(Evaluate::Cases) => cases::run(),
    }
}
