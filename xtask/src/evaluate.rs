//! Measures how right the rules and the advice are, on golden cases and on cases kept elsewhere.

mod cases;
mod ddxplus;
mod dialogue;
mod figures;
mod forest;
mod guidelines;
mod medication;
pub mod vignettes;

use anyhow::Result;
use clap::Subcommand;
use std::path::PathBuf;

/// What can be evaluated.
#[derive(Debug, Subcommand)]
pub enum Evaluate {
    /// The golden cases of the domain, counted by area (the same as no word at all)
    Cases,
    /// DDXPlus: all evidence, interviews, differentials, beside naive Bayes and the sum of shares
    Ddxplus(ddxplus::Options),
    /// Chinese consultations: the condition after at most ten questions
    Dialogue(dialogue::Options),
    /// Follow-up of hypertension and diabetes at the boundaries of the norm
    Guidelines {
        /// JSON lines
        file: PathBuf,
    },
    /// Prescriptions: what is found by kind and level, what interrupts for nothing
    Medication {
        /// JSON lines
        file: PathBuf,
        /// Where to write one line for each case
        #[arg(long)]
        json: Option<PathBuf>,
    },
    /// Vignettes in free Chinese text: what is recognised, ranked, and how urgent it is found
    Vignettes {
        /// JSON lines
        file: PathBuf,
        /// Where to write one line for each case
        #[arg(long)]
        json: Option<PathBuf>,
    },
}

/// Evaluates; without a word, the golden cases.
pub fn run(evaluate: Option<&Evaluate>) -> Result<()> {
    match evaluate {
        None | Some(Evaluate::Cases) => cases::run(),
        Some(Evaluate::Ddxplus(options)) => ddxplus::run(options),
        Some(Evaluate::Dialogue(options)) => dialogue::run(options),
        Some(Evaluate::Guidelines { file }) => guidelines::run(file),
        Some(Evaluate::Medication { file, json }) => medication::run(file, json.as_deref()),
        Some(Evaluate::Vignettes { file, json }) => vignettes::run(file, json.as_deref()),
    }
}
