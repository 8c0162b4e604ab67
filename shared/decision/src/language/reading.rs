//! What was read.

use super::compose::{Draft, Item, ItemKind};
use super::lexicon::flag;
use super::normal::Normal;
use super::words::Derive;
use crate::knowledge::{Kind, Knowledge, Vitals};
use crate::model::State;
use std::collections::BTreeSet;
use std::ops::Range;

/// How bad it is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Degree {
    /// Nothing was said.
    #[default]
    Unsaid,
    /// A little.
    Mild,
    /// Severe.
    Severe,
}

/// On which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Nothing was said.
    #[default]
    Unsaid,
    /// One.
    One,
    /// Both.
    Both,
}

/// A finding in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The finding, by its index in the knowledge.
    pub finding: usize,
    /// Present or absent; unknown where it is doubted whether, was in the past, or is somebody else's.
    pub state: State,
    /// The bytes of the text it stands on.
    pub span: Range<usize>,
    /// Whether it was said to be likely only.
    pub likely: bool,
    /// Whether it was before this illness.
    pub past: bool,
    /// Whether a relative has it.
    pub family: bool,
    /// How long, in hours.
    pub hours: Option<f64>,
    /// How bad.
    pub degree: Degree,
    /// Which side.
    pub side: Side,
}

/// What was read in a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The findings in the order of the text.
    pub mentions: Vec<Mention>,
    /// How long the text is, in characters.
    pub characters: usize,
    /// Every length of time that was said of this illness, in hours.
    pub lengths: Vec<f64>,
    /// Figures.
    pub vitals: Vitals,
    /// The age in months, if it was said.
    pub age_months: Option<u32>,
    /// Weeks of pregnancy, if they were said.
    pub pregnant_weeks: Option<u32>,
}

impl Reading {
    pub(super) fn take(&mut self, knowledge: &Knowledge, text: &Normal, items: Vec<Item>) {
        for item in items {
            if let ItemKind::Span(span) = item.kind
                && !span.age
            {
                self.lengths.push(span.hours);
            }
            if matches!(item.kind, ItemKind::Word(flags) if flags & flag::TODAY != 0) {
                self.lengths.push(knowledge.words.time.today_hours);
            }
            let ItemKind::Mention(draft) = item.kind else { continue };
            let (from, to) = text.bytes(item.start, item.end);
            for finding in &draft.findings {
                self.mentions.push(mention(*finding, &draft, from..to));
            }
        }
        self.characters = text.chars.len();
        // How long somebody has had a disease of the record, or had something before, is not how long this lasts.
        let is_record = |one: &Mention| {
            one.past || knowledge.findings.get(one.finding).is_some_and(|of| of.kind == Kind::History)
        };
        let of_record: Vec<f64> =
            self.mentions.iter().filter(|one| is_record(one)).filter_map(|one| one.hours).collect();
        self.lengths.retain(|hours| !of_record.contains(hours));
        self.derive(knowledge);
    }

    /// Adds what follows from length, degree and company.
    fn derive(&mut self, knowledge: &Knowledge) {
        let mut further = Vec::new();
        for rule in &knowledge.words.derives {
            let Some(to) = knowledge.place(&rule.finding) else { continue };
            if rule.from == "*" {
                further.extend(self.of_any_length(rule, to));
                continue;
            }
            let Some(from) = knowledge.place(&rule.from) else { continue };
            let with = rule.with.as_ref().map(|id| knowledge.place(id));
            let company = with.is_none_or(|with| {
                self.mentions.iter().any(|one| Some(one.finding) == with && one.state == State::Present)
            });
            let fits = self.mentions.iter().find(|one| {
                let of = implies(knowledge, one.finding, from) && one.state == State::Present;
                let from_fits = rule.hours_from.is_none_or(|hours| one.hours.is_some_and(|is| is >= hours));
                let to_fits = rule.hours_to.is_none_or(|hours| one.hours.is_some_and(|is| is <= hours));
                of && from_fits && to_fits && (!rule.severe || one.degree == Degree::Severe)
            });
            if let Some(one) = fits.filter(|_| company) {
                further.push(Mention { finding: to, ..one.clone() });
            }
        }
        self.mentions.extend(further);
    }

    /// Returns each finding that is present or absent, by index; present wins.
    #[must_use]
    pub fn states(&self) -> Vec<(usize, State)> {
        let of = |state: State| -> BTreeSet<usize> {
            self.mentions.iter().filter(|one| one.state == state).map(|one| one.finding).collect()
        };
        let (present, absent) = (of(State::Present), of(State::Absent));
        let mut states: Vec<(usize, State)> = present.iter().map(|one| (*one, State::Present)).collect();
        states.extend(absent.difference(&present).map(|one| (*one, State::Absent)));
        states.sort_by_key(|(finding, _)| *finding);
        states
    }

    /// Returns how long this illness lasts, in hours: the longest that was said, and others of half a day or more.
    #[must_use]
    pub fn durations(&self) -> Vec<f64> {
        let mut hours = self.lengths.clone();
        hours.sort_by(f64::total_cmp);
        hours.dedup();
        let longest = hours.last().copied();
        hours.retain(|one| *one >= SHORTEST || Some(*one) == longest);
        hours
    }

    /// A finding for any illness of that length, on the first mention that has it.
    fn of_any_length(&self, rule: &Derive, finding: usize) -> Option<Mention> {
        let fits = |hours: &&f64| {
            rule.hours_from.is_none_or(|from| **hours >= from) && rule.hours_to.is_none_or(|to| **hours <= to)
        };
        let hours = self.lengths.iter().find(fits)?;
        let first = self.mentions.iter().find(|one| one.state == State::Present)?;
        Some(Mention { finding, hours: Some(*hours), ..first.clone() })
    }
}

/// Shorter lengths, in hours, are those of single attacks where a longer one was said.
const SHORTEST: f64 = 12.0;

fn mention(finding: usize, draft: &Draft, span: Range<usize>) -> Mention {
    let elsewhere = draft.unknown || draft.past || draft.family;
    let state = match (elsewhere, draft.negated || draft.is_well) {
        (true, _) => State::Unknown,
        (false, true) => State::Absent,
        (false, false) => State::Present,
    };
    let degree = match (draft.severe, draft.mild) {
        (true, _) => Degree::Severe,
        (false, true) => Degree::Mild,
        _ => Degree::Unsaid,
    };
    let side = match (draft.both_sides, draft.one_side) {
        (true, _) => Side::Both,
        (false, true) => Side::One,
        _ => Side::Unsaid,
    };
    Mention {
        finding,
        state,
        span,
        likely: draft.likely,
        past: draft.past,
        family: draft.family,
        hours: draft.hours,
        degree,
        side,
    }
}

/// Tells whether a finding is or implies another.
fn implies(knowledge: &Knowledge, finding: usize, broader: usize) -> bool {
    if finding == broader {
        return true;
    }
    let (Some(of), Some(to)) = (knowledge.findings.get(finding), knowledge.findings.get(broader)) else {
        return false;
    };
    of.is_a.iter().any(|id| {
        *id == to.id
            || knowledge.place(id).is_some_and(|place| place != finding && implies(knowledge, place, broader))
    })
}
