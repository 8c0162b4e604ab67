//! Symptom-based decision support: language, inference, red flags, questions.

pub mod advise;
pub mod inference;
pub mod knowledge;
pub mod language;
pub mod model;
pub mod question;
pub mod triage;
