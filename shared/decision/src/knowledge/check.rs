//! Refuses knowledge that does not hold together.

use super::{Condition, FrequencyClass, Kind, Knowledge, Level, PriorRow, compile};
use crate::inference::{Calibration, Evidence, Priors, infer};
use crate::model::{Person, Sex, State};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Problem {
    /// An id is there twice.
    #[error("{what} {id} is there twice")]
    Twice {
        /// Source, finding, condition or red flag.
        what: &'static str,
        /// The id.
        id: String,
    },
    /// An id that is not of small letters, digits and underscores: a heading taken for a row.
    #[error("{0:?} is no id")]
    NoId(String),
    /// Something names an id that does not exist.
    #[error("{from} names the {what} {id}, which does not exist")]
    Unknown {
        /// Who names it.
        from: String,
        /// What should exist.
        what: &'static str,
        /// The id.
        id: String,
    },
    /// A condition cites no source.
    #[error("{0} has no source")]
    NoSource(String),
    /// A source without a title, an issuer or a year since which anything here was published.
    #[error("the source {0} lacks its title, its issuer or its year")]
    NotASource(String),
    /// A finding without a question in plain words.
    #[error("nobody can be asked for the finding {0}")]
    NoQuestion(String),
    /// A finding that no condition, no red flag and no other finding uses.
    #[error("nobody uses the finding {0}")]
    Unused(String),
    /// A condition with fewer than three findings that speak for it, or without a general prior.
    #[error("{id} cannot be reached: {why}")]
    Unreachable {
        /// The condition.
        id: String,
        /// Why.
        why: &'static str,
    },
    /// A condition to be sent at once that no red flag points at.
    #[error("{0} is an emergency without a red flag")]
    NoRedFlag(String),
    /// A red flag that fires on nothing.
    #[error("the red flag {0} names no finding that must be present")]
    EmptyRedFlag(String),
    /// A red flag that asks for no urgency.
    #[error("the red flag {0} asks for no urgency")]
    IdleRedFlag(String),
    /// A vital finding without a threshold, or another with one.
    #[error("{0}: vital findings have a threshold, others have none")]
    Threshold(String),
    /// A condition for self-care or appointment without a safety net.
    #[error("{0} has no safety net")]
    NoSafetyNet(String),
    /// The model cannot be made.
    #[error("the model cannot be made: {0}")]
    Model(String),
}

/// The year before which no source was published.
const OLDEST: u16 = 1950;

/// How far down a condition may come when exactly what is frequent with it is found.
const REACHED_WITHIN: usize = 5;

/// Returns everything that is wrong, sorted.
#[must_use]
pub fn check(knowledge: &Knowledge) -> Vec<Problem> {
    let mut problems = BTreeSet::new();
    twice(knowledge, &mut problems);
    names(knowledge, &mut problems);
    uses(knowledge, &mut problems);
    for condition in &knowledge.conditions {
        one_condition(knowledge, condition, &mut problems);
    }
    for flag in &knowledge.red_flags {
        if flag.all.is_empty() && flag.any.is_empty() {
            problems.insert(Problem::EmptyRedFlag(flag.id.clone()));
        }
        if flag.level < Level::Day {
            problems.insert(Problem::IdleRedFlag(flag.id.clone()));
        }
    }
    for source in &knowledge.sources {
        let is_named = !source.title.trim().is_empty() && !source.issuer.trim().is_empty();
        if !is_named || source.year < OLDEST {
            problems.insert(Problem::NotASource(source.id.clone()));
        }
    }
    for finding in &knowledge.findings {
        if finding.question.trim().is_empty() {
            problems.insert(Problem::NoQuestion(finding.id.clone()));
        }
        if (finding.kind == Kind::Vital) != finding.vital.is_some() {
            problems.insert(Problem::Threshold(finding.id.clone()));
        }
    }
    reach(knowledge, &mut problems);
    problems.into_iter().collect()
}

fn twice(knowledge: &Knowledge, problems: &mut BTreeSet<Problem>) {
    let mut all = |what: &'static str, ids: Vec<&String>| {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !is_id(id) {
                problems.insert(Problem::NoId(id.clone()));
            }
            if !seen.insert(id) {
                problems.insert(Problem::Twice { what, id: id.clone() });
            }
        }
    };
    all("source", knowledge.sources.iter().map(|of| &of.id).collect());
    all("finding", knowledge.findings.iter().map(|of| &of.id).collect());
    all("condition", knowledge.conditions.iter().map(|of| &of.id).collect());
    all("red flag", knowledge.red_flags.iter().map(|of| &of.id).collect());
}

fn is_id(text: &str) -> bool {
    let fits = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
    !text.is_empty() && text.bytes().all(fits)
}

fn names(knowledge: &Knowledge, problems: &mut BTreeSet<Problem>) {
    let sources: BTreeSet<&str> = knowledge.sources.iter().map(|of| of.id.as_str()).collect();
    let findings: BTreeSet<&str> = knowledge.findings.iter().map(|of| of.id.as_str()).collect();
    let conditions: BTreeSet<&str> = knowledge.conditions.iter().map(|of| of.id.as_str()).collect();
    let of_record: BTreeSet<&str> = findings.union(&conditions).copied().collect();
    let mut named = |from: &str, what: &'static str, known: &BTreeSet<&str>, id: &str| {
        if !known.contains(id) {
            problems.insert(Problem::Unknown { from: from.to_owned(), what, id: id.to_owned() });
        }
    };
    for finding in &knowledge.findings {
        let explained = finding.explained.iter().flat_map(|of| [&of.by, &of.unless]);
        finding.is_a.iter().chain(explained).for_each(|id| named(&finding.id, "finding", &findings, id));
        finding.usual.iter().for_each(|usual| named(&finding.id, "source", &sources, &usual.source));
    }
    for condition in &knowledge.conditions {
        for listed in &condition.findings {
            named(&condition.id, "finding", &findings, &listed.id);
            named(&condition.id, "source", &sources, &listed.source);
        }
        let cited = condition.sources.iter().chain(&condition.advice.sources);
        cited.for_each(|id| named(&condition.id, "source", &sources, id));
        for against in &condition.advice.contraindications {
            named(&condition.id, "finding or condition", &of_record, &against.when);
        }
    }
    for flag in &knowledge.red_flags {
        flag.findings().for_each(|id| named(&flag.id, "finding", &findings, id));
        flag.suspects.iter().for_each(|id| named(&flag.id, "condition", &conditions, id));
        named(&flag.id, "source", &sources, &flag.source);
    }
    let words = &knowledge.words;
    for row in &words.composes {
        row.finding.iter().for_each(|id| named("words", "finding", &findings, id));
        let parts: BTreeSet<&str> =
            words.parts.iter().map(|part| part.id.as_str()).chain(std::iter::once("*")).collect();
        row.part.iter().for_each(|id| named("words", "part", &parts, id));
        let complaints: BTreeSet<&str> = words.complaints.iter().map(|of| of.id.as_str()).collect();
        row.complaint.iter().for_each(|id| named("words", "complaint", &complaints, id));
    }
    words.wells.iter().flat_map(|well| &well.absent).for_each(|id| named("words", "finding", &findings, id));
    for rule in &words.derives {
        let all = [&rule.from, &rule.finding].into_iter().chain(&rule.with);
        all.filter(|id| *id != "*").for_each(|id| named("words", "finding", &findings, id));
    }
    for rule in &words.of_person {
        let all = [&rule.from, &rule.finding].into_iter().filter(|id| *id != "*");
        all.for_each(|id| named("words", "finding", &findings, id));
    }
}

fn uses(knowledge: &Knowledge, problems: &mut BTreeSet<Problem>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    used.extend(knowledge.conditions.iter().flat_map(|of| &of.findings).map(|listed| listed.id.as_str()));
    used.extend(knowledge.red_flags.iter().flat_map(|flag| flag.findings()));
    used.extend(knowledge.words.derives.iter().flat_map(|rule| &rule.with).map(String::as_str));
    let broader: BTreeMap<&str, &[String]> =
        knowledge.findings.iter().map(|of| (of.id.as_str(), of.is_a.as_slice())).collect();
    for finding in &knowledge.findings {
        // A finding also counts through any broader one that is used.
        let mut open = vec![finding.id.as_str()];
        let mut seen = BTreeSet::new();
        let mut is_used = false;
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            is_used |= used.contains(id);
            open.extend(broader.get(id).copied().unwrap_or_default().iter().map(String::as_str));
        }
        if !is_used {
            problems.insert(Problem::Unused(finding.id.clone()));
        }
    }
}

fn one_condition(knowledge: &Knowledge, condition: &Condition, problems: &mut BTreeSet<Problem>) {
    let id = &condition.id;
    if condition.sources.is_empty() {
        problems.insert(Problem::NoSource(id.clone()));
    }
    let mut unreachable = |why| {
        problems.insert(Problem::Unreachable { id: id.clone(), why });
    };
    let speak = |class| !matches!(class, FrequencyClass::Rarely | FrequencyClass::Never);
    if condition.findings.iter().filter(|listed| speak(listed.frequency)).count() < 3 {
        unreachable("fewer than three findings speak for it");
    }
    if !condition.priors.iter().any(PriorRow::is_general) {
        unreachable("it needs one prior without a band");
    }
    if condition.triage >= Level::Emergency
        && !knowledge.red_flags.iter().any(|flag| flag.suspects.contains(id))
    {
        problems.insert(Problem::NoRedFlag(id.clone()));
    }
    if condition.triage <= Level::Appointment && condition.advice.safety_net.is_empty() {
        problems.insert(Problem::NoSafetyNet(id.clone()));
    }
}

/// Finds conditions that stay far down even when exactly what is frequent with them is found, in everybody they concern.
fn reach(knowledge: &Knowledge, problems: &mut BTreeSet<Problem>) {
    let of = match compile(knowledge) {
        Ok(of) => of,
        Err(error) => {
            problems.insert(Problem::Model(error.to_string()));
            return;
        }
    };
    let model = of.model();
    for (index, condition) in knowledge.conditions.iter().enumerate() {
        let mut evidence = Evidence::new(model);
        for listed in &condition.findings {
            if matches!(
                listed.frequency,
                FrequencyClass::Always | FrequencyClass::VeryOften | FrequencyClass::Often
            ) && let Some(finding) = model.finding(&listed.id)
            {
                evidence.set(finding, State::Present);
            }
        }
        let ages =
            condition.priors.iter().filter_map(|row| row.ages).map(|ages| {
                u32::midpoint(ages.from_months, ages.to_months.unwrap_or(ages.from_months.max(840)))
            });
        let mut persons = Vec::new();
        for age_months in ages.chain([36, 480, 840]) {
            for sex in [Sex::Female, Sex::Male] {
                for pregnant in [false, sex == Sex::Female] {
                    persons.push(Person {
                        age_months: Some(age_months),
                        sex: Some(sex),
                        pregnant: Some(pregnant),
                        month: None,
                    });
                }
            }
        }
        let reached = persons.iter().any(|person| {
            let priors = Priors::of(model, person);
            let posterior = infer(model, &priors, &evidence, &Calibration::default());
            posterior.ranked().iter().take(REACHED_WITHIN).any(|ranked| *ranked == index)
        });
        if !reached {
            problems.insert(Problem::Unreachable {
                id: condition.id.clone(),
                why: "its own frequent findings do not bring it among the first",
            });
        }
    }
}
