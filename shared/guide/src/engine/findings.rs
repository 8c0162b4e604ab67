//! Findings to tap.

use super::{Guide, translate};
use crate::{Case, Finding};

/// How many are shown.
const MOST: usize = 20;

impl Guide {
    /// Returns findings by a part of a word or by pinyin initials; the closest first, then shorter names, then ids.
    pub(super) fn findings(&self, text: &str, case: &Case) -> Vec<Finding> {
        let sought: String =
            text.to_lowercase().chars().filter(|character| character.is_alphanumeric()).collect();
        if sought.is_empty() {
            return Vec::new();
        }
        let sex = case.sex.map(translate::sex);
        let all = self.advisor.knowledge().findings.iter().enumerate();
        let mut found: Vec<_> = all
            .filter(|(_, of)| of.vital.is_none() && of.concerns(case.age_months, sex))
            .filter_map(|(at, of)| Some((self.closeness(at, &sought)?, of.name.chars().count(), of)))
            .collect();
        found.sort_by(|one, other| (one.0, one.1, &one.2.id).cmp(&(other.0, other.1, &other.2.id)));
        let found = found.into_iter().take(MOST);
        found.map(|(_, _, of)| Finding { id: of.id.clone(), name: of.name.clone() }).collect()
    }

    /// Returns how closely a finding is named: 0 outright, then by the start of its name, of another word, by initials,
    /// by a part.
    fn closeness(&self, finding: usize, sought: &str) -> Option<u8> {
        let words = self.vocabulary.words(finding);
        let (name, initials) = words.first()?;
        let any =
            |fits: &dyn Fn(&str, &str) -> bool| words.iter().any(|(word, initials)| fits(word, initials));
        match () {
            () if any(&|word, _| word == sought) => Some(0),
            () if name.starts_with(sought) => Some(1),
            () if initials.starts_with(sought) => Some(2),
            () if any(&|word, _| word.starts_with(sought)) => Some(3),
            () if any(&|_, initials| initials.starts_with(sought)) => Some(4),
            () if any(&|word, _| word.contains(sought)) => Some(5),
            () => None,
        }
    }
}
