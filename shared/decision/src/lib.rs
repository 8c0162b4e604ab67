//! Symptom-based decision support: language, inference, red flags, questions.
