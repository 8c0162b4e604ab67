//! A visit as it is being filled in: an enum of steps, events, and a pure update.

mod answers;

pub use answers::{Place, Reaction, Taking};

use super::{
    asking::{Asking, AskingEvent},
    prescribing::{Prescribing, PrescribingEvent},
};
use crate::ui::{Key, PressureKeys, Stroke};
use domain::{
    base::{Date, Glucose, SignId, Timestamp, VisitId},
    care::Disease,
    measurements::{GlucoseReading, GlucoseTiming, Pressure},
};
use serde::{Deserialize, Serialize};

/// The steps, in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Pressure, glucose, pulse, weight.
    #[default]
    Measure,
    /// Danger signs, symptoms, medication taken, reactions.
    Ask,
    /// What the rules say.
    Advice,
    /// What is prescribed.
    Prescribe,
    /// When next, and a note.
    Plan,
    /// Check and sign.
    Sign,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Self; 6] =
        [Self::Measure, Self::Ask, Self::Advice, Self::Prescribe, Self::Plan, Self::Sign];

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
    /// Glucose in mmol/L.
    Glucose,
    /// Pulse a minute.
    Pulse,
    /// Weight in kg.
    Weight,
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
    /// What is followed up; set anew whenever the visit is opened.
    #[serde(default)]
    pub diseases: Vec<Disease>,
    /// Where one is.
    pub step: Step,
    /// The figure the keypad writes to.
    pub field: Field,
    /// Blood pressure as typed.
    pub pressure: PressureKeys,
    /// Glucose in mmol/L as typed.
    #[serde(default)]
    pub glucose: String,
    /// Whether it was measured after a night without food.
    #[serde(default)]
    pub fasting: Option<bool>,
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
    /// The complaint.
    #[serde(default)]
    pub asking: Asking,
    /// The prescription.
    #[serde(default)]
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

/// What the person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Went to a step.
    Go(Step),
    /// Chose a figure.
    Choose(Field),
    /// Pressed a key of the pad.
    Key(Key),
    /// Said whether the glucose was measured after a night without food.
    Fasting(bool),
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
    /// Something about the complaint.
    Asking(AskingEvent),
    /// Something about the prescription.
    Prescribing(PrescribingEvent),
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
    /// A glucose nobody can have.
    ImpossibleGlucose,
    /// Nobody said whether the glucose is a fasting one.
    Fasting,
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
            diseases: Vec::new(),
            step: Step::Measure,
            field: Field::Pressure,
            pressure: PressureKeys::default(),
            glucose: String::new(),
            fasting: None,
            pulse: String::new(),
            weight: String::new(),
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

    /// Returns whether anything was entered, so that an empty draft leaves no trace.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        *self
            != Self {
                step: self.step,
                field: self.field,
                diseases: self.diseases.clone(),
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

    /// Returns the glucose to be recorded, where one was typed.
    ///
    /// # Errors
    /// That nobody has such a glucose, or that nobody said how it lies to meals.
    pub fn glucose(&self) -> Result<Option<GlucoseReading>, Missing> {
        let reading = self.typed_glucose()?;
        if reading.is_some() && self.fasting.is_none() { Err(Missing::Fasting) } else { Ok(reading) }
    }

    /// Returns the glucose that advice is given on: a dangerous one is said before anybody was asked about meals. A
    /// single digit may be the first of two, so it waits for that answer.
    #[must_use]
    pub fn judged_glucose(&self) -> Option<GlucoseReading> {
        let is_whole = self.fasting.is_some() || self.glucose.len() > 1;
        self.typed_glucose().ok().flatten().filter(|_| is_whole)
    }

    fn typed_glucose(&self) -> Result<Option<GlucoseReading>, Missing> {
        if self.glucose.is_empty() || !self.asks_glucose() {
            return Ok(None);
        }
        let figure: Glucose =
            self.glucose.trim_end_matches('.').parse().map_err(|_| Missing::ImpossibleGlucose)?;
        let timing = match self.fasting {
            Some(true) => GlucoseTiming::Fasting,
            Some(false) => GlucoseTiming::NotFasting,
            None => GlucoseTiming::default(),
        };
        GlucoseReading::new(figure, timing).map(Some).map_err(|_| Missing::ImpossibleGlucose)
    }

    /// Returns whether this visit has a glucose measured.
    #[must_use]
    pub fn asks_glucose(&self) -> bool {
        self.diseases.contains(&Disease::Diabetes)
    }

    /// Returns the figures to measure, in order.
    #[must_use]
    pub fn fields(&self) -> &'static [Field] {
        match self.asks_glucose() {
            true => &[Field::Pressure, Field::Glucose, Field::Pulse, Field::Weight],
            false => &[Field::Pressure, Field::Pulse, Field::Weight],
        }
    }

    /// Returns whether the keypad writes to the last figure.
    #[must_use]
    pub fn is_at_last_field(&self) -> bool {
        self.fields().last() == Some(&self.field)
    }

    /// Returns what keeps one from leaving `step` forwards.
    #[must_use]
    pub fn missing(&self, step: Step) -> Option<Missing> {
        match step {
            Step::Measure => self.measured().err().or(self.glucose().err()),
            Step::Ask => {
                (self.danger_signs.is_empty() && !self.no_danger_sign).then_some(Missing::DangerSigns)
            }
            Step::Advice | Step::Prescribe | Step::Plan => None,
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
            Event::Prescribing(event) => self.prescribing.update(event),
            Event::Place(place) => self.place = place,
            Event::Agree(date) => self.agreed = date,
            Event::Note(note) => self.note = note,
            Event::Strokes(strokes) => self.strokes = strokes,
        }
    }

    fn key(&mut self, key: Key) {
        if key == Key::Next && !(self.field == Field::Pressure && self.pressure.figures().is_none()) {
            let fields = self.fields();
            let place = fields.iter().position(|field| *field == self.field).unwrap_or_default();
            self.field = fields.get(place + 1).copied().unwrap_or_default();
            return;
        }
        // A whole pressure leads on to the glucose by itself, and what is typed wrong is taken back from there.
        if key == Key::Back && self.field == Field::Glucose && self.glucose.is_empty() {
            self.field = Field::Pressure;
        }
        match self.field {
            Field::Pressure => {
                self.pressure.press(key);
                if self.pressure.is_full() && self.asks_glucose() && self.glucose.is_empty() {
                    self.field = Field::Glucose;
                }
            }
            Field::Glucose => type_into(&mut self.glucose, key, 5, true),
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
mod tests;
