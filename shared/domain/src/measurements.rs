//! Blood pressure: its plausibility, the hypertension rules it is judged by, and how urgent it makes things.

pub mod hypertension;
pub mod pressure;
pub mod urgency;

pub use hypertension::{DangerSign, HypertensionRules, PressureLimit, Symptom, hypertension_rules};
pub use pressure::{Implausible, Pressure, Unlikely};
pub use urgency::{Findings, Triage, Urgency, triage};
