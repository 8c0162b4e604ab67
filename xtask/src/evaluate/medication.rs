//! Prescriptions with expected findings: what is found by kind and level, and what interrupts for nothing.

use anyhow::{Context, Result};
use medicines::cases::{Case, Verdict};
use medicines::{Kind, Level, Medicines};
use serde_json::json;
use std::{collections::BTreeMap, fs, io::Write, path::Path};

/// Runs the cases of a file of JSON lines and prints recall, false stops and false warnings.
pub fn run(file: &Path, json: Option<&Path>) -> Result<()> {
    let medicines = Medicines::load()?;
    let text = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let judged: Vec<(Case, Verdict)> = lines
        .map(|(at, line)| {
            let case: Case = serde_json::from_str(line).with_context(|| format!("line {}", at + 1))?;
            let verdict = case.judge(&medicines);
            Ok((case, verdict))
        })
        .collect::<Result<_>>()?;
    if let Some(json) = json {
        write(json, &judged)?;
    }
    print(&medicines, &judged);
    Ok(())
}

fn print(medicines: &Medicines, judged: &[(Case, Verdict)]) {
    let mut recall: BTreeMap<(Kind, Level), (usize, usize)> = BTreeMap::new();
    for (case, verdict) in judged {
        for (expected, met) in case.expect.iter().zip(&verdict.met) {
            let (found, all) = recall.entry((expected.kind, expected.level)).or_default();
            *found += usize::from(*met);
            *all += 1;
            if !met {
                println!(
                    "missed   {}: {:?} {:?} {}",
                    case.id,
                    expected.kind,
                    expected.level,
                    expected.involves.join(" + ")
                );
            }
        }
        for finding in verdict.forbidden.iter().filter_map(|at| verdict.findings.get(*at)) {
            println!("unwanted {}: {:?} {:?} {}", case.id, finding.kind, finding.level, finding.what);
        }
        for finding in verdict.findings.iter().filter(|finding| finding.kind == Kind::Unknown) {
            println!("unknown  {}: {}", case.id, finding.what);
        }
    }
    println!();
    for ((kind, level), (found, all)) in &recall {
        println!("{found:>5} of {all:<5} {kind:?} {level:?}");
    }
    let count = |level: Level| {
        let asked: Vec<_> =
            judged.iter().filter(|(case, _)| case.expect.is_empty() && case.forbid_level.is_some()).collect();
        let fails = asked
            .iter()
            .filter(|(_, verdict)| verdict.findings.iter().any(|finding| finding.level >= level))
            .count();
        (fails, asked.len())
    };
    let (stops, quiet) = count(Level::Stop);
    let (interrupts, _) = count(Level::Warn);
    let forbidden = judged.iter().filter(|(_, verdict)| !verdict.forbidden.is_empty()).count();
    println!("{stops:>5} of {quiet:<5} cases without expectation with a false stop");
    println!("{interrupts:>5} of {quiet:<5} cases without expectation with a stop or warning");
    println!("{forbidden:>5} of {quiet:<5} cases without expectation above their forbidden level");
    let extra: usize = judged
        .iter()
        .filter(|(case, _)| !case.expect.is_empty())
        .map(|(_, verdict)| verdict.unexpected_stops.len())
        .sum();
    println!("{extra:>5} stops nobody expected in the other cases");
    let met: usize = recall.values().map(|(found, _)| found).sum();
    let all: usize = recall.values().map(|(_, all)| all).sum();
    println!(
        "{} cases, {} medicines: {met} of {all} expectations met, {forbidden} of {quiet} quiet cases interrupted, {stops} false stops",
        judged.len(),
        medicines.all().len(),
    );
}

fn write(path: &Path, judged: &[(Case, Verdict)]) -> Result<()> {
    let mut file = fs::File::create(path).with_context(|| format!("could not write {}", path.display()))?;
    for (case, verdict) in judged {
        let names = |lines: &[usize]| -> Vec<&str> {
            lines
                .iter()
                .filter_map(|at| case.prescription.get(*at))
                .map(|line| line.medicine.as_str())
                .collect()
        };
        let findings: Vec<_> = verdict
            .findings
            .iter()
            .map(|finding| {
                json!({
                    "kind": finding.kind, "level": finding.level, "involves": names(&finding.lines),
                    "what": finding.what, "why": finding.why, "instead": finding.instead, "source": finding.source,
                })
            })
            .collect();
        let met = verdict.met.iter().all(|met| *met) && verdict.forbidden.is_empty();
        writeln!(
            file,
            "{}",
            json!({ "id": case.id, "passed": met, "met": verdict.met, "findings": findings })
        )?;
    }
    Ok(())
}
