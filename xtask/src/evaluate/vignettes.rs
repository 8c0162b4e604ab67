//! Vignettes in free text: what is recognised, ranked and how urgent it is found.

pub mod case;
mod plain;
mod score;

use anyhow::{Context, Result};
use case::Vignette;
use decision::advise::Advisor;
use plain::Plain;
use score::{Outcome, Score};
use std::{fs, path::Path};

/// Below this share the sum of shares refers.
const SURE: f64 = 0.6;

/// Evaluates the vignettes of a file (JSON lines) and, if asked, writes one line for each case.
pub fn run(file: &Path, json: Option<&Path>) -> Result<()> {
    let advisor = Advisor::new(crate::knowledge::read()?)?;
    let text = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    let plain = Plain::new(advisor.knowledge());
    let (mut score, mut shares, mut bayes) = (Score::default(), Score::default(), Score::default());
    let mut unsure = 0;
    let mut lines = String::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let vignette: Vignette = serde_json::from_str(line)
            .with_context(|| format!("line {} of {} is no vignette", number + 1, file.display()))?;
        let outcome = Outcome::of(&advisor, &vignette);
        lines.push_str(&serde_json::to_string(&outcome.report)?);
        lines.push('\n');
        score.add(&outcome.judged);
        let words = plain.words(&vignette.text);
        let sum = plain.sum_of_shares(&words);
        unsure += usize::from(sum.first().is_none_or(|(_, share)| *share < SURE));
        shares.add(&plain.judged(&vignette, &words, &sum));
        bayes.add(&plain.judged(&vignette, &words, &plain.bayes(&words)));
    }
    if let Some(json) = json {
        fs::write(json, lines).with_context(|| format!("could not write {}", json.display()))?;
    }
    score.print();
    println!("Beside it, on words found wherever they stand, without negation, figures, record or red flag:");
    shares.print_totals("sum of shares");
    println!("referred by it because nothing reaches {SURE}: {unsure}");
    bayes.print_totals("naive Bayes");
    score.print_totals("vignettes");
    Ok(())
}
