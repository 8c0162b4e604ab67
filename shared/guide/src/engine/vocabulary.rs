//! Findings by id, and what each implies.

use decision::knowledge::Knowledge;
use domain::people::initials;
use std::collections::BTreeSet;

/// What is asked of the vocabulary again and again, made once.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// By finding: every broader one it implies, whatever the distance.
    broader: Vec<BTreeSet<usize>>,
    /// By finding: its words in small letters, each with its pinyin initials, the name first.
    words: Vec<Vec<(String, String)>>,
}

impl Vocabulary {
    pub fn new(knowledge: &Knowledge) -> Self {
        let all = 0..knowledge.findings.len();
        let broader = all.map(|finding| broader(knowledge, finding)).collect();
        // A blank keeps the first character from being read as a surname.
        let both = |word: &str| (word.to_lowercase(), initials(&format!(" {word}")));
        let words = knowledge.findings.iter().map(|finding| finding.words().map(both).collect()).collect();
        Self { broader, words }
    }

    /// Tells whether one finding is the other or implies it.
    pub fn implies(&self, finding: usize, broader: usize) -> bool {
        finding == broader || self.broader.get(finding).is_some_and(|all| all.contains(&broader))
    }

    /// Returns the words of a finding in small letters, each with its pinyin initials, the name first.
    pub fn words(&self, finding: usize) -> &[(String, String)] {
        self.words.get(finding).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Returns the index of a finding; the knowledge is sorted by id.
pub(super) fn finding(knowledge: &Knowledge, id: &str) -> Option<usize> {
    knowledge.findings.binary_search_by(|finding| finding.id.as_str().cmp(id)).ok()
}

fn broader(knowledge: &Knowledge, from: usize) -> BTreeSet<usize> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(at) = open.pop() {
        let ids = knowledge.findings.get(at).map(|of| of.is_a.as_slice()).unwrap_or_default();
        let next = ids.iter().filter_map(|id| finding(knowledge, id));
        open.extend(next.filter(|broader| seen.insert(*broader)));
    }
    seen
}
