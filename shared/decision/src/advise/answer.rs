//! What is answered.

use crate::inference::Contribution;
use crate::model::State;
use crate::question::{Question, Stop, Verdict};
use crate::triage::{Fired, Triage};

/// A condition with its probability and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The condition, by its index in the knowledge.
    pub condition: usize,
    /// How likely: 0 to 1, all conditions and what is not listed together 1.
    pub probability: f64,
    /// The weight its prior was multiplied with for the length of the illness; `None` if no length was told.
    pub onset_fit: Option<f64>,
    /// What each finding says, the weightiest first.
    pub contributions: Vec<Contribution>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The likeliest conditions, in order.
    pub ranked: Vec<Ranked>,
    /// How likely each condition is, by its index in the knowledge.
    pub probabilities: Vec<f64>,
    /// How likely it is something that is not listed.
    pub unlisted: f64,
    /// Whether the likeliest is likely enough to be named.
    pub verdict: Verdict,
    /// Conditions that must not be missed: those red flags point at first, then those likely enough.
    pub must_not_miss: Vec<usize>,
    /// The red flags that fire, the most urgent first.
    pub red_flags: Vec<Fired>,
    /// How urgent, and why.
    pub triage: Triage,
    /// The next best question; none where asking should stop.
    pub question: Option<Question>,
    /// Why asking should stop.
    pub stop: Option<Stop>,
    /// The state of every finding as told, measured and implied.
    pub states: Vec<State>,
}
