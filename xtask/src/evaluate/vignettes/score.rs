//! How right the answers are.

use super::case::Vignette;
use decision::advise::Advisor;
use decision::knowledge::{Condition, Knowledge, Level};
use decision::model::State;
use serde::Serialize;
use std::collections::BTreeMap;

/// One line of the report.
#[derive(Debug, Serialize)]
pub struct Report {
    id: serde_json::Value,
    ranked: Vec<RankedLine>,
    triage: Level,
    red_flags: Vec<String>,
    recognised: Vec<Recognised>,
}

#[derive(Debug, Serialize)]
struct RankedLine {
    name: String,
    icd10: Vec<String>,
    p: f64,
}

#[derive(Debug, Serialize)]
struct Recognised {
    finding: String,
    state: &'static str,
}

/// How right an answer to one vignette is.
#[derive(Debug)]
pub struct Judged {
    /// The right level and the one answered.
    triage: Option<(Level, Level)>,
    covered: bool,
    has_gold: bool,
    /// The place of the first accepted condition, from 0.
    rank: Option<usize>,
    findings: usize,
}

impl Judged {
    /// Compares conditions in order, of which the first few count, and a level with what is right.
    pub fn of<'a>(
        knowledge: &Knowledge,
        vignette: &Vignette,
        mut ranked: impl Iterator<Item = &'a Condition>,
        level: Level,
        findings: usize,
    ) -> Self {
        Self {
            triage: vignette.triage.map(|right| (right, level)),
            covered: knowledge.conditions.iter().any(|of| accepted(of, &vignette.gold)),
            has_gold: !vignette.gold.is_empty(),
            rank: ranked.position(|of| accepted(of, &vignette.gold)),
            findings,
        }
    }
}

/// What came of one vignette.
#[derive(Debug)]
pub struct Outcome {
    /// What is written down.
    pub report: Report,
    /// How right it is.
    pub judged: Judged,
}

impl Outcome {
    /// Advises on a vignette and compares.
    pub fn of(advisor: &Advisor, vignette: &Vignette) -> Self {
        let knowledge = advisor.knowledge();
        let case = vignette.case(advisor);
        let answer = advisor.advise(&case);
        let conditions = || {
            answer.ranked.iter().filter_map(|one| knowledge.conditions.get(one.condition).map(|of| (one, of)))
        };
        let ranked = conditions().map(|(one, of)| RankedLine {
            name: of.name.clone(),
            icd10: of.icd10.clone(),
            p: (one.probability * 1e4).round() / 1e4,
        });
        let red_flags = answer.red_flags.iter().filter_map(|one| knowledge.red_flags.get(one.red_flag));
        let mut told = case.findings.clone();
        told.sort_unstable();
        told.dedup();
        let recognised: Vec<Recognised> = told
            .iter()
            .filter_map(|(finding, state)| {
                let state = match state {
                    State::Present => "present",
                    State::Absent => "absent",
                    State::Unknown => "unknown",
                };
                knowledge.findings.get(*finding).map(|of| Recognised { finding: of.id.clone(), state })
            })
            .collect();
        let level = answer.triage.level;
        Self {
            judged: Judged::of(knowledge, vignette, conditions().map(|(_, of)| of), level, recognised.len()),
            report: Report {
                id: vignette.id.clone(),
                ranked: ranked.collect(),
                triage: level,
                red_flags: red_flags.map(|flag| flag.id.clone()).collect(),
                recognised,
            },
        }
    }
}

/// Tells whether a condition is one of those accepted: by a name of it or by a code of the same category.
fn accepted(condition: &Condition, gold: &[String]) -> bool {
    gold.iter().any(|gold| {
        let gold = gold.trim();
        let code = |code: &String| code.starts_with(gold) || gold.starts_with(code.as_str());
        let is_code = gold.chars().next().is_some_and(|first| first.is_ascii_uppercase()) && gold.len() >= 3;
        let names = std::iter::once(&condition.name).chain(&condition.aliases);
        names.into_iter().any(|name| name == gold) || (is_code && condition.icd10.iter().any(code))
    })
}

/// The sums.
#[derive(Debug, Default)]
pub struct Score {
    cases: usize,
    findings: usize,
    golds: usize,
    covered: usize,
    /// Within 1, 3 and 5; of all and of the covered ones.
    within: [usize; 3],
    triaged: usize,
    right: usize,
    safe: usize,
    over: usize,
    emergencies: (usize, usize),
    by_level: BTreeMap<Level, (usize, usize, usize)>,
}

const WITHIN: [usize; 3] = [1, 3, 5];

impl Score {
    /// Adds an answer.
    pub fn add(&mut self, outcome: &Judged) {
        self.cases += 1;
        self.findings += outcome.findings;
        if outcome.has_gold {
            self.golds += 1;
            self.covered += usize::from(outcome.covered);
            for (sum, within) in self.within.iter_mut().zip(WITHIN) {
                *sum += usize::from(outcome.rank.is_some_and(|rank| rank < within));
            }
        }
        if let Some((right, answered)) = outcome.triage {
            self.triaged += 1;
            self.right += usize::from(right == answered);
            self.safe += usize::from(answered >= right);
            self.over += usize::from(answered > right);
            if right >= Level::Emergency {
                self.emergencies.0 += usize::from(answered >= Level::Emergency);
                self.emergencies.1 += 1;
            }
            let of = self.by_level.entry(right).or_default();
            of.0 += 1;
            of.1 += usize::from(right == answered);
            of.2 += usize::from(answered >= right);
        }
    }

    /// Prints the sums by level.
    pub fn print(&self) {
        println!(
            "cases {}, findings recognised per case {:.1}",
            self.cases,
            share(self.findings, self.cases)
        );
        println!("covered {} of {}", self.covered, self.golds);
        for (sum, within) in self.within.iter().zip(WITHIN) {
            println!(
                "top-{within}: all {}, covered {}",
                percent(*sum, self.golds),
                percent(*sum, self.covered)
            );
        }
        for (level, (cases, right, safe)) in self.by_level.iter().rev() {
            println!(
                "{level:?}: {cases} cases, right {}, safe {}",
                percent(*right, *cases),
                percent(*safe, *cases)
            );
        }
    }

    /// Prints the totals in one line.
    pub fn print_totals(&self, name: &str) {
        let [one, three, five] = self.within;
        println!(
            "{name} {}: top-1/3/5 covered {}/{}/{}, triage right {}, safe {}, over {}, emergencies found {}",
            self.cases,
            percent(one, self.covered),
            percent(three, self.covered),
            percent(five, self.covered),
            percent(self.right, self.triaged),
            percent(self.safe, self.triaged),
            percent(self.over, self.triaged),
            percent(self.emergencies.0, self.emergencies.1),
        );
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1}%", share(part, whole) * 100.0) }
}
