//! How far negation, doubt, time and family reach.

use super::compose::{Draft, Item, ItemKind};
use super::lexicon::flag;
use crate::knowledge::{Kind, Knowledge};

/// How many characters without meaning a far negation may pass over, and a near one.
const FAR_REACH: usize = 4;
const NEAR_REACH: usize = 1;

/// What the words so far in this clause do to the next mention.
#[derive(Debug, Clone, Default)]
struct Clause {
    /// How many negations were said, and whether the last one reaches far.
    negations: u32,
    far: bool,
    /// Characters since the last negation or negated mention.
    gap: usize,
    /// A mention was negated, and nothing but a list or nothing stood since.
    carried: bool,
    connected: bool,
    doubt_gap: Option<usize>,
    unknown: bool,
    past: bool,
    /// A relative was named, so many characters ago.
    kin: Option<usize>,
    /// And has something.
    having: bool,
    family: bool,
}

/// Marks the mentions.
pub(super) fn apply(knowledge: &Knowledge, items: &mut [Item]) {
    let mut clause = Clause::default();
    for at in 0..items.len() {
        let Some(item) = items.get(at) else { break };
        let length = item.end - item.start;
        match item.kind.clone() {
            ItemKind::Stop | ItemKind::Comma => clause = Clause::default(),
            ItemKind::Text => clause.pass(length),
            ItemKind::Span(span) => {
                clause.past &= !(span.ago && span.hours < 2000.0);
                clause.end_negation();
            }
            ItemKind::Word(flags) => word(&mut clause, items, at, flags, length),
            ItemKind::Mention(mut draft) => {
                clause.mark(knowledge, &mut draft);
                if let Some(item) = items.get_mut(at) {
                    item.kind = ItemKind::Mention(draft);
                }
            }
        }
    }
    degrees(items);
    durations(items);
}

fn word(clause: &mut Clause, items: &mut [Item], at: usize, flags: u32, length: usize) {
    if flags & flag::NEUTRAL != 0 {
        clause.pass(length);
        return;
    }
    if flags & flag::AFTER != 0 && ends_clause(items, at + 1) && negate_before(items, at) {
        *clause = Clause::default();
        return;
    }
    if flags & flag::UNKNOWN != 0 {
        clause.unknown = true;
        return;
    }
    if flags & flag::PAST != 0 {
        clause.past = !clause_is_ongoing(items, at);
    }
    if flags & flag::NOW != 0 {
        clause.past = false;
    }
    if flags & flag::KIN != 0 {
        clause.kin = Some(0);
    }
    if flags & flag::TELLING != 0 {
        clause.kin = None;
    }
    clause.having |= flags & flag::HAVING != 0 && clause.kin.is_some();
    if flags & flag::LIKELY != 0 {
        clause.doubt_gap = Some(0);
    }
    if flags & (flag::FAR | flag::NEAR) != 0 {
        clause.negate(flags & flag::FAR != 0);
        return;
    }
    if flags & flag::LIST != 0 {
        clause.connected = true;
        return;
    }
    if flags & flag::ENDER != 0 && flags & flag::FILL == 0 {
        clause.end_negation();
        clause.unknown = false;
        return;
    }
    if flags & flag::ENDER != 0 && clause.carried {
        clause.end_negation();
        return;
    }
    let weightless =
        flag::FILL | flag::SEVERE | flag::MILD | flag::ONE_SIDE | flag::BOTH_SIDES | flag::LIKELY;
    if flags & (weightless | flag::PAST | flag::NOW | flag::ONGOING) == 0 {
        clause.pass(length);
    }
}

impl Clause {
    fn pass(&mut self, length: usize) {
        self.gap += length;
        self.connected = false;
        self.doubt_gap = self.doubt_gap.map(|gap| gap + length);
        if let Some(gap) = self.kin {
            self.kin = Some(gap + length);
        }
    }

    fn negate(&mut self, far: bool) {
        // "Not without": two at once undo each other, but "neither hurts nor itches" is twice not.
        let at_once = if far { self.gap <= 1 } else { self.far && self.gap == 0 };
        if self.negations > 0 && !self.carried && at_once {
            self.negations += 1;
        } else {
            self.negations = 1;
        }
        (self.far, self.gap, self.carried, self.connected) = (far, 0, false, false);
    }

    fn end_negation(&mut self) {
        (self.negations, self.carried, self.connected) = (0, false, false);
    }

    fn mark(&mut self, knowledge: &Knowledge, draft: &mut Draft) {
        let reach = if self.far { FAR_REACH } else { NEAR_REACH };
        let reached = if self.carried {
            (self.far && self.connected) || (!self.connected && self.gap == 0)
        } else {
            self.gap <= reach
        };
        if self.negations > 0 && reached {
            draft.negated = self.negations % 2 == 1 && !draft.is_firm;
            (self.carried, self.gap, self.connected) = (true, 0, false);
        } else {
            self.end_negation();
        }
        draft.unknown = self.unknown;
        draft.likely = self.doubt_gap.take().is_some_and(|gap| gap <= FAR_REACH);
        if self.kin.is_some_and(|gap| gap == 0 || (self.having && gap <= FAR_REACH)) {
            self.family = true;
        }
        draft.family = self.family;
        let is_history = |finding: &usize| {
            knowledge.findings.get(*finding).is_some_and(|finding| finding.kind == Kind::History)
        };
        draft.past = self.past && !draft.findings.iter().any(is_history);
    }
}

fn ends_clause(items: &[Item], at: usize) -> bool {
    match items.get(at).map(|item| &item.kind) {
        None | Some(ItemKind::Comma | ItemKind::Stop) => true,
        Some(ItemKind::Word(flags)) => flags & (flag::ENDER | flag::NOW) != 0,
        _ => false,
    }
}

/// Negates the mention before `at` and those listed with it; tells whether there was one.
fn negate_before(items: &mut [Item], at: usize) -> bool {
    let mut any = false;
    for item in items.iter_mut().take(at).rev() {
        match &mut item.kind {
            ItemKind::Mention(draft) => {
                if draft.negated || draft.is_well {
                    return any;
                }
                draft.negated = true;
                any = true;
            }
            ItemKind::Word(flags) if *flags & (flag::LIST | flag::FILL) != 0 => {}
            ItemKind::Text if !any && item.end - item.start <= 1 => {}
            _ => return any,
        }
    }
    any
}

fn clause_is_ongoing(items: &[Item], at: usize) -> bool {
    let same_clause = |item: &&Item| !matches!(item.kind, ItemKind::Comma | ItemKind::Stop);
    let ongoing = |item: &Item| matches!(item.kind, ItemKind::Word(flags) if flags & flag::ONGOING != 0);
    items.iter().skip(at + 1).take_while(same_clause).any(ongoing)
        || items.iter().take(at).rev().take_while(same_clause).any(ongoing)
}

/// Puts degrees to the mentions they stand next to.
fn degrees(items: &mut [Item]) {
    for at in 0..items.len() {
        let Some(ItemKind::Word(flags)) = items.get(at).map(|item| item.kind.clone()) else { continue };
        if flags & (flag::SEVERE | flag::MILD) == 0 {
            continue;
        }
        let is_break = |item: &Item| matches!(item.kind, ItemKind::Comma | ItemKind::Stop);
        let before = items.iter().take(at).rev().take_while(|item| !is_break(item)).take(4);
        let near = before.enumerate().find(|(_, item)| matches!(item.kind, ItemKind::Mention(_)));
        let place = near.map(|(back, _)| at - 1 - back).or_else(|| {
            let after = items.iter().enumerate().skip(at + 1).take_while(|(_, item)| !is_break(item)).take(3);
            after
                .into_iter()
                .find(|(_, item)| matches!(item.kind, ItemKind::Mention(_)))
                .map(|(place, _)| place)
        });
        if let Some(Item { kind: ItemKind::Mention(draft), .. }) =
            place.and_then(|place| items.get_mut(place))
        {
            draft.severe |= flags & flag::SEVERE != 0;
            draft.mild |= flags & flag::MILD != 0;
        }
    }
}

/// Gives each duration to the mentions before it in the sentence that have none, or else to the next one.
fn durations(items: &mut [Item]) {
    for at in 0..items.len() {
        let Some(ItemKind::Span(span)) = items.get(at).map(|item| item.kind.clone()) else { continue };
        if span.age {
            continue;
        }
        let mut given = false;
        let mut commas = 0;
        for item in items.iter_mut().take(at).rev() {
            match &mut item.kind {
                ItemKind::Mention(draft) if draft.hours.is_none() && !draft.negated && !span.ago => {
                    (draft.hours, draft.ago) = (Some(span.hours), span.ago);
                    given = true;
                }
                ItemKind::Mention(_) | ItemKind::Stop | ItemKind::Span(_) => break,
                ItemKind::Comma if given || commas > 0 => break,
                ItemKind::Comma => commas += 1,
                _ => {}
            }
        }
        if given {
            continue;
        }
        for item in items.iter_mut().skip(at + 1) {
            match &mut item.kind {
                ItemKind::Mention(draft) if !draft.negated => {
                    if draft.hours.is_none() {
                        (draft.hours, draft.ago) = (Some(span.hours), span.ago);
                    }
                    given = true;
                }
                ItemKind::Stop | ItemKind::Span(_) => break,
                ItemKind::Comma if given => break,
                _ => {}
            }
        }
    }
}
