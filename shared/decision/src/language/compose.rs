//! Parts and complaints put together, and everything else as it stands.

mod together;

use super::lexicon::{Lexicon, flag};
use super::normal::Normal;
use super::number::Span;
use super::tokens::{Kind, Token};

/// A mention in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub findings: Vec<usize>,
    /// It says that they are absent.
    pub is_well: bool,
    pub one_side: bool,
    pub both_sides: bool,
    pub severe: bool,
    pub mild: bool,
    /// Its own words negate ("does not come out"): a negation before says nothing new.
    pub is_firm: bool,
    pub negated: bool,
    pub unknown: bool,
    pub likely: bool,
    pub past: bool,
    pub family: bool,
    pub hours: Option<f64>,
    /// The hours were "ago".
    pub ago: bool,
}

#[derive(Debug, Clone)]
pub(super) enum ItemKind {
    Mention(Draft),
    /// A working word by its flags.
    Word(u32),
    Span(Span),
    Text,
    Comma,
    Stop,
}

#[derive(Debug, Clone)]
pub(super) struct Item {
    pub start: usize,
    pub end: usize,
    pub kind: ItemKind,
}

/// How many characters without meaning may stand between a part and its complaint.
const WIDEST_GAP: usize = 4;

pub(super) fn compose(lexicon: &Lexicon, text: &Normal, tokens: &[Token]) -> Vec<Item> {
    let mut of = Composer { lexicon, text, tokens, items: Vec::new(), part: None, after_mention: false };
    let mut at = 0;
    while at < tokens.len() {
        at = of.step(at);
    }
    of.together();
    of.items
}

struct Composer<'a> {
    lexicon: &'a Lexicon,
    text: &'a Normal,
    tokens: &'a [Token],
    items: Vec<Item>,
    /// The part spoken of in this sentence.
    part: Option<usize>,
    /// Nothing but lists and fill stood since the last mention.
    after_mention: bool,
}

impl Composer<'_> {
    fn push(&mut self, start: usize, end: usize, kind: ItemKind) {
        self.items.push(Item { start, end, kind });
    }

    /// Takes the token at `at` and returns the place of the next.
    fn step(&mut self, at: usize) -> usize {
        let Some(token) = self.tokens.get(at) else { return at + 1 };
        let Token { start, end, kind } = *token;
        match kind {
            Kind::Comma => self.push(start, end, ItemKind::Comma),
            Kind::Stop => {
                self.part = None;
                self.push(start, end, ItemKind::Stop);
            }
            Kind::Text(_) => {
                self.after_mention = false;
                self.push(start, end, ItemKind::Text);
            }
            Kind::Quantity(super::number::Quantity::Span(span)) => {
                // Weeks of pregnancy are no duration of an illness.
                let weeks = (1..=2)
                    .filter_map(|back| at.checked_sub(back))
                    .any(|at| self.flags(at) & flag::PREGNANCY != 0);
                self.push(start, end, if weeks && !span.ago { ItemKind::Text } else { ItemKind::Span(span) });
            }
            Kind::Quantity(_) => self.push(start, end, ItemKind::Text),
            Kind::Word(roles) => return self.word(at, start, end, roles),
        }
        at + 1
    }

    fn word(&mut self, at: usize, start: usize, end: usize, roles: usize) -> usize {
        let of = self.lexicon.roles(roles);
        if !of.wells.is_empty() {
            let findings =
                of.wells.iter().filter_map(|well| self.lexicon.wells.get(*well)).flatten().copied();
            let draft = Draft { findings: findings.collect(), is_well: true, ..Draft::default() };
            self.push(start, end, ItemKind::Mention(draft));
            return at + 1;
        }
        if !of.findings.is_empty() {
            let (one_side, both_sides) = self.side_before(at);
            let (severe, mild) = self.fill_inside(start, end);
            let mut findings = of.findings.clone();
            // "Red and swollen" says more of the part spoken of.
            let of_part =
                self.part.and_then(|part| self.lexicon.meaning(Some(part), &of.complaints, one_side));
            findings.extend(
                of_part.filter(|row| !row.parts.is_empty()).into_iter().flat_map(|row| row.findings.clone()),
            );
            let draft = Draft { findings, one_side, both_sides, severe, mild, ..Draft::default() };
            self.part = self.part_at(start, end).or(self.part);
            self.after_mention = true;
            self.push(start, end, ItemKind::Mention(draft));
            // "Both eyes" is a finding and a part.
            let next = if of.parts.is_empty() { None } else { self.part_and_complaint(at) };
            return next.unwrap_or(at + 1);
        }
        if !of.parts.is_empty()
            && let Some(next) = self.part_and_complaint(at)
        {
            return next;
        }
        if !of.complaints.is_empty() && self.complaint_alone(at, &of.complaints) {
            return at + 1;
        }
        if of.parts.is_empty() && of.flags & (flag::FILL | flag::LIST) == 0 {
            self.after_mention = false;
        }
        self.push(start, end, if of.flags == 0 { ItemKind::Text } else { ItemKind::Word(of.flags) });
        at + 1
    }

    /// Keeps what fill words inside a term say themselves ("suddenly"), and tells whether it is severe or mild.
    fn fill_inside(&mut self, start: usize, end: usize) -> (bool, bool) {
        let (mut severe, mut mild) = (false, false);
        for at in start..end {
            let inside = |found: &super::lexicon::Found| found.end <= end && (at > start || found.end < end);
            for found in self.lexicon.words_at(self.text, at).into_iter().filter(inside) {
                let of = self.lexicon.roles(found.roles);
                severe |= of.flags & flag::SEVERE != 0;
                mild |= of.flags & flag::MILD != 0;
                if at > start && found.end < end && !of.findings.is_empty() && of.flags & flag::FILL != 0 {
                    let findings = of.findings.clone();
                    self.push(at, found.end, ItemKind::Mention(Draft { findings, ..Draft::default() }));
                }
            }
        }
        (severe, mild)
    }

    /// In "head, chest and bellyache" the last term is one word: returns its complaint for the parts before.
    fn complaint_inside(&self, start: usize, end: usize) -> Vec<usize> {
        let inside = (start + 1..end).find_map(|at| {
            let found = self.lexicon.longest(self.text, at).filter(|found| found.end == end)?;
            let of = self.lexicon.roles(found.roles);
            (!of.complaints.is_empty()).then(|| of.complaints.clone())
        });
        inside.unwrap_or_default()
    }

    /// Returns the part whose word a term begins with.
    fn part_at(&self, start: usize, end: usize) -> Option<usize> {
        (start + 1..end).rev().find_map(|stop| {
            let piece = self.text.piece(start, stop);
            let found = self.lexicon.longest(&piece, 0).filter(|found| found.end == stop - start)?;
            self.lexicon.roles(found.roles).parts.first().copied()
        })
    }

    fn flags(&self, at: usize) -> u32 {
        match self.tokens.get(at).map(|token| token.kind) {
            Some(Kind::Word(roles)) => self.lexicon.roles(roles).flags,
            _ => 0,
        }
    }

    fn is_part(&self, at: usize) -> bool {
        matches!(self.tokens.get(at).map(|token| token.kind),
            Some(Kind::Word(roles)) if !self.lexicon.roles(roles).parts.is_empty())
    }

    fn side_before(&self, at: usize) -> (bool, bool) {
        let near = (1..=2).filter_map(|back| at.checked_sub(back)).map(|at| self.flags(at));
        let flags = near.fold(0, |sum, flags| sum | flags);
        (flags & flag::ONE_SIDE != 0, flags & flag::BOTH_SIDES != 0)
    }

    /// Looks for what is wrong with the part at `at`; returns the place behind it if something is.
    fn part_and_complaint(&mut self, at: usize) -> Option<usize> {
        let start = self.tokens.get(at)?.start;
        let (mut one_side, mut both_sides) = self.side_before(at);
        let mut parts: Vec<usize> = Vec::new();
        let (mut gap, mut listed, mut negated, mut severe, mut mild) = (0, true, 0, false, false);
        let mut between = Vec::new();
        let mut since_negated = 0;
        let mut next = at;
        loop {
            let token = self.tokens.get(next)?;
            match token.kind {
                Kind::Comma | Kind::Stop => return None,
                Kind::Text(_) => gap += token.end - token.start,
                Kind::Quantity(_) => {}
                Kind::Word(roles) => {
                    let of = self.lexicon.roles(roles);
                    let is_part_too = !of.parts.is_empty();
                    if listed && !parts.is_empty() && !of.findings.is_empty() {
                        let complaints = self.complaint_inside(token.start, token.end);
                        if parts
                            .iter()
                            .any(|part| self.lexicon.meaning(Some(*part), &complaints, one_side).is_some())
                        {
                            return Some(self.listed_parts(start, next, &parts, &complaints, negated));
                        }
                    }
                    if !of.wells.is_empty()
                        || (!of.findings.is_empty() && of.flags & flag::FILL == 0 && !is_part_too)
                    {
                        return None;
                    }
                    // "Suddenly" says something itself and may stand in between.
                    if !of.findings.is_empty() && !is_part_too {
                        between.push((token.start, token.end, of.findings.clone()));
                    }
                    if next > at
                        && !of.complaints.is_empty()
                        && self.fits(&parts, &of.complaints, one_side, gap)
                    {
                        break;
                    }
                    if let Some(part) = of.parts.first() {
                        if !listed && of.flags & flag::FILL == 0 {
                            parts.clear();
                        }
                        if parts.is_empty() || of.flags & flag::FILL == 0 {
                            parts.push(*part);
                        }
                        (listed, gap) = (false, 0);
                    } else if of.flags & (flag::FAR | flag::NEAR) != 0 {
                        negated = of.flags & (flag::FAR | flag::NEAR);
                        since_negated = gap;
                    } else if of.flags & flag::LIST != 0 {
                        listed = true;
                    } else if of.flags & flag::ENDER != 0 && of.flags & flag::FILL == 0 {
                        return None;
                    } else if of.flags == 0 || of.flags & flag::NEUTRAL != 0 {
                        gap += token.end - token.start;
                    }
                    one_side |= of.flags & flag::ONE_SIDE != 0;
                    both_sides |= of.flags & flag::BOTH_SIDES != 0;
                    severe |= of.flags & flag::SEVERE != 0;
                    mild |= of.flags & flag::MILD != 0;
                }
            }
            if gap > WIDEST_GAP {
                return None;
            }
            next += 1;
        }
        for (start, end, findings) in between {
            self.push(start, end, ItemKind::Mention(Draft { findings, ..Draft::default() }));
        }
        // Only what stands right before the complaint negates it: not "trembles when it does not move".
        if negated != 0 && gap <= since_negated + 1 {
            self.push(start, start, ItemKind::Word(negated));
        }
        let shape = Draft { one_side: one_side && !both_sides, both_sides, severe, mild, ..Draft::default() };
        self.part = parts.last().copied();
        Some(self.complaints(start, next, &parts, &shape))
    }

    /// Gives the parts before a term the term's complaint; the term itself is taken next.
    fn listed_parts(
        &mut self,
        start: usize,
        next: usize,
        parts: &[usize],
        complaints: &[usize],
        negated: u32,
    ) -> usize {
        let end = self.tokens.get(next).map_or(start, |token| token.start);
        if negated != 0 {
            self.push(start, start, ItemKind::Word(negated));
        }
        for part in parts {
            if let Some(row) = self.lexicon.meaning(Some(*part), complaints, false) {
                let findings = row.findings.clone();
                self.push(start, end, ItemKind::Mention(Draft { findings, ..Draft::default() }));
            }
        }
        self.push(end, end, ItemKind::Word(flag::LIST));
        next
    }

    fn fits(&self, parts: &[usize], complaints: &[usize], one_side: bool, gap: usize) -> bool {
        parts.iter().any(|part| {
            self.lexicon
                .meaning(Some(*part), complaints, one_side)
                .is_some_and(|row| !row.parts.is_empty() || gap <= 2)
        })
    }

    /// Takes the complaints from `at` on for each of the parts and returns the place behind them.
    fn complaints(&mut self, mut start: usize, at: usize, parts: &[usize], shape: &Draft) -> usize {
        let mut next = at;
        let mut done = at;
        while let Some(token) = self.tokens.get(next) {
            let Kind::Word(roles) = token.kind else { break };
            let of = self.lexicon.roles(roles);
            if !of.findings.is_empty() {
                break;
            }
            if of.complaints.is_empty() || !self.fits(parts, &of.complaints, shape.one_side, 0) {
                if next > at && of.flags & (flag::FILL | flag::LIST) == 0 || next - done > 1 {
                    break;
                }
                next += 1;
                continue;
            }
            let (severe, mild) = self.fill_inside(token.start, token.end);
            for part in parts {
                if let Some(row) = self.lexicon.meaning(Some(*part), &of.complaints, shape.one_side) {
                    let mut draft = Draft { findings: row.findings.clone(), ..shape.clone() };
                    draft.severe |= severe;
                    draft.mild |= mild;
                    self.push(start, token.end, ItemKind::Mention(draft));
                }
            }
            start = token.end;
            next += 1;
            done = next;
        }
        self.after_mention = true;
        done.max(at + 1)
    }

    /// A complaint without a part of its own: of the part spoken of, or one that needs none.
    fn complaint_alone(&mut self, at: usize, complaints: &[usize]) -> bool {
        let Some(token) = self.tokens.get(at).copied() else { return false };
        let length = token.end - token.start;
        let after_comma = at
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .is_some_and(|before| matches!(before.kind, Kind::Comma));
        // What stands right behind a part is of that part or of none: "the foot is swollen, the face black".
        let behind_a_part = at.checked_sub(1).is_some_and(|before| self.is_part(before));
        let spoken_of = (self.after_mention || (after_comma && length > 1)) && !behind_a_part;
        let part = self.part.filter(|_| spoken_of);
        let Some(row) = self.lexicon.meaning(part, complaints, false) else { return false };
        // A single character without its part says too little, but for those that need none.
        let needs_none = self.text.get(token.start).is_some_and(|sign| self.lexicon.alone.contains(&sign));
        if row.parts.is_empty() && length < 2 && !needs_none {
            return false;
        }
        let findings = row.findings.clone();
        self.after_mention = true;
        self.push(token.start, token.end, ItemKind::Mention(Draft { findings, ..Draft::default() }));
        true
    }
}
