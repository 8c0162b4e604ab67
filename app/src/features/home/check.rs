//! A resident asks at home: where it hurts, one question at a time, and how soon somebody must see it. Pure.
//!
//! It names no disease and calms nobody whom a red flag concerns or who was not understood.

use guide::{Advice, Case, Level, Question, State, Told, Verdict, Voice};

mod page;
mod result;

pub use page::CheckPage;

/// At most so many questions are asked.
pub const MOST: usize = 8;
/// From this level on no question is worth the wait.
const URGENT: Level = Level::Emergency;

/// Where the person is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// Saying what hurts.
    #[default]
    Words,
    /// Answering.
    Questions,
    /// Done with answering.
    Result,
}

/// What the person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Typed.
    Text(String),
    /// Tapped an everyday word, or took it back.
    Tap(String),
    /// Goes on to the questions.
    Go,
    /// Answered for a finding.
    Answer(String, State),
    /// A finding that somebody alone at home cannot look for.
    Skip(String),
    /// Wants to know now.
    Leave,
    /// One step back: the answer before is taken back.
    Back,
    /// Begins anew.
    Again,
}

/// What was said so far; it lives as long as the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// What was typed.
    pub text: String,
    /// Findings whose everyday words were tapped.
    pub tapped: Vec<String>,
    /// What was answered, in the order of the questions.
    pub answered: Vec<Told>,
    /// What was not asked, since one has to look or measure.
    pub skipped: Vec<String>,
    /// Where the person is.
    pub step: Step,
}

impl Check {
    /// Takes an event.
    pub fn update(&mut self, event: Event) {
        match event {
            Event::Text(text) => self.text = text,
            Event::Tap(finding) => match self.tapped.iter().position(|known| *known == finding) {
                Some(place) => drop(self.tapped.remove(place)),
                None => self.tapped.push(finding),
            },
            Event::Go => self.step = Step::Questions,
            Event::Answer(finding, state) => {
                match self.answered.iter_mut().find(|one| one.finding == finding) {
                    Some(known) => known.state = state,
                    None => self.answered.push(Told { finding, state }),
                }
            }
            Event::Skip(finding) => {
                if !self.skipped.contains(&finding) {
                    self.skipped.push(finding);
                }
            }
            Event::Leave => self.step = Step::Result,
            Event::Back => {
                self.skipped.clear();
                if self.answered.pop().is_none() {
                    self.step = Step::Words;
                }
            }
            Event::Again => *self = Self::default(),
        }
    }

    /// Tells whether something was typed or tapped.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        !self.text.trim().is_empty() || !self.tapped.is_empty()
    }

    /// Returns the case of `person` who said this.
    #[must_use]
    pub fn case(&self, person: Case) -> Case {
        let told = |finding: &String, state| Told { finding: finding.clone(), state };
        let tapped = self.tapped.iter().map(|finding| told(finding, State::Present));
        let skipped = self.skipped.iter().map(|finding| told(finding, State::Unknown));
        let text = self.text.trim();
        Case {
            texts: Some(text.to_owned()).filter(|text| !text.is_empty()).into_iter().collect(),
            told: tapped.chain(self.answered.iter().cloned()).chain(skipped).collect(),
            asked: u16::try_from(self.answered.len()).unwrap_or(u16::MAX),
            ..person
        }
    }
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A question to ask.
    Ask(Question),
    /// A finding to pass over.
    Skip(String),
    /// The end.
    End(Outcome),
}

/// Returns what comes next by the advice on exactly this check.
#[must_use]
pub fn next(check: &Check, advice: &Advice) -> Next {
    let urgent = advice.red_flags.iter().any(|flag| flag.level >= URGENT);
    let over = check.step == Step::Result || check.answered.len() >= MOST || urgent || !is_understood(advice);
    match &advice.question {
        Some(question) if !over && question.look => Next::Skip(question.finding.clone()),
        Some(question) if !over => Next::Ask(question.clone()),
        _ => Next::End(outcome(advice)),
    }
}

/// Why it is so urgent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// Nothing of it was understood.
    NotUnderstood,
    /// Danger signs, by the names of the findings.
    Danger(Vec<String>),
    /// What it may be is serious enough.
    Serious,
    /// Too little speaks for anything to say that it can wait.
    CannotTell,
    /// What it most likely is.
    Likely,
}

/// How soon somebody must see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How soon.
    pub level: Level,
    /// Why.
    pub because: Because,
    /// The condition whose safety net is told to somebody who waits.
    pub safety_net: Option<String>,
}

/// Returns the outcome: never below what a red flag asks for, never at home where nothing was understood or nothing is
/// likely.
#[must_use]
pub fn outcome(advice: &Advice) -> Outcome {
    let flagged = advice.red_flags.iter().map(|flag| flag.level).max();
    let (because, least) = match flagged {
        Some(level) => (Because::Danger(dangers(advice)), level.max(Level::Day)),
        None if !is_understood(advice) => (Because::NotUnderstood, Level::Day),
        None if advice.level >= Level::Day => (Because::Serious, advice.level),
        None if advice.verdict == Verdict::CannotTell => (Because::CannotTell, Level::Appointment),
        None => (Because::Likely, Level::SelfCare),
    };
    let level = advice.level.max(least);
    let waits = level <= Level::Appointment;
    let likeliest = advice.causes.first().map(|cause| cause.id.clone());
    Outcome { level, because, safety_net: likeliest.filter(|_| waits) }
}

/// Returns the names of the findings that red flags fired on; what another says more exactly is left out.
fn dangers(advice: &Advice) -> Vec<String> {
    let all = || advice.red_flags.iter().flat_map(|flag| &flag.findings);
    let mut names: Vec<String> = Vec::new();
    for name in all() {
        let is_said = all().any(|other| other != name && other.contains(name.as_str()));
        if !is_said && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Reads everyday words as the locale lists them: `finding=word`, set apart by bars.
#[must_use]
pub fn everyday(list: &str) -> Vec<(String, String)> {
    let words = list.split('|').filter_map(|one| one.split_once('='));
    words.map(|(finding, word)| (finding.trim().to_owned(), word.trim().to_owned())).collect()
}

/// Tells whether anything that somebody says or feels was understood; the record alone is no complaint.
fn is_understood(advice: &Advice) -> bool {
    advice.chips.iter().any(|chip| chip.state == State::Present && chip.voice != Voice::Record)
}

#[cfg(test)]
mod tests;
