//! A line of a statement with the rule it was scored by.

use domain::{
    rules::{RuleRef, Shelf, Source},
    work_points::{Line, PointsRules},
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
}

impl Entry {
    /// Adds to `line` what its rule version says; nothing when the shelf lacks the version.
    #[must_use]
    pub fn of(line: Line, shelf: &Shelf<PointsRules>) -> Option<Self> {
        let rules = shelf.get(&line.rules).ok()?;
        let item = rules.item(&line.claim.item);
        let source = item.map_or(&rules.source, |item| &item.source);
        let rule = rule_ref(rules, &line, source);
        Some(Self { rule, evidence: item.map(|item| item.evidence.clone()).unwrap_or_default(), line })
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
