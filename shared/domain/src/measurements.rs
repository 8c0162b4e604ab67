//! Blood pressure, glucose, vital signs: their plausibility, the rules they are judged by, how urgent they make things; and what
//! medicines ask of a body.

pub mod body;
pub mod diabetes;
pub mod glucose;
pub mod glucose_urgency;
pub mod hypertension;
pub mod pressure;
pub mod urgency;
pub mod vital;

pub use body::{Body, BodyFact, ChildPugh, Egfr, Known, Pregnancy, Whose, body_rules};
pub use diabetes::{DiabetesRules, diabetes_rules};
pub use glucose::{GlucoseReading, GlucoseTiming, ImplausibleGlucose, UnlikelyGlucose};
pub use glucose_urgency::{GlucoseFindings, triage_glucose};
pub use hypertension::{DangerSign, HypertensionRules, PressureLimit, Symptom, hypertension_rules};
pub use pressure::{Implausible, Pressure, Unlikely};
pub use urgency::{Findings, Triage, Urgency, triage};
pub use vital::Vital;
