//! A case as decision support takes it: what was told wins over the texts and the record.

use super::vocabulary::{self, Vocabulary};
use super::{Guide, translate};
use crate::{Case, State, Vitals};
use decision::knowledge::{self, Knowledge, Measure};
use decision::language::{Mention, Reading};
use decision::{advise, model};
use std::collections::BTreeMap;

/// A case, read and merged.
pub(super) struct Understood {
    /// As decision support takes it.
    pub case: advise::Case,
    /// What the texts say, untouched.
    pub readings: Vec<Reading>,
    /// What the record says.
    pub record: BTreeMap<usize, model::State>,
    /// What was told, by finding; what a measurement answers is left out.
    pub told: BTreeMap<usize, State>,
    /// What was measured.
    pub measured: knowledge::Vitals,
}

pub(super) const MEASURES: [Measure; 7] = [
    Measure::Sbp,
    Measure::Dbp,
    Measure::Pulse,
    Measure::Temperature,
    Measure::Respiration,
    Measure::Spo2,
    Measure::Glucose,
];

impl Guide {
    /// Reads and merges a case.
    pub(super) fn understand(&self, case: &Case) -> Understood {
        let knowledge = self.advisor.knowledge();
        let measured = measured(&case.vitals);
        let told = told(knowledge, case, &measured);
        let readings: Vec<Reading> = case.texts.iter().map(|text| self.advisor.read(text)).collect();
        let weeks = case.pregnant_weeks.map(u32::from);
        let mut merged = advise::Case {
            person: model::Person {
                age_months: case.age_months,
                sex: case.sex.map(translate::sex),
                pregnant: weeks.map(|_| true).or(case.pregnant),
                month: case.month,
            },
            pregnant_weeks: weeks,
            vitals: measured,
            asked: usize::from(case.asked),
            ..advise::Case::default()
        };
        for reading in &readings {
            merged.add(knowledge, &corrected(&self.vocabulary, knowledge, &told, reading));
        }
        let record = self.record(&case.history);
        merged.findings.extend(record.iter().map(|(finding, state)| (*finding, *state)));
        merged.findings.retain(|(finding, state)| {
            !told.contains_key(finding)
                && (*state != model::State::Present || !is_denied(&self.vocabulary, &told, *finding))
        });
        for (finding, state) in &told {
            match state {
                State::Present => merged.findings.push((*finding, model::State::Present)),
                State::Absent => merged.findings.push((*finding, model::State::Absent)),
                State::Unknown => merged.asked_in_vain.push(*finding),
            }
        }
        Understood { case: merged, readings, record, told, measured }
    }

    /// Tells whether a mention counts beside what was told.
    pub(super) fn stands(&self, told: &BTreeMap<usize, State>, reading: &Reading, mention: &Mention) -> bool {
        stands(&self.vocabulary, self.advisor.knowledge(), told, reading, mention)
    }
}

/// Returns a reading without what was told otherwise, and without the lengths that only that had.
fn corrected(
    vocabulary: &Vocabulary,
    knowledge: &Knowledge,
    told: &BTreeMap<usize, State>,
    reading: &Reading,
) -> Reading {
    let (kept, gone): (Vec<_>, Vec<_>) = reading
        .mentions
        .iter()
        .cloned()
        .partition(|mention| stands(vocabulary, knowledge, told, reading, mention));
    let has = |all: &[Mention], hours: f64| all.iter().any(|one| one.hours == Some(hours));
    let mut corrected = reading.clone();
    corrected.lengths.retain(|hours| !has(&gone, *hours) || has(&kept, *hours));
    corrected.mentions = kept;
    for finding in told.iter().filter(|(_, state)| **state != State::Present).map(|(finding, _)| *finding) {
        for (_, of) in vitals(knowledge).filter(|(at, _)| vocabulary.implies(*at, finding)) {
            if of.holds(&reading.vitals) == Some(true) {
                clear(&mut corrected.vitals, of.measure);
            }
        }
    }
    corrected
}

fn stands(
    vocabulary: &Vocabulary,
    knowledge: &Knowledge,
    told: &BTreeMap<usize, State>,
    reading: &Reading,
    mention: &Mention,
) -> bool {
    if mention.state != model::State::Present {
        return !told.contains_key(&mention.finding);
    }
    if told.get(&mention.finding).is_some_and(|state| *state != State::Present) {
        return false;
    }
    if is_denied(vocabulary, told, mention.finding) {
        return false;
    }
    // What follows from a length, a degree or company goes with what it follows from.
    let taken_back = |finding: usize| {
        told.get(&finding).is_some_and(|state| *state != State::Present)
            || is_denied(vocabulary, told, finding)
    };
    let present = |one: &&Mention| one.state == model::State::Present && one.finding != mention.finding;
    let id = knowledge.findings.get(mention.finding).map(|of| of.id.as_str());
    let follows = knowledge.words.derives.iter().filter(|rule| Some(rule.finding.as_str()) == id);
    let mut rules = follows.peekable();
    rules.peek().is_none()
        || rules.any(|rule| {
            let any = rule.from == "*";
            let from = vocabulary::finding(knowledge, &rule.from);
            let with = rule.with.as_deref().and_then(|id| vocabulary::finding(knowledge, id));
            let mut sources = reading.mentions.iter().filter(present).filter(|one| {
                any || (one.span == mention.span
                    && from.is_some_and(|from| vocabulary.implies(one.finding, from)))
            });
            // A text may also name it outright: then nothing of the same place need stand for it.
            let outright = !any && sources.clone().next().is_none();
            (outright || sources.any(|one| !taken_back(one.finding)))
                && with.is_none_or(|with| !taken_back(with))
        })
}

/// Tells whether a broader finding was told to be absent while this one was not told to be present.
fn is_denied(vocabulary: &Vocabulary, told: &BTreeMap<usize, State>, finding: usize) -> bool {
    let mut absent = told.iter().filter(|(_, state)| **state == State::Absent);
    told.get(&finding) != Some(&State::Present)
        && absent.any(|(broader, _)| vocabulary.implies(finding, *broader))
}

/// Returns what was told by finding; of two answers present wins, then absent, so that their order leaves no trace.
fn told(knowledge: &Knowledge, case: &Case, measured: &knowledge::Vitals) -> BTreeMap<usize, State> {
    let weight = |state: State| match state {
        State::Present => 2,
        State::Absent => 1,
        State::Unknown => 0,
    };
    let mut told: BTreeMap<usize, State> = BTreeMap::new();
    for one in &case.told {
        let Some(finding) = vocabulary::finding(knowledge, &one.finding) else { continue };
        let rule = knowledge.findings.get(finding).and_then(|of| of.vital);
        if rule.is_none_or(|rule| rule.holds(measured).is_none()) {
            let state = told.entry(finding).or_default();
            if weight(one.state) > weight(*state) {
                *state = one.state;
            }
        }
    }
    told
}

/// Returns the findings that put a threshold to a measured figure.
pub(super) fn vitals(knowledge: &Knowledge) -> impl Iterator<Item = (usize, knowledge::VitalRule)> {
    knowledge.findings.iter().enumerate().filter_map(|(finding, of)| Some((finding, of.vital?)))
}

fn measured(vitals: &Vitals) -> knowledge::Vitals {
    let whole = |figure: Option<u16>| figure.map(f64::from);
    let tenths = |figure: Option<u16>| figure.map(|figure| f64::from(figure) / 10.0);
    knowledge::Vitals {
        sbp: whole(vitals.sbp),
        dbp: whole(vitals.dbp),
        pulse: whole(vitals.pulse),
        temperature: tenths(vitals.temperature),
        respiration: whole(vitals.respiration),
        spo2: whole(vitals.spo2),
        glucose: tenths(vitals.glucose),
    }
}

fn clear(vitals: &mut knowledge::Vitals, measure: Measure) {
    let place = match measure {
        Measure::Sbp => &mut vitals.sbp,
        Measure::Dbp => &mut vitals.dbp,
        Measure::Pulse => &mut vitals.pulse,
        Measure::Temperature => &mut vitals.temperature,
        Measure::Respiration => &mut vitals.respiration,
        Measure::Spo2 => &mut vitals.spo2,
        Measure::Glucose => &mut vitals.glucose,
    };
    *place = None;
}

impl Understood {
    /// Returns what only the texts say of vital signs.
    pub fn read(&self) -> Vitals {
        let of = |measure: Measure| match self.measured.get(measure) {
            Some(_) => None,
            None => self.case.vitals.get(measure),
        };
        let whole = |measure: Measure| of(measure).map(translate::whole);
        let tenths = |measure: Measure| of(measure).map(|figure| translate::whole(figure * 10.0));
        Vitals {
            sbp: whole(Measure::Sbp),
            dbp: whole(Measure::Dbp),
            pulse: whole(Measure::Pulse),
            temperature: tenths(Measure::Temperature),
            respiration: whole(Measure::Respiration),
            spo2: whole(Measure::Spo2),
            glucose: tenths(Measure::Glucose),
        }
    }

    /// Tells whether the finding can concern the person.
    pub fn concerns(&self, finding: &knowledge::Finding) -> bool {
        finding.concerns(self.case.person.age_months, self.case.person.sex)
    }
}
