//! What was understood, for people to correct.

use super::case::{MEASURES, Understood, vitals};
use super::{Guide, translate};
use crate::{Chip, State, Voice};
use decision::knowledge::{Comparison, Measure, VitalRule};
use decision::language::Mention;
use decision::model;
use std::collections::BTreeSet;
use std::ops::Range;

/// A chip on its way: what it says and where in which text.
struct Draft {
    finding: usize,
    state: State,
    voice: Voice,
    hours: Option<u32>,
    place: Option<(usize, Range<usize>)>,
}

impl Guide {
    /// Returns what was understood: in the order of the texts, then what was told, measured and of the record.
    pub(super) fn chips(&self, texts: &[String], understood: &Understood) -> Vec<Chip> {
        let mut drafts = self.read_chips(understood);
        let mut seen: BTreeSet<usize> = drafts.iter().map(|draft| draft.finding).collect();
        let mut add = |finding: usize, state: State, voice: Voice| {
            if seen.insert(finding) {
                drafts.push(Draft { finding, state, voice, hours: None, place: None });
            }
        };
        for (finding, state) in &understood.told {
            add(*finding, *state, Voice::Told);
        }
        for (finding, rule) in self.beyond(understood) {
            let is_measured = understood.measured.get(rule.measure).is_some();
            add(finding, State::Present, if is_measured { Voice::Measured } else { Voice::Text });
        }
        for (finding, _) in understood.record.iter().filter(|(_, state)| **state == model::State::Present) {
            add(*finding, State::Present, Voice::Record);
        }
        drafts.into_iter().filter_map(|draft| self.chip(texts, understood, draft)).collect()
    }

    /// Returns one chip for each finding of the texts, where it stands first.
    fn read_chips(&self, understood: &Understood) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        for (text, reading) in understood.readings.iter().enumerate() {
            let mut mentions: Vec<&Mention> = reading.mentions.iter().filter(|one| !one.family).collect();
            mentions.sort_by_key(|one| one.span.start);
            for mention in mentions {
                let told = understood.told.get(&mention.finding).copied();
                if told.is_none() && !self.stands(&understood.told, reading, mention) {
                    continue;
                }
                let draft = Draft {
                    finding: mention.finding,
                    state: told.unwrap_or_else(|| translate::state(mention.state)),
                    voice: if told.is_some() { Voice::Told } else { Voice::Text },
                    hours: mention.hours.map(|hours| hours.round().clamp(0.0, f64::from(u32::MAX)) as u32),
                    place: Some((text, mention.span.clone())),
                };
                match drafts.iter_mut().find(|known| known.finding == draft.finding) {
                    None => drafts.push(draft),
                    // Present wins over absent, and both over doubt.
                    Some(known) if weight(draft.state) > weight(known.state) => *known = draft,
                    Some(known) => known.hours = known.hours.max(draft.hours),
                }
            }
        }
        let implied: BTreeSet<usize> =
            drafts.iter().filter(|one| self.is_implied(one, &drafts)).map(|one| one.finding).collect();
        drafts.retain(|draft| !implied.contains(&draft.finding));
        drafts
    }

    /// Tells whether a chip only repeats what another says more exactly about the same words.
    fn is_implied(&self, draft: &Draft, all: &[Draft]) -> bool {
        let implies = |from: usize, to: usize| from != to && self.vocabulary.implies(from, to);
        draft.voice == Voice::Text
            && all.iter().filter(|other| other.state == draft.state && overlap(draft, other)).any(|other| {
                match draft.state {
                    State::Present => implies(other.finding, draft.finding),
                    State::Absent => implies(draft.finding, other.finding),
                    State::Unknown => false,
                }
            })
    }

    /// Returns for each figure the outermost threshold it is beyond, upwards and downwards.
    fn beyond(&self, understood: &Understood) -> Vec<(usize, VitalRule)> {
        let knowledge = self.advisor.knowledge();
        let of_person: Vec<(usize, VitalRule)> = vitals(knowledge)
            .filter(|(finding, rule)| {
                let of = knowledge.findings.get(*finding);
                rule.holds(&understood.case.vitals) == Some(true)
                    && of.is_some_and(|of| understood.concerns(of))
                    && !understood.told.contains_key(finding)
            })
            .collect();
        let outermost = |measure: Measure, up: bool| {
            let of = of_person.iter().filter(|(_, rule)| rule.measure == measure && is_up(rule) == up);
            of.copied().reduce(|one, other| {
                let further = if up { other.1.value > one.1.value } else { other.1.value < one.1.value };
                if further { other } else { one }
            })
        };
        MEASURES
            .into_iter()
            .flat_map(|measure| [outermost(measure, true), outermost(measure, false)])
            .flatten()
            .collect()
    }

    fn chip(&self, texts: &[String], understood: &Understood, draft: Draft) -> Option<Chip> {
        let finding = self.advisor.knowledge().findings.get(draft.finding)?;
        let words = draft.place.and_then(|(text, span)| texts.get(text)?.get(span));
        understood.concerns(finding).then(|| Chip {
            finding: finding.id.clone(),
            name: finding.name.clone(),
            state: draft.state,
            voice: draft.voice,
            hours: draft.hours,
            words: words.unwrap_or_default().to_owned(),
        })
    }
}

fn is_up(rule: &VitalRule) -> bool {
    matches!(rule.comparison, Comparison::AtLeast | Comparison::Above)
}

fn weight(state: State) -> u8 {
    match state {
        State::Present => 2,
        State::Absent => 1,
        State::Unknown => 0,
    }
}

fn overlap(one: &Draft, other: &Draft) -> bool {
    match (&one.place, &other.place) {
        (Some((text, span)), Some((other_text, other))) => {
            text == other_text && span.start < other.end && other.start < span.end
        }
        _ => false,
    }
}
