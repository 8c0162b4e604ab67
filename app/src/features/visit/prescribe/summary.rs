//! The prescription in short: to be checked before it is signed, and what it still lacks.

use super::patient::{split_dose, times};
use crate::decimal::Decimal;
use crate::features::body;
use crate::features::visit::{
    draft::Draft,
    prescribing::{Lack, Prescribing},
};
use crate::language::*;
use crate::words::prescription::{Often, frequency, medicine, often_known, usage};
use documents::{Medication, Prescription};
use domain::base::{EntryId, StaffId};

/// Says each line, then what was prescribed with a reason: question and answer.
#[must_use]
pub fn answers(i18n: Language, prescribing: &Prescribing) -> Vec<(String, String)> {
    let title = || td_string!(i18n, prescribe.title).to_owned();
    let Some(prescription) = prescribing.prescription() else {
        return vec![(title(), td_string!(i18n, visit.none).to_owned())];
    };
    let mut all = lines(i18n, &prescription);
    for warning in prescription.warnings.iter().filter(|warning| !warning.reason.is_empty()) {
        let words = td_string!(
            i18n,
            prescribe.overridden,
            what = warning.what.clone(),
            reason = warning.reason.clone()
        );
        all.push((td_string!(i18n, prescribe.answer_overridden).to_owned(), words));
    }
    if !prescription.long_reason.is_empty() {
        all.push((td_string!(i18n, prescribe.long).to_owned(), prescription.long_reason.clone()));
    }
    if prescription.medicines.is_empty() {
        let unchecked = td_string!(i18n, prescribe.unchecked_short).to_owned();
        all.push((td_string!(i18n, prescribe.checked_title).to_owned(), unchecked));
    }
    all
}

/// Returns the medicines that are taken from now on, as the doctor said, and those of the record that go on otherwise
/// and end for it: a renewed medicine with another dose.
#[must_use]
pub fn lasting(
    i18n: Language,
    draft: &Draft,
    taken: &[Medication],
    by: &StaffId,
) -> (Vec<Medication>, Vec<EntryId>) {
    let from = draft.started.date();
    let (mut begun, mut ended) = (Vec::new(), Vec::new());
    let often = often_known(i18n);
    for line in &draft.prescribing.lines {
        let now = line.medication(frequency(i18n, &line.prescribed()), from, by.clone());
        let old = taken.iter().find(|old| old.id.as_str() == line.renews && old.until.is_none());
        let changed = old.filter(|old| !is_same(old, &now, &often));
        ended.extend(changed.map(|old| old.id.clone()));
        if line.lasting || changed.is_some() {
            begun.push(now);
        }
    }
    (begun, ended)
}

/// Tells whether two say the same dose as often, in whatever words.
fn is_same(one: &Medication, other: &Medication, often: &[Often]) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let dose = |of: &Medication| {
        let (figure, unit) = split_dose(&of.dose)?;
        Some((Decimal::read(&figure)?, unit))
    };
    let rhythm = |of: &Medication| {
        let found = times(&of.frequency, often)?;
        Some((Decimal::read(&found.times)?, found.note.clone()))
    };
    let same_dose =
        plain(&one.dose) == plain(&other.dose) || dose(one).is_some_and(|of| dose(other) == Some(of));
    let same_rhythm = plain(&one.frequency) == plain(&other.frequency)
        || rhythm(one).is_some_and(|of| rhythm(other) == Some(of));
    same_dose && same_rhythm
}

/// Says each line: the medicine, and how it is used.
#[must_use]
pub fn lines(i18n: Language, prescription: &Prescription) -> Vec<(String, String)> {
    prescription.lines.iter().map(|line| (medicine(i18n, line), usage(i18n, line))).collect()
}

/// Says what is lacking, with the id of where it is mended.
#[must_use]
pub fn lack(i18n: Language, lack: Lack) -> (String, String) {
    match lack {
        Lack::Line(number) => {
            (format!("line-{number}"), td_string!(i18n, prescribe.missing_line, number = number))
        }
        Lack::Check => ("prescribe".to_owned(), td_string!(i18n, prescribe.missing_checking).to_owned()),
        Lack::Answer(number) => {
            (format!("line-{number}"), td_string!(i18n, prescribe.missing_answer, number = number))
        }
        Lack::Body(figure) => (body::id(figure).to_owned(), body::wrong_words(i18n, figure).to_owned()),
        Lack::LongReason => ("long-reason".to_owned(), td_string!(i18n, prescribe.missing_long).to_owned()),
    }
}
