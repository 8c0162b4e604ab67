//! What the record says.

use super::Guide;
use super::vocabulary::Vocabulary;
use decision::advise;
use decision::knowledge::{Kind, Knowledge};
use decision::model::State;
use std::collections::BTreeMap;

/// A record names a disease where the vocabulary names the history of it, which is so many characters longer at most.
const SUFFIX: usize = 2;
/// The shortest name of a disease, in characters.
const SHORTEST: usize = 2;

impl Guide {
    /// Returns the findings that the words of a record name; present wins.
    pub(super) fn record(&self, history: &[String]) -> BTreeMap<usize, State> {
        let knowledge = self.advisor.knowledge();
        let mut all = BTreeMap::new();
        for text in history {
            let mut read = advise::Case::default();
            read.add_history(knowledge, &self.advisor.read(text));
            if read.findings.is_empty() {
                read.findings.extend(named(knowledge, &self.vocabulary, text).map(|at| (at, State::Present)));
            }
            for (finding, state) in read.findings {
                let known = all.entry(finding).or_insert(state);
                if state == State::Present || *known == State::Unknown {
                    *known = state;
                }
            }
        }
        all
    }
}

/// Returns the histories whose words begin with the text and say hardly more.
fn named<'a>(
    knowledge: &'a Knowledge,
    vocabulary: &'a Vocabulary,
    text: &str,
) -> impl Iterator<Item = usize> + use<'a> {
    let text = text.trim().to_lowercase();
    let length = text.chars().count();
    let histories = knowledge.findings.iter().enumerate().filter(|(_, of)| of.kind == Kind::History);
    histories.map(|(at, _)| at).filter(move |at| {
        length >= SHORTEST
            && vocabulary
                .words(*at)
                .iter()
                .any(|(word, _)| word.starts_with(&text) && word.chars().count() <= length + SUFFIX)
    })
}
