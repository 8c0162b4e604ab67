//! What medicines ask of a body: kidneys, liver, pregnancy, breast-feeding. Typed at a visit or on the page of a resident's facts,
//! kept with its date, and known as long as it is believed.

mod form;
mod typed;
mod words;

pub use form::{BodyForm, focus_of, id, wrong_words};
pub use typed::{CLASSES, Figure, Typed};
pub use words::{Line, entry, frozen_rate, lines};

use crate::replica::files::ResidentFile;
use documents::Prescription;
use domain::{
    base::{Date, Sex, StaffId},
    measurements::{Body, ChildPugh, Whose, body_rules},
    people::{KeyGroup, Resident},
};

/// Tells whether somebody is asked for a pregnancy or breast-feeding: no man, no small child, nobody in the group of the old.
#[must_use]
pub fn can_expect(person: &Resident) -> bool {
    let beyond = [KeyGroup::Child, KeyGroup::Over65];
    person.sex != Sex::Male && !beyond.iter().any(|group| person.is_in(group))
}

/// Returns what is known on `day`: by the record, and by what was typed then.
#[must_use]
pub fn known(file: &ResidentFile, typed: &Typed, day: Date) -> Body {
    let mut facts = file.record.body_facts();
    facts.extend(typed.facts(day, None, &StaffId::default()));
    let whose = Whose { born: file.person.birth_date, sex: &file.person.sex };
    // Without rules nothing is known, which is not normal.
    let body = body_rules().and_then(|rules| rules.known(&facts, whose, day)).unwrap_or_default();
    typed.forget(body)
}

/// Writes what a prescription was checked with into it.
#[must_use]
pub fn on(body: &Body, prescription: Prescription) -> Prescription {
    let egfr = body.egfr.as_ref();
    Prescription {
        egfr: egfr.map(|known| known.value.rate),
        egfr_on: egfr.map(|known| known.on),
        creatinine: egfr.and_then(|known| Some(known.value.from.as_ref()?.0)),
        child_pugh: class(body).map(ToString::to_string).unwrap_or_default(),
        pregnant_weeks: body.pregnancy.as_ref().and_then(|known| known.value.weeks),
        lactating: feeds(body),
        dated: true,
        ..prescription
    }
}

/// Returns the Child-Pugh class.
#[must_use]
pub fn class(body: &Body) -> Option<&ChildPugh> {
    body.child_pugh.as_ref().map(|known| &known.value)
}

/// Tells whether she breast-feeds, as far as is known.
#[must_use]
pub fn feeds(body: &Body) -> bool {
    body.breast_feeding.as_ref().is_some_and(|known| known.value)
}

#[cfg(test)]
mod tests;
