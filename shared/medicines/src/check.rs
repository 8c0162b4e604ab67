//! Checks a prescription, one module a question.

mod age;
mod allergy;
mod antimicrobial;
mod case;
pub(crate) mod cautions;
mod contraindication;
mod dose;
mod duplicate;
mod duration;
pub(crate) mod hepatic;
mod interaction;
mod lactation;
mod pregnancy;
pub(crate) mod renal;
mod unknown;

pub(crate) use case::{Case, Item, is_atc};

use crate::{Finding, Line, Medicines, Patient};
use std::cmp::Reverse;

/// See [`Medicines::check`].
pub(crate) fn check(medicines: &Medicines, patient: &Patient, lines: &[Line]) -> Vec<Finding> {
    let case = Case::new(medicines, patient, lines);
    let questions = [
        allergy::check,
        contraindication::check,
        interaction::check,
        pregnancy::check,
        lactation::check,
        dose::check,
        duplicate::check,
        renal::check,
        hepatic::check,
        age::check,
        duration::check,
        antimicrobial::check,
        unknown::check,
    ];
    let mut findings: Vec<Finding> = questions.into_iter().flat_map(|question| question(&case)).collect();
    // What is already taken is no news by itself.
    findings.retain(|finding| finding.lines.iter().any(|at| lines.get(*at).is_some_and(|line| !line.taken)));
    findings.sort_by(|one, other| {
        (Reverse(one.level), one.kind, &one.lines, &one.what).cmp(&(
            Reverse(other.level),
            other.kind,
            &other.lines,
            &other.what,
        ))
    });
    findings.dedup();
    findings
}
