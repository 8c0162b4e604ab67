//! When to stop asking, and what can be said then.

use serde::{Deserialize, Serialize};

use super::Question;
use crate::inference::Posterior;
use crate::model::Model;

/// When enough was asked; kept as data.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StopRule {
    /// The likeliest condition is this likely: 0 to 1.
    pub confident: f64,
    /// And no other that must not be missed is likelier than this.
    pub must_not_miss_below: f64,
    /// Or the best question is expected to tell less than this, in nats.
    pub least_information: f64,
    /// Or this many were asked.
    pub most_questions: usize,
    /// Below this the likeliest condition is not named as an answer: "cannot tell".
    pub tells_from: f64,
}

/// Why the questions end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// One condition is likely enough, and nothing that must not be missed remains.
    Confident,
    /// No question would tell enough.
    NothingToAsk,
    /// As many as may be asked were asked.
    Enough,
}

impl StopRule {
    /// Returns why to stop, or `None` to ask `best` after `asked` questions.
    #[must_use]
    pub fn stop(
        &self,
        model: &Model,
        posterior: &Posterior,
        best: Option<&Question>,
        asked: usize,
    ) -> Option<Stop> {
        if asked >= self.most_questions {
            return Some(Stop::Enough);
        }
        let (top, p) = posterior.top()?;
        let danger = model.conditions().iter().zip(posterior.probabilities()).enumerate().any(
            |(index, (condition, p))| {
                index != top && condition.must_not_miss && *p > self.must_not_miss_below
            },
        );
        if p >= self.confident && !danger {
            return Some(Stop::Confident);
        }
        match best {
            Some(question) if question.information >= self.least_information => None,
            _ => Some(Stop::NothingToAsk),
        }
    }
}

/// What can be said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// This condition, with its probability.
    Likely(usize, f64),
    /// None is likely enough, or something that is not listed is likelier: refer.
    CannotTell,
}

/// Returns the likeliest condition if it is likely enough to be named.
#[must_use]
pub fn verdict(posterior: &Posterior, rule: &StopRule) -> Verdict {
    match posterior.top() {
        Some((top, p)) if p >= rule.tells_from && p > posterior.unlisted() => Verdict::Likely(top, p),
        _ => Verdict::CannotTell,
    }
}
