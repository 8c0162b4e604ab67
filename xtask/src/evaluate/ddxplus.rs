//! DDXPlus (Fansi Tchango 2022): 49 conditions, synthetic patients with all their evidence and a differential.
//!
//! Evidence tables come from the release; what it does not tell (values, ages, sexes, the temperature, differentials)
//! is learnt from the training patients that lie beside it, never from those it is measured on.

mod baseline;
mod counts;
mod differential;
mod interview;
mod knowledge;
mod learnt;
mod literal;
mod patients;
mod release;
mod report;

use anyhow::{Context, Result};
use clap::Args;
use std::{fs, path::PathBuf};

use learnt::Learnt;
use patients::Patient;
use release::Release;
use report::Report;

/// Which files.
#[derive(Debug, Args)]
pub struct Options {
    /// The release: conditions, evidences, probabilities, and patients to learn from
    #[arg(long)]
    dir: PathBuf,
    /// The patients to measure on; without it those of the release, each part by what the others teach
    #[arg(long)]
    patients: Option<PathBuf>,
}

/// Into how many parts patients are divided where they are both learnt from and measured on.
const PARTS: usize = 5;

/// Measures and prints.
pub fn run(options: &Options) -> Result<()> {
    let release = Release::read(&options.dir)?;
    let known = training(options, &release)?;
    let asked = options.patients.as_ref().map(|path| patients::read(path, &release)).transpose()?;
    let mut report = Report::default();
    match asked.filter(|asked| *asked != known) {
        Some(asked) => {
            let teachers: Vec<&Patient> = known.iter().filter(|patient| !asked.contains(patient)).collect();
            println!("{} patients, after learning from {} others", asked.len(), teachers.len());
            let learnt = Learnt::from(&release, &teachers)?;
            for patient in &asked {
                report.add(&learnt, patient);
            }
        }
        None => {
            anyhow::ensure!(!known.is_empty(), "{} has no patients", options.dir.display());
            println!(
                "{} patients of the release, in {PARTS} parts: each by what the other parts teach",
                known.len()
            );
            for part in 0..PARTS {
                let of = |keep: bool| {
                    let numbered = known.iter().enumerate();
                    numbered.filter(move |(n, _)| (n % PARTS == part) == keep).map(|(_, patient)| patient)
                };
                let learnt = Learnt::from(&release, &of(false).collect::<Vec<_>>())?;
                for patient in of(true) {
                    report.add(&learnt, patient);
                }
            }
        }
    }
    report.print(&release)
}

/// Reads the patients of the release that are there to learn from.
fn training(options: &Options, release: &Release) -> Result<Vec<Patient>> {
    let dir = fs::read_dir(&options.dir);
    let mut paths: Vec<PathBuf> = dir
        .with_context(|| format!("could not read {}", options.dir.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
            name.ends_with(".csv") && ["dev", "train", "valid"].iter().any(|part| name.contains(part))
        })
        .collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        all.extend(patients::read(&path, release)?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use interview::{Until, all, hold};
    use knowledge::Knowledge;

    #[test]
    fn patients_nobody_learnt_from_are_found_out_in_few_questions() {
        let dir = crate::paths::root().join("../shared/data/ddxplus");
        if !dir.exists() {
            println!("skipped: {} is not there", dir.display());
            return;
        }
        let release = Release::read(&dir).unwrap();
        let patients = training(&Options { dir, patients: None }, &release).unwrap();
        let (teachers, asked) = patients.split_at(800);
        let knowledge = Knowledge::learn(&release, &teachers.iter().collect::<Vec<_>>()).unwrap();
        let (mut right, mut whole, mut questions) = (0, 0, 0);
        for patient in asked {
            let interview = hold(&knowledge, patient, Until { sure: 0.999, most: 15 });
            let last = interview.opinions.last().unwrap();
            right += usize::from(last.top().0 == patient.diagnosis);
            whole += usize::from(all(&knowledge, patient).0.top().0 == patient.diagnosis);
            questions += interview.questions();
        }
        // Two hundred patients: each is half a percent.
        assert!(right * 100 >= asked.len() * 97, "{right} of {}", asked.len());
        assert!(whole * 100 >= asked.len() * 98, "{whole} of {}", asked.len());
        assert!(questions < asked.len() * 5, "{questions}");
    }
}
