//! Cases as somebody who writes knowledge looks at them: what was understood, how urgent it is and why, what it may be, and
//! what is asked when every answer is "no".

use crate::evaluate::vignettes::case::Vignette;
use anyhow::{Context, Result};
use decision::advise::{Advisor, Answer, Case};
use decision::knowledge::Knowledge;
use decision::model::State;
use decision::triage::Reason;
use std::{fs, path::Path};

/// How many conditions are shown.
const SHOWN: usize = 5;

/// Prints each case of a file of vignettes (JSON lines).
pub fn run(knowledge: Knowledge, file: &Path) -> Result<()> {
    let advisor = Advisor::new(knowledge)?;
    let text = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let vignette: Vignette = serde_json::from_str(line)
            .with_context(|| format!("line {} of {} is no vignette", number + 1, file.display()))?;
        let mut case = vignette.case(&advisor);
        println!("\n{} {}", vignette.id, vignette.text);
        understood(&advisor, &case);
        let mut answer = advisor.advise(&case);
        urgency(&advisor, "", &answer);
        while let Some(question) = answer.question {
            let of = advisor.knowledge().findings.get(question.finding);
            let words = of.map_or("", |of| of.question.as_str());
            println!(
                "  asks {words} ({:.0}% yes, {:.3} nats)",
                question.probability * 100.0,
                question.information
            );
            case.findings.push((question.finding, State::Absent));
            case.asked += 1;
            answer = advisor.advise(&case);
        }
        if case.asked > 0 {
            urgency(&advisor, "all denied: ", &answer);
        }
    }
    Ok(())
}

fn understood(advisor: &Advisor, case: &Case) {
    let mut findings = case.findings.clone();
    findings.sort_unstable();
    findings.dedup();
    let name = |finding: usize| advisor.knowledge().findings.get(finding).map_or("", |of| of.id.as_str());
    let words = |state: State, sign: &'static str| {
        findings
            .iter()
            .filter(move |(_, is)| *is == state)
            .map(move |(finding, _)| format!("{sign}{}", name(*finding)))
    };
    let all: Vec<String> = words(State::Present, "+").chain(words(State::Absent, "-")).collect();
    println!("  {} {:?} hours {:?}", all.join(" "), case.durations, case.vitals);
}

fn urgency(advisor: &Advisor, when: &str, answer: &Answer) {
    let knowledge = advisor.knowledge();
    let condition = |at: usize| knowledge.conditions.get(at).map_or("", |of| of.id.as_str());
    let reasons = answer.triage.reasons.iter().map(|reason| match reason {
        Reason::RedFlag(at) => format!("!{}", knowledge.red_flags.get(*at).map_or("", |of| of.id.as_str())),
        Reason::Likely { condition: at, together } => format!("{} {together:.2}", condition(*at)),
        Reason::CannotTell => "cannot tell".to_owned(),
    });
    let reasons: Vec<String> = reasons.collect();
    let shown = answer.ranked.iter().take(SHOWN);
    let causes: Vec<String> =
        shown.map(|one| format!("{} {:.2}", condition(one.condition), one.probability)).collect();
    println!("  {when}{:?} [{}] {}", answer.triage.level, reasons.join(", "), causes.join(", "));
}
