//! Which question to ask next, and when to stop.

mod doubt;
mod gain;
mod stop;

pub use gain::{Sample, Weights, best_question, expected_gain, rank_questions, remaining, remaining_sampled};
pub use stop::{Stop, StopRule, Verdict, verdict};

/// A question worth asking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// The finding it is about, by index.
    pub finding: usize,
    /// How likely the answer is yes.
    pub probability: f64,
    /// By how many nats the answer is expected to lessen the doubt.
    pub information: f64,
    /// What it is ranked by: information and safety for the effort.
    pub worth: f64,
}
