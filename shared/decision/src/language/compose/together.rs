//! Words that make a finding together, wherever they stand in a clause.

use super::{Composer, Draft, Item, ItemKind};

/// How far apart words that make a finding together may stand.
const WIDEST_TOGETHER: usize = 14;

impl Composer<'_> {
    /// Adds findings made by words that stand together in a clause, behind the last of them.
    pub(super) fn together(&mut self) {
        let mut clauses = Vec::new();
        let mut start = 0;
        for item in &self.items {
            if matches!(item.kind, ItemKind::Comma | ItemKind::Stop) {
                clauses.push((start, item.start));
                start = item.end;
            }
        }
        clauses.push((start, self.text.chars.len()));
        for (start, end) in clauses {
            let clause = self.text.chars.get(start..end).unwrap_or_default();
            for rule in &self.lexicon.together {
                let Some((from, to)) = stand_together(clause, &rule.lists) else { continue };
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
                    let stretch = clause.get(from - start..to - start).unwrap_or_default();
                    let is_firm = rule.negates && stretch.iter().any(|sign| rule.negators.contains(sign));
                    let kind = ItemKind::Mention(Draft { findings, is_firm, ..Draft::default() });
                    self.items.insert(place, Item { start: from, end: to, kind });
                }
            }
        }
    }
}

/// Returns where one word of each list stands in the clause, from the first to behind the last, if near enough.
fn stand_together(clause: &[char], lists: &[Vec<Vec<char>>]) -> Option<(usize, usize)> {
    let (first, rest) = lists.split_first()?;
    occurrences(clause, first).into_iter().find_map(|(from, to)| {
        let (mut start, mut end) = (from, to);
        for list in rest {
            let near = occurrences(clause, list).into_iter().find(|(other, stop)| {
                let apart = *stop <= from || *other >= to;
                apart && end.max(*stop) - start.min(*other) <= WIDEST_TOGETHER
            })?;
            (start, end) = (start.min(near.0), end.max(near.1));
        }
        Some((start, end))
    })
}

fn occurrences(clause: &[char], words: &[Vec<char>]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for at in 0..clause.len() {
        for word in words.iter().filter(|word| !word.is_empty()) {
            if clause.get(at..at + word.len()) == Some(word.as_slice()) {
                all.push((at, at + word.len()));
            }
        }
    }
    all
}
