//! What is advised.

use super::case::Understood;
use super::{Guide, translate};
use crate::{Advice, Case, Cause, Chip, Level, Question, Reason, RedFlag, Says, State, Verdict, Voice};
use decision::advise::{Answer, Ranked};
use decision::inference::Contribution;
use decision::knowledge::Condition;
use decision::{model, question, triage};

/// How many causes are explained.
const CAUSES: usize = 5;
/// From this cost on, one has to look or measure.
const LOOK: u8 = 2;

impl Guide {
    /// Advises on a case.
    pub(super) fn advise(&self, case: &Case) -> Advice {
        let understood = self.understand(case);
        let chips = self.chips(&case.texts, &understood);
        let answer = self.advisor.advise(&understood.case);
        let is_complaint = chips.iter().any(complains);
        let (level, reasons) = self.urgency(&understood, &answer, is_complaint);
        Advice {
            knowledge: self.versions.knowledge.clone(),
            read: understood.read(),
            level,
            reasons,
            red_flags: answer.red_flags.iter().filter_map(|fired| self.red_flag(fired, &answer)).collect(),
            causes: if is_complaint { self.causes(&answer) } else { Vec::new() },
            must_not_miss: self.must_not_miss(&answer, is_complaint),
            unlisted: translate::permille(answer.unlisted),
            verdict: match answer.verdict {
                question::Verdict::Likely(..) if is_complaint => Verdict::Likely,
                _ => Verdict::CannotTell,
            },
            question: answer.question.as_ref().and_then(|question| self.question(question.finding)),
            stop: answer.stop.map(translate::stop),
            chips,
        }
    }

    /// Returns the level and why. What the record says does not make a complaint understood: where nothing else is
    /// present, the level is at least that of somebody without a record.
    fn urgency(&self, understood: &Understood, answer: &Answer, is_complaint: bool) -> (Level, Vec<Reason>) {
        let with = &answer.triage;
        let reasons = |of: &triage::Triage| {
            (translate::level(of.level), of.reasons.iter().filter_map(|one| self.reason(one)).collect())
        };
        if is_complaint {
            return reasons(with);
        }
        let mut bare = understood.case.clone();
        bare.findings.retain(|(finding, _)| understood.told.contains_key(finding));
        let without = self.advisor.advise(&bare).triage;
        if without.level > with.level { reasons(&without) } else { reasons(with) }
    }

    fn reason(&self, reason: &triage::Reason) -> Option<Reason> {
        let knowledge = self.advisor.knowledge();
        Some(match reason {
            triage::Reason::RedFlag(at) => Reason::RedFlag(knowledge.red_flags.get(*at)?.id.clone()),
            triage::Reason::Likely { condition, together } => Reason::Likely {
                name: knowledge.conditions.get(*condition)?.name.clone(),
                together: translate::permille(*together),
            },
            triage::Reason::CannotTell => Reason::CannotTell,
        })
    }

    fn red_flag(&self, fired: &triage::Fired, answer: &Answer) -> Option<RedFlag> {
        let knowledge = self.advisor.knowledge();
        let flag = knowledge.red_flags.get(fired.red_flag)?;
        let lists = [&flag.all, &flag.any, &flag.and_any, &flag.history];
        let fired_on = lists.into_iter().flatten().filter_map(|id| {
            let at = super::vocabulary::finding(knowledge, id)?;
            let is_present = answer.states.get(at) == Some(&model::State::Present);
            knowledge.findings.get(at).filter(|_| is_present).map(|finding| finding.name.clone())
        });
        Some(RedFlag {
            id: flag.id.clone(),
            name: flag.name.clone(),
            reason: flag.reason.clone(),
            level: translate::level(fired.level),
            findings: fired_on.collect(),
            source: self.source(&flag.source),
        })
    }

    fn causes(&self, answer: &Answer) -> Vec<Cause> {
        let explained = |ranked: &Ranked| {
            let of = self.advisor.knowledge().conditions.get(ranked.condition)?;
            let says = ranked.contributions.iter().filter_map(|one| self.says(of, one)).collect();
            Some(cause(of, ranked.probability, says))
        };
        answer.ranked.iter().take(CAUSES).filter_map(explained).collect()
    }

    /// Returns what must not be missed; likely conditions count only where somebody complains of something.
    fn must_not_miss(&self, answer: &Answer, is_complaint: bool) -> Vec<Cause> {
        if !is_complaint && answer.red_flags.is_empty() {
            return Vec::new();
        }
        let named = |at: &usize| {
            let probability = answer.probabilities.get(*at).copied().unwrap_or_default();
            Some(cause(self.advisor.knowledge().conditions.get(*at)?, probability, Vec::new()))
        };
        answer.must_not_miss.iter().filter_map(named).collect()
    }

    fn says(&self, condition: &Condition, one: &Contribution) -> Option<Says> {
        let finding = self.advisor.knowledge().findings.get(one.finding)?;
        let weight = (one.log_likelihood_ratio * 100.0).round() as i32;
        let listed = condition.findings.iter().find(|listed| listed.id == finding.id);
        (weight != 0).then(|| Says {
            finding: finding.id.clone(),
            name: finding.name.clone(),
            state: translate::state(one.state),
            weight,
            source: listed.and_then(|listed| self.source(&listed.source)),
        })
    }

    fn question(&self, finding: usize) -> Option<Question> {
        let of = self.advisor.knowledge().findings.get(finding)?;
        Some(Question {
            finding: of.id.clone(),
            name: of.name.clone(),
            text: of.question.clone(),
            look: of.cost >= LOOK,
        })
    }
}

/// Tells whether a chip is something to come with; the record alone is not.
fn complains(chip: &Chip) -> bool {
    chip.state == State::Present && chip.voice != Voice::Record
}

fn cause(of: &Condition, probability: f64, says: Vec<Says>) -> Cause {
    Cause {
        id: of.id.clone(),
        name: of.name.clone(),
        icd10: of.icd10.clone(),
        permille: translate::permille(probability),
        must_not_miss: of.must_not_miss,
        level: translate::level(of.triage),
        says,
    }
}
