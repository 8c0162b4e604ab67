//! Which findings count, by which row, and how much.

use super::evidence::{Evidence, imply};
use crate::model::{Model, State, tables::Row};

/// A finding that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Counted {
    pub finding: usize,
    pub row: Row,
    /// 1, or less in a group of which more is known.
    pub weight: f64,
}

/// Buffers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Room {
    states: Vec<State>,
    /// Present findings that count themselves.
    present: Vec<bool>,
    in_group: Vec<u32>,
}

/// Collects what counts in the order of the findings.
///
/// A present finding counts given the broader one it is counted with (the first it implies), which then counts too.
/// Other broader findings are told by it already and do not count again. An absent finding counts only where nothing
/// broader is absent.
pub(crate) fn collect(model: &Model, evidence: &Evidence, room: &mut Room, counted: &mut Vec<Counted>) {
    let Room { states, present, in_group } = room;
    states.clear();
    states.extend_from_slice(evidence.states());
    imply(model, states);
    mark_present(model, evidence, states, present);
    in_group.clear();
    in_group.resize(model.groups().len(), 0);
    counted.clear();
    let state_of = |finding: usize| states.get(finding).copied().unwrap_or_default();
    for (finding, of) in model.findings().iter().enumerate() {
        let first_is_present = of.is_a.first().is_some_and(|broader| state_of(*broader) == State::Present);
        let row = match (state_of(finding), first_is_present) {
            (State::Unknown, _) => continue,
            (State::Present, _) if !present.get(finding).copied().unwrap_or_default() => continue,
            (State::Present, true) => Row::PresentGivenBroader,
            (State::Present, false) => Row::Present,
            (State::Absent, _) if of.is_a.iter().any(|broader| state_of(*broader) == State::Absent) => {
                continue;
            }
            (State::Absent, true) => Row::AbsentGivenBroader,
            (State::Absent, false) => Row::Absent,
        };
        if let Some(known) = model.group_of(finding).and_then(|group| in_group.get_mut(group)) {
            *known += 1;
        }
        counted.push(Counted { finding, row, weight: 1.0 });
    }
    for one in counted.iter_mut() {
        let group = model.group_of(one.finding);
        let known = group.and_then(|group| in_group.get(group));
        if let Some((known, group)) = known.zip(group.and_then(|group| model.groups().get(group))) {
            one.weight = 1.0 / (1.0 + group.correlation * (f64::from(*known) - 1.0));
        }
    }
}

fn mark_present(model: &Model, evidence: &Evidence, states: &[State], present: &mut Vec<bool>) {
    present.clear();
    // Told by a present finding that is counted with another.
    present.extend(evidence.states().iter().map(|state| *state == State::Present));
    for narrower in model.broad_first().iter().rev() {
        if states.get(*narrower) == Some(&State::Present) {
            let broader = model.findings().get(*narrower).map(|finding| finding.is_a.as_slice());
            for told in broader.unwrap_or_default().iter().skip(1) {
                if let Some(present) = present.get_mut(*told) {
                    *present = false;
                }
            }
        }
    }
    for narrower in model.broad_first().iter().rev() {
        if present.get(*narrower) == Some(&true) {
            let first = model.findings().get(*narrower).and_then(|finding| finding.is_a.first());
            if let Some(present) = first.and_then(|broader| present.get_mut(*broader)) {
                *present = true;
            }
        }
    }
}
