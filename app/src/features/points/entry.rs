//! A line of a statement with the rule it was scored by.

use domain::{
    rules::{RuleRef, Shelf, Source},
    work_points::{Dispute, Line, PointsRules, can_be_disputed, disputed},
};

/// A line that can say where its figure comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The line.
    pub line: Line,
    /// The rule version and the source of the item.
    pub rule: RuleRef,
    /// The evidence the rule asks to keep; empty when it asks for none.
    pub evidence: String,
    /// The dispute that waits for an answer.
    pub dispute: Option<Dispute>,
    /// Whether whoever claimed can dispute the ruling.
    pub can_be_disputed: bool,
}

impl Entry {
    /// Adds to `line` what its rule version says; nothing when the shelf lacks the version.
    #[must_use]
    pub fn of(line: Line, shelf: &Shelf<PointsRules>, disputes: &[Dispute]) -> Option<Self> {
        let rules = shelf.get(&line.rules).ok()?;
        let item = rules.item(&line.claim.item);
        let source = item.map_or(&rules.source, |item| &item.source);
        let rule = rule_ref(rules, &line, source);
        let evidence = item.map(|item| item.evidence.clone()).unwrap_or_default();
        let (dispute, can_be_disputed) =
            (disputed(disputes, &line).cloned(), can_be_disputed(disputes, &line));
        Some(Self { rule, evidence, dispute, can_be_disputed, line })
    }
}

fn rule_ref(rules: &PointsRules, line: &Line, source: &Source) -> RuleRef {
    RuleRef {
        rule: rules.title.clone(),
        version: line.rules.clone(),
        from: rules.from,
        source: source.clone(),
    }
}

/// Says a factor in basis points as people write it: 13000 is 1.3.
#[must_use]
pub fn factor_words(factor: u32) -> String {
    let text = format!("{}.{:04}", factor / 10_000, factor % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::factor_words;

    #[test]
    fn a_factor_reads_without_idle_zeros() {
        assert_eq!(factor_words(13_000), "1.3");
        assert_eq!(factor_words(10_000), "1");
        assert_eq!(factor_words(10_050), "1.005");
        assert_eq!(factor_words(500), "0.05");
    }
}
