//! A visit as it is being filled in: an enum of steps, events, and a pure update.

mod answers;
mod event;
mod figures;
mod step;

pub use answers::{Place, Reaction, Taking};
pub use event::{Event, Missing};
pub use figures::{Field, Visited};
pub use step::Step;

use super::{asking::Asking, prescribing::Prescribing};
use crate::ui::{PressureKeys, Stroke};
use domain::{
    base::{Date, SignId, Timestamp, VisitId},
    care::Disease,
};
use serde::Serialize;

/// The draft, kept on the disk at every keystroke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// The id the visit will have: signing twice writes one visit.
    pub visit: VisitId,
    /// Whom it concerns.
    pub subject: String,
    /// When it was begun.
    pub started: Timestamp,
    /// What is followed up; set anew whenever the visit is opened.
    pub diseases: Vec<Disease>,
    /// Who is visited, which decides what is measured first; set anew likewise.
    pub visited: Visited,
    /// Where one is.
    pub step: Step,
    /// The figure the keypad writes to.
    pub field: Field,
    /// Blood pressure as typed.
    pub pressure: PressureKeys,
    /// Glucose in mmol/L as typed.
    pub glucose: String,
    /// Whether it was measured after a night without food.
    pub fasting: Option<bool>,
    /// Pulse as typed.
    pub pulse: String,
    /// Weight in kg as typed.
    pub weight: String,
    /// Temperature in °C as typed.
    pub temperature: String,
    /// Breaths a minute as typed.
    pub respiration: String,
    /// Oxygen saturation in percent as typed.
    pub spo2: String,
    /// Whether the further figures were wanted.
    pub more: bool,
    /// Danger signs that are present.
    pub danger_signs: Vec<SignId>,
    /// Whether somebody asked and there was none.
    pub no_danger_sign: bool,
    /// Ordinary symptoms.
    pub symptoms: Vec<SignId>,
    /// Medication taken.
    pub taking: Option<Taking>,
    /// Adverse reaction.
    pub reaction: Option<Reaction>,
    /// New or worse complication.
    pub complication: bool,
    /// The complaint.
    pub asking: Asking,
    /// The prescription.
    pub prescribing: Prescribing,
    /// Where.
    pub place: Place,
    /// A date agreed earlier than the norm's.
    pub agreed: Option<Date>,
    /// A word for whoever comes next.
    pub note: String,
    /// The signature on the glass.
    pub strokes: Vec<Stroke>,
}

domain::read_by_field! {
    Draft {
        visit, subject, started, diseases, visited, step, field, pressure, glucose, fasting, pulse, weight,
        temperature, respiration, spo2, more, danger_signs, no_danger_sign, symptoms, taking, reaction,
        complication, asking, prescribing, place, agreed, note, strokes
    } needing {
        visit, subject, started, step, field, pressure, pulse, weight, danger_signs, no_danger_sign,
        symptoms, complication, place, note, strokes
    }
}

impl Default for Draft {
    fn default() -> Self {
        Self::new(VisitId::default(), String::new(), Timestamp::default())
    }
}

impl Draft {
    /// Begins a visit.
    #[must_use]
    pub fn new(visit: VisitId, subject: String, started: Timestamp) -> Self {
        Self {
            visit,
            subject,
            started,
            diseases: Vec::new(),
            visited: Visited::default(),
            step: Step::Measure,
            field: Field::Pressure,
            pressure: PressureKeys::default(),
            glucose: String::new(),
            fasting: None,
            pulse: String::new(),
            weight: String::new(),
            temperature: String::new(),
            respiration: String::new(),
            spo2: String::new(),
            more: false,
            danger_signs: Vec::new(),
            no_danger_sign: false,
            symptoms: Vec::new(),
            taking: None,
            reaction: None,
            complication: false,
            asking: Asking::default(),
            prescribing: Prescribing::default(),
            place: Place::Home,
            agreed: None,
            note: String::new(),
            strokes: Vec::new(),
        }
    }

    /// Tells whether two states of a draft would be recorded alike; what was found about a prescription and where one is in the
    /// form are not part of it.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let plain = |draft: &Self| Self {
            step: Step::Sign,
            field: Field::Pressure,
            prescribing: draft.prescribing.unchecked(),
            ..draft.clone()
        };
        plain(self) == plain(other)
    }

    /// Returns whether anything was entered, so that an empty draft leaves no trace.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        *self
            != Self {
                step: self.step,
                field: self.field,
                diseases: self.diseases.clone(),
                visited: self.visited,
                more: self.more,
                ..Self::new(self.visit.clone(), self.subject.clone(), self.started)
            }
    }

    /// Tells whether danger signs have to be asked for: whoever is under care owes the answer, and so does whose
    /// pressure is judged.
    #[must_use]
    pub fn asks_signs(&self) -> bool {
        !self.goes_without_pressure()
    }

    /// Tells whether there is nothing that could be recorded.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.goes_without_pressure()
            && !self.has_figures()
            && !self.asking.is_begun()
            && self.prescribing.lines.is_empty()
    }

    /// Returns what keeps one from leaving `step` forwards.
    #[must_use]
    pub fn missing(&self, step: Step) -> Option<Missing> {
        match step {
            Step::Measure => self.figures_missing(),
            Step::Ask => {
                let is_open = self.danger_signs.is_empty() && !self.no_danger_sign;
                (self.asks_signs() && is_open).then_some(Missing::DangerSigns)
            }
            Step::Prescribe => {
                let lack = self.prescribing.lack_on(self.started.date()).map(Missing::Prescription);
                lack.or_else(|| self.is_nothing().then_some(Missing::Nothing))
            }
            Step::Advice | Step::Plan => None,
            Step::Sign => self.strokes.is_empty().then_some(Missing::Signature),
        }
    }

    /// Takes an event. Going forwards stops at the first step that lacks something.
    pub fn update(&mut self, event: Event) {
        match event {
            Event::Go(step) => {
                let stop = Step::ALL
                    .into_iter()
                    .take_while(|passed| *passed < step)
                    .find(|passed| self.missing(*passed).is_some());
                self.step = stop.unwrap_or(step);
            }
            Event::Choose(field) => self.field = field,
            Event::Key(key) => self.key(key),
            Event::More => self.more = true,
            Event::Fasting(fasting) => self.fasting = Some(fasting),
            Event::Danger(sign) => {
                toggle(&mut self.danger_signs, sign);
                self.no_danger_sign = false;
            }
            Event::NoDanger => {
                self.no_danger_sign = !self.no_danger_sign;
                self.danger_signs.clear();
            }
            Event::Symptom(sign) => toggle(&mut self.symptoms, sign),
            Event::Taking(taking) => self.taking = Some(taking),
            Event::Reaction(reaction) => self.reaction = Some(reaction),
            Event::Complication(found) => self.complication = found,
            Event::Asking(event) => self.asking.update(event),
            Event::Prescribing(event) => self.prescribing.update(*event),
            Event::Place(place) => self.place = place,
            Event::Agree(date) => self.agreed = date,
            Event::Note(note) => self.note = note,
            Event::Strokes(strokes) => self.strokes = strokes,
        }
    }
}

fn toggle(list: &mut Vec<SignId>, sign: SignId) {
    match list.iter().position(|known| *known == sign) {
        Some(place) => drop(list.remove(place)),
        None => list.push(sign),
    }
}

#[cfg(test)]
mod tests;
