//! A visit: measure, ask, advice, plan, sign. One entry fills the form, the contract item and the claim.

mod answers;
mod ask;
mod asking;
mod background;
mod closing;
mod complaint;
mod condition;
mod consult;
mod decide;
mod draft;
mod findings;
mod judged;
mod measure;
mod outcome;
mod page;
mod paper;
mod plan;
mod prescribe;
mod prescribing;
mod sign;

pub use draft::{Draft, Step};
pub use page::VisitPage;
pub use paper::PrescriptionPage;

use crate::language::*;

/// Returns the key under which the unfinished visit to a resident is kept.
#[must_use]
pub fn draft_key(subject: &str) -> String {
    format!("visit/{subject}")
}

/// Says a step.
#[must_use]
pub fn step_words(i18n: Language, step: Step) -> String {
    match step {
        Step::Measure => td_string!(i18n, visit.measure),
        Step::Ask => td_string!(i18n, visit.ask),
        Step::Advice => td_string!(i18n, visit.advice),
        Step::Prescribe => td_string!(i18n, visit.prescribe),
        Step::Plan => td_string!(i18n, visit.plan),
        Step::Sign => td_string!(i18n, visit.sign),
    }
    .to_owned()
}
