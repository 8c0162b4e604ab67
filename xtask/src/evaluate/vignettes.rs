//! Vignettes in free text: what is recognised, ranked and how urgent it is found.

pub mod case;
mod score;

use anyhow::{Context, Result};
use case::Vignette;
use decision::advise::Advisor;
use score::{Outcome, Score};
use std::{fs, path::Path};

/// Evaluates the vignettes of a file (JSON lines) and, if asked, writes one line for each case.
pub fn run(file: &Path, json: Option<&Path>) -> Result<()> {
    let advisor = Advisor::new(crate::knowledge::read()?)?;
    let text = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    let mut score = Score::default();
    let mut lines = String::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let vignette: Vignette = serde_json::from_str(line)
            .with_context(|| format!("line {} of {} is no vignette", number + 1, file.display()))?;
        let outcome = Outcome::of(&advisor, &vignette);
        lines.push_str(&serde_json::to_string(&outcome.report)?);
        lines.push('\n');
        score.add(&outcome);
    }
    if let Some(json) = json {
        fs::write(json, lines).with_context(|| format!("could not write {}", json.display()))?;
    }
    score.print();
    Ok(())
}
