//! Which findings count, by which row, and how much.

use super::evidence::Evidence;
use crate::model::{Model, State, tables::Row};

/// A finding that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Counted {
    pub finding: usize,
    pub row: Row,
    /// 1, or less in a group of which more is known.
    pub weight: f64,
}

/// Buffers, empty between two uses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Room {
    /// By finding: what is known of it beside what was set.
    marks: Vec<u8>,
    /// The findings with a mark.
    marked: Vec<usize>,
    /// What was set.
    known: Vec<(usize, State)>,
    in_group: Vec<u32>,
}

/// It is present, as set or as implied by a narrower one.
const PRESENT: u8 = 1;
/// A present finding tells it that is counted with another.
const TOLD: u8 = 2;
/// It is present and counts itself.
const COUNTS: u8 = 4;

impl Room {
    fn mark(&mut self, finding: usize, mark: u8) {
        if let Some(of) = self.marks.get_mut(finding) {
            if *of == 0 {
                self.marked.push(finding);
            }
            *of |= mark;
        }
    }

    fn has(&self, finding: usize, mark: u8) -> bool {
        self.marks.get(finding).is_some_and(|of| of & mark != 0)
    }

    fn clear(&mut self, findings: usize, groups: usize) {
        for finding in self.marked.drain(..) {
            if let Some(of) = self.marks.get_mut(finding) {
                *of = 0;
            }
        }
        self.marks.resize(findings, 0);
        self.in_group.clear();
        self.in_group.resize(groups, 0);
    }
}

/// Collects what counts in the order of the findings. Only what is known is looked at, not the whole vocabulary.
///
/// A present finding counts given the broader one it is counted with (the first it implies), which then counts too.
/// Other broader findings are told by it already and do not count again. An absent finding counts only where nothing
/// broader is absent.
pub(crate) fn collect(model: &Model, evidence: &Evidence, room: &mut Room, counted: &mut Vec<Counted>) {
    room.clear(model.findings().len(), model.groups().len());
    counted.clear();
    let mut known = std::mem::take(&mut room.known);
    known.clear();
    known.extend(evidence.known());
    let broader = |finding: usize| model.findings().get(finding).map_or(&[][..], |of| of.is_a.as_slice());
    for (finding, _) in known.iter().filter(|(_, state)| *state == State::Present) {
        room.mark(*finding, PRESENT);
        model.ancestors(*finding).iter().for_each(|of| room.mark(*of, PRESENT));
    }
    for at in 0..room.marked.len() {
        let present = room.marked.get(at).copied().unwrap_or_default();
        broader(present).iter().skip(1).for_each(|of| room.mark(*of, TOLD));
    }
    for (finding, state) in known.iter().copied() {
        if state == State::Present && !room.has(finding, TOLD) {
            let mut at = Some(finding);
            while let Some(counts) = at.filter(|at| !room.has(*at, COUNTS)) {
                room.mark(counts, COUNTS);
                at = broader(counts).first().copied();
            }
        }
    }
    let first_is_present = |finding: usize| broader(finding).first().is_some_and(|of| room.has(*of, PRESENT));
    for finding in room.marked.iter().copied().filter(|finding| room.has(*finding, COUNTS)) {
        let row = if first_is_present(finding) { Row::PresentGivenBroader } else { Row::Present };
        counted.push(Counted { finding, row, weight: 1.0 });
    }
    let is_absent = |finding: usize| evidence.state(finding) == State::Absent && !room.has(finding, PRESENT);
    for finding in known.iter().map(|(finding, _)| *finding).filter(|finding| is_absent(*finding)) {
        if !model.ancestors(finding).iter().any(|of| is_absent(*of)) {
            let row = if first_is_present(finding) { Row::AbsentGivenBroader } else { Row::Absent };
            counted.push(Counted { finding, row, weight: 1.0 });
        }
    }
    counted.sort_unstable_by_key(|one| one.finding);
    room.known = known;
    if model.groups().is_empty() {
        return;
    }
    for one in counted.iter() {
        if let Some(known) = model.group_of(one.finding).and_then(|group| room.in_group.get_mut(group)) {
            *known += 1;
        }
    }
    for one in counted.iter_mut() {
        let group = model.group_of(one.finding);
        let known = group.and_then(|group| room.in_group.get(group));
        if let Some((known, group)) = known.zip(group.and_then(|group| model.groups().get(group))) {
            one.weight = 1.0 / (1.0 + group.correlation * (f64::from(*known) - 1.0));
        }
    }
}
