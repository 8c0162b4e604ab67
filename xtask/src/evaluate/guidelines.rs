//! Follow-up at the boundaries of the norm: the domain's own rules answer cases kept elsewhere.

mod case;
mod words;

use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

use super::figures::percent;
use case::{Case, Judge};

/// Measures and prints.
pub fn run(file: &Path) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    let cases = parse(&text).with_context(|| format!("could not parse {}", file.display()))?;
    ensure!(!cases.is_empty(), "{} has no case", file.display());
    let sums = measure(&cases)?;
    for line in &sums.wrong {
        println!("{line}");
    }
    let share = |part| percent(part, cases.len());
    println!(
        "guidelines: cases {}, status {:.2}%, action {:.2}%, due {:.2}%, all three {:.2}%",
        cases.len(),
        share(sums.status),
        share(sums.action),
        share(sums.due),
        share(sums.all),
    );
    Ok(())
}

/// Reads cases: one object a line, or one list.
fn parse(text: &str) -> Result<Vec<Case>> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('[') {
        return Ok(serde_json::from_str(text)?);
    }
    Ok(serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>()?)
}

#[derive(Default)]
struct Sums {
    status: usize,
    action: usize,
    due: usize,
    all: usize,
    /// A line for each case that was answered otherwise.
    wrong: Vec<String>,
}

fn measure(cases: &[Case]) -> Result<Sums> {
    let judge = Judge::new()?;
    let mut sums = Sums::default();
    for case in cases {
        let answer = match judge.judge(case) {
            Ok(answer) => answer,
            Err(error) => {
                sums.wrong.push(format!("{}: {error:#}", case.id));
                continue;
            }
        };
        let expect = &case.expect;
        let status = answer.status == expect.status;
        let action = answer.action == expect.action;
        let due = answer.due_in_days <= expect.next_due_within_days;
        sums.status += usize::from(status);
        sums.action += usize::from(action);
        sums.due += usize::from(due);
        sums.all += usize::from(status && action && due);
        if !(status && action && due) {
            let (within, in_days) = (expect.next_due_within_days, answer.due_in_days);
            sums.wrong.push(format!(
                "{}: expected {} {} within {within} days, got {} {} in {in_days}",
                case.id, expect.status, expect.action, answer.status, answer.action
            ));
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_of_the_norm_is_kept() {
        let cases = parse(include_str!("../../data/guidelines.jsonl")).unwrap();
        let sums = measure(&cases).unwrap();
        assert!(sums.wrong.is_empty(), "{}", sums.wrong.join("\n"));
        assert!(cases.len() >= 50);
    }
}
