//! A visit as it is being filled in: an enum of steps, events, and a pure update.

use crate::ui::{Key, PressureKeys, Stroke};
use domain::{
    base::{Date, SignId, Timestamp, VisitId},
    measurements::Pressure,
};
use serde::{Deserialize, Serialize};

/// The steps, in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Pressure, pulse, weight.
    #[default]
    Measure,
    /// Danger signs, symptoms, medication taken, reactions.
    Ask,
    /// What the rules say.
    Advice,
    /// When next, and a note.
    Plan,
    /// Check and sign.
    Sign,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Self; 5] = [Self::Measure, Self::Ask, Self::Advice, Self::Plan, Self::Sign];

    /// Returns the position in the flow.
    #[must_use]
    pub const fn place(self) -> usize {
        self as usize
    }

    /// Returns the step at a position; the last one beyond the end.
    #[must_use]
    pub fn at(place: usize) -> Self {
        Self::ALL.get(place).copied().unwrap_or(Self::Sign)
    }
}

/// The figure the keypad writes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Blood pressure.
    #[default]
    Pressure,
    /// Pulse a minute.
    Pulse,
    /// Weight in kg.
    Weight,
}

/// Whether medication is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taking {
    /// As agreed.
    Regular,
    /// Now and then.
    Irregular,
    /// Not at all.
    None,
}

/// Whether medication causes trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// No.
    None,
    /// Yes, can be handled.
    Present,
    /// Yes, hard to control.
    HardToControl,
}

/// Where the visit takes place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At the resident's home.
    #[default]
    Home,
    /// At the clinic.
    Clinic,
    /// By telephone.
    Phone,
}

/// The draft, kept on the disk at every keystroke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The id the visit will have: signing twice writes one visit.
    pub visit: VisitId,
    /// Whom it concerns.
    pub subject: String,
    /// When it was begun.
    pub started: Timestamp,
    /// Where one is.
    pub step: Step,
    /// The figure the keypad writes to.
    pub field: Field,
    /// Blood pressure as typed.
    pub pressure: PressureKeys,
    /// Pulse as typed.
    pub pulse: String,
    /// Weight in kg as typed.
    pub weight: String,
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
    /// Where.
    pub place: Place,
    /// A date agreed earlier than the norm's.
    pub agreed: Option<Date>,
    /// A word for whoever comes next.
    pub note: String,
    /// The signature on the glass.
    pub strokes: Vec<Stroke>,
}

/// What the person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Went to a step.
    Go(Step),
    /// Chose a figure.
    Choose(Field),
    /// Pressed a key of the pad.
    Key(Key),
    /// Toggled a danger sign.
    Danger(SignId),
    /// Said that there is none.
    NoDanger,
    /// Toggled a symptom.
    Symptom(SignId),
    /// Said how medication is taken.
    Taking(Taking),
    /// Said whether it causes trouble.
    Reaction(Reaction),
    /// Said whether there is a new or worse complication.
    Complication(bool),
    /// Said where it takes place.
    Place(Place),
    /// Agreed a date, or took it back.
    Agree(Option<Date>),
    /// Wrote a note.
    Note(String),
    /// Drew.
    Strokes(Vec<Stroke>),
}

/// Why a step cannot be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No pressure, or half of one.
    Pressure,
    /// A pressure nobody can have.
    Impossible,
    /// Nobody asked for danger signs.
    DangerSigns,
    /// Not signed.
    Signature,
}

impl Draft {
    /// Begins a visit.
    #[must_use]
    pub fn new(visit: VisitId, subject: String, started: Timestamp) -> Self {
        Self {
            visit,
            subject,
            started,
            step: Step::Measure,
            field: Field::Pressure,
            pressure: PressureKeys::default(),
            pulse: String::new(),
            weight: String::new(),
            danger_signs: Vec::new(),
            no_danger_sign: false,
            symptoms: Vec::new(),
            taking: None,
            reaction: None,
            complication: false,
            place: Place::Home,
            agreed: None,
            note: String::new(),
            strokes: Vec::new(),
        }
    }

    /// Returns whether anything was entered, so that an empty draft leaves no trace.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        *self
            != Self {
                step: self.step,
                field: self.field,
                ..Self::new(self.visit.clone(), self.subject.clone(), self.started)
            }
    }

    /// Returns the pressure once it is whole and possible.
    ///
    /// # Errors
    /// What is missing, or that nobody has such a pressure.
    pub fn measured(&self) -> Result<Pressure, Missing> {
        let (upper, lower) = self.pressure.figures().ok_or(Missing::Pressure)?;
        Pressure::new(upper, lower).map_err(|_| Missing::Impossible)
    }

    /// Returns what keeps one from leaving `step` forwards.
    #[must_use]
    pub fn missing(&self, step: Step) -> Option<Missing> {
        match step {
            Step::Measure => self.measured().err(),
            Step::Ask => {
                (self.danger_signs.is_empty() && !self.no_danger_sign).then_some(Missing::DangerSigns)
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
            Event::Place(place) => self.place = place,
            Event::Agree(date) => self.agreed = date,
            Event::Note(note) => self.note = note,
            Event::Strokes(strokes) => self.strokes = strokes,
        }
    }

    fn key(&mut self, key: Key) {
        if key == Key::Next {
            self.field = match self.field {
                Field::Pressure if self.pressure.figures().is_none() => {
                    self.pressure.press(key);
                    Field::Pressure
                }
                Field::Pressure => Field::Pulse,
                Field::Pulse => Field::Weight,
                Field::Weight => Field::Pressure,
            };
            return;
        }
        match self.field {
            Field::Pressure => self.pressure.press(key),
            Field::Pulse => type_into(&mut self.pulse, key, 3, false),
            Field::Weight => type_into(&mut self.weight, key, 5, true),
        }
    }
}

fn toggle(list: &mut Vec<SignId>, sign: SignId) {
    match list.iter().position(|known| *known == sign) {
        Some(place) => drop(list.remove(place)),
        None => list.push(sign),
    }
}

fn type_into(text: &mut String, key: Key, longest: usize, point: bool) {
    match key {
        Key::Back => drop(text.pop()),
        Key::Digit(digit) if text.len() < longest => text.extend(char::from_digit(u32::from(digit), 10)),
        Key::Point if point && !text.is_empty() && !text.contains('.') => text.push('.'),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft::new(VisitId::new("v1"), "s".into(), Timestamp(0))
    }

    fn type_keys(draft: &mut Draft, text: &str) {
        for digit in text.bytes() {
            draft.update(Event::Key(Key::Digit(digit - b'0')));
        }
    }

    #[test]
    fn a_pressure_is_typed_in_one_go() {
        let mut draft = draft();
        type_keys(&mut draft, "15296");
        assert_eq!(draft.measured(), Ok(Pressure { sbp: 152, dbp: 96 }));
    }

    #[test]
    fn nobody_leaves_measuring_without_a_pressure() {
        let mut draft = draft();
        draft.update(Event::Go(Step::Advice));
        assert_eq!(draft.step, Step::Measure);
    }

    #[test]
    fn danger_signs_must_be_asked_for_before_advice() {
        let mut draft = draft();
        type_keys(&mut draft, "15296");
        draft.update(Event::Go(Step::Sign));
        assert_eq!(draft.step, Step::Ask);
        draft.update(Event::NoDanger);
        draft.update(Event::Go(Step::Advice));
        assert_eq!(draft.step, Step::Advice);
    }

    #[test]
    fn a_sign_takes_back_the_word_that_there_is_none() {
        let mut draft = draft();
        draft.update(Event::NoDanger);
        draft.update(Event::Danger(SignId::new("vomiting")));
        assert!(!draft.no_danger_sign);
        draft.update(Event::NoDanger);
        assert!(draft.danger_signs.is_empty());
    }

    #[test]
    fn going_back_is_free() {
        let mut draft = draft();
        type_keys(&mut draft, "15296");
        draft.update(Event::NoDanger);
        draft.update(Event::Go(Step::Plan));
        draft.update(Event::Go(Step::Measure));
        assert_eq!(draft.step, Step::Measure);
        assert_eq!(draft.measured(), Ok(Pressure { sbp: 152, dbp: 96 }));
    }

    #[test]
    fn an_untouched_draft_is_not_begun() {
        let mut draft = draft();
        assert!(!draft.is_begun());
        type_keys(&mut draft, "1");
        assert!(draft.is_begun());
    }

    #[test]
    fn a_draft_survives_the_disk() {
        let mut draft = draft();
        type_keys(&mut draft, "1529");
        draft.update(Event::Danger(SignId::new("vomiting")));
        let text = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
    }
}
