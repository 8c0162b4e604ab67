//! A condition in full.

use super::{Guide, translate, vocabulary};
use crate::{Case, Condition, Site, Source};
use decision::model::State;
use std::collections::BTreeSet;

impl Guide {
    /// Returns a condition for this person at this site; nothing for an id nobody knows.
    pub(super) fn condition(&self, id: &str, case: &Case) -> Option<Condition> {
        let of = self.advisor.knowledge().condition(id)?;
        let (here, elsewhere) = sites(&of.examinations, case.site);
        let cited: BTreeSet<&str> = of.sources.iter().chain(&of.advice.sources).map(String::as_str).collect();
        let sources: Vec<Source> = cited.into_iter().filter_map(|id| self.source(id)).collect();
        Some(Condition {
            id: of.id.clone(),
            name: of.name.clone(),
            icd10: of.icd10.clone(),
            level: translate::level(of.triage),
            here,
            elsewhere,
            management: of.advice.management.clone(),
            against: self.against(of, case),
            referral: of.advice.referral.clone(),
            follow_up: of.advice.follow_up.clone(),
            safety_net: of.advice.safety_net.clone(),
            sources,
        })
    }

    /// Returns what of the record or the case speaks against a management.
    fn against(&self, of: &decision::knowledge::Condition, case: &Case) -> Vec<String> {
        if of.advice.contraindications.is_empty() {
            return Vec::new();
        }
        let states = self.advisor.advise(&self.understand(case).case).states;
        let knowledge = self.advisor.knowledge();
        let holds = |when: &str| {
            let finding = vocabulary::finding(knowledge, when);
            let is_present = finding.and_then(|at| states.get(at)) == Some(&State::Present);
            is_present || self.is_recorded(when, &case.history)
        };
        let against = of.advice.contraindications.iter().filter(|one| holds(&one.when));
        against.map(|one| one.text.clone()).collect()
    }

    /// Tells whether the record names a condition of decision support or of the medicines by one of its words.
    fn is_recorded(&self, id: &str, history: &[String]) -> bool {
        let condition = self.advisor.knowledge().condition(id);
        let own = condition.into_iter().flat_map(|of| [&of.name].into_iter().chain(&of.aliases));
        let of_medicines = self.medicines.knowledge().conditions.iter().filter(|of| of.id == id);
        let words = own.chain(of_medicines.flat_map(|of| [&of.name].into_iter().chain(&of.words)));
        let words: Vec<&String> = words.collect();
        history.iter().any(|text| words.iter().any(|word| self.affirms(text, word)))
    }

    /// Tells whether a text says a word without denying it before.
    fn affirms(&self, text: &str, word: &str) -> bool {
        let denials = &self.advisor.knowledge().words.negation.far;
        let before = text.find(word).and_then(|at| text.get(..at));
        before.is_some_and(|before| !denials.iter().any(|denial| before.contains(denial.as_str())))
    }
}

/// Returns what a site can examine, which is what lower sites can too, and what higher ones add, the next first.
fn sites(of: &decision::knowledge::Examinations, site: Site) -> (Vec<String>, Vec<String>) {
    let lists = [&of.village, &of.township, &of.county];
    let own = match site {
        Site::Village => 1,
        Site::Township => 2,
        Site::County => 3,
    };
    let (mut here, mut elsewhere): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for (at, list) in lists.into_iter().enumerate() {
        for examination in list {
            if !here.contains(examination) && !elsewhere.contains(examination) {
                if at < own { &mut here } else { &mut elsewhere }.push(examination.clone());
            }
        }
    }
    (here, elsewhere)
}
