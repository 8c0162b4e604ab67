//! Symptom-based decision support: language, inference, red flags, questions.

pub mod inference;
pub mod model;
pub mod question;
