//! Words that make a finding together, wherever they stand in a clause or, by some rules, in a sentence.

use super::{Composer, Draft, Item, ItemKind};
use crate::language::lexicon::flag;
use std::ops::Range;

/// How far apart words that make a finding together may stand.
const WIDEST_TOGETHER: usize = 14;
/// And across commas.
const WIDEST_ACROSS: usize = 32;

impl Composer<'_> {
    /// Adds findings made by words that stand together in a clause or sentence, behind the last of them.
    pub(super) fn together(&mut self) {
        let clauses = self.stretches(|kind| matches!(kind, ItemKind::Comma | ItemKind::Stop));
        let sentences = self.stretches(|kind| matches!(kind, ItemKind::Stop));
        let of_rule = |across: bool| if across { &sentences } else { &clauses };
        let wheres: Vec<(bool, usize, usize)> = [false, true]
            .into_iter()
            .flat_map(|across| of_rule(across).iter().map(move |(start, end)| (across, *start, *end)))
            .collect();
        // Words swallowed whole hold no other words: there is no eye in eye drops.
        let swallowed =
            |item: &Item| matches!(item.kind, ItemKind::Word(flags) if flags & flag::NEUTRAL != 0);
        let whole: Vec<Range<usize>> =
            self.items.iter().filter(|item| swallowed(item)).map(|item| item.start..item.end).collect();
        for (across, start, end) in wheres {
            let signs = self.text.chars.get(start..end).unwrap_or_default();
            let widest = if across { WIDEST_ACROSS } else { WIDEST_TOGETHER };
            let clause = Clause { signs, start, widest, whole: &whole };
            for rule in self.lexicon.together.iter().filter(|rule| rule.across == across) {
                let Some((from, to)) = clause.stand_together(&rule.lists) else { continue };
                let (from, to) = (start + from, start + to);
                let place = self.items.iter().position(|item| item.start >= to).unwrap_or(self.items.len());
                let known = |finding: &usize| {
                    self.items.iter().any(|item| {
                        let same = item.start >= start && item.end <= end;
                        same && matches!(&item.kind, ItemKind::Mention(draft) if draft.findings.contains(finding))
                    })
                };
                let findings: Vec<usize> = rule.findings.iter().copied().filter(|one| !known(one)).collect();
                if !findings.is_empty() {
                    let stretch = signs.get(from - start..to - start).unwrap_or_default();
                    let is_firm = rule.negates && stretch.iter().any(|sign| rule.negators.contains(sign));
                    let kind = ItemKind::Mention(Draft { findings, is_firm, ..Draft::default() });
                    self.items.insert(place, Item { start: from, end: to, kind });
                }
            }
        }
    }

    /// Returns where what such breaks set apart begins and ends in the text.
    fn stretches(&self, is_break: fn(&ItemKind) -> bool) -> Vec<(usize, usize)> {
        let mut stretches = Vec::new();
        let mut start = 0;
        for item in self.items.iter().filter(|item| is_break(&item.kind)) {
            stretches.push((start, item.start));
            start = item.end;
        }
        stretches.push((start, self.text.chars.len()));
        stretches
    }
}

/// A clause, or a sentence where commas do not matter.
struct Clause<'a> {
    signs: &'a [char],
    /// Where it begins in the text.
    start: usize,
    /// How far apart words may stand.
    widest: usize,
    /// Words of the text that hold no others.
    whole: &'a [Range<usize>],
}

/// What separates the items of a list: words on both sides of it do not belong together.
const LIST_SIGN: char = '\u{3001}';

impl Clause<'_> {
    /// Returns where one word of each list stands in the clause, from the first to behind the last, if near enough.
    fn stand_together(&self, lists: &[Vec<Vec<char>>]) -> Option<(usize, usize)> {
        let (first, rest) = lists.split_first()?;
        self.occurrences(first).into_iter().find_map(|(from, to)| {
            let (mut start, mut end) = (from, to);
            for list in rest {
                let near = self.occurrences(list).into_iter().find(|(other, stop)| {
                    let apart = *stop <= from || *other >= to;
                    let (start, end) = (start.min(*other), end.max(*stop));
                    apart && end - start <= self.widest && !self.is_list(start, end)
                })?;
                (start, end) = (start.min(near.0), end.max(near.1));
            }
            Some((start, end))
        })
    }

    fn is_list(&self, start: usize, end: usize) -> bool {
        self.signs.get(start..end).is_some_and(|stretch| stretch.contains(&LIST_SIGN))
    }

    fn occurrences(&self, words: &[Vec<char>]) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        for at in 0..self.signs.len() {
            for word in words.iter().filter(|word| !word.is_empty()) {
                let end = at + word.len();
                if self.signs.get(at..end) == Some(word.as_slice()) && !self.is_inside(at, end) {
                    all.push((at, end));
                }
            }
        }
        all
    }

    /// Tells whether a longer word that is swallowed whole holds the stretch.
    fn is_inside(&self, start: usize, end: usize) -> bool {
        let (start, end) = (self.start + start, self.start + end);
        self.whole
            .iter()
            .any(|word| word.start <= start && end <= word.end && word.end - word.start > end - start)
    }
}
