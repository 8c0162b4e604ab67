//! The figures of a visit: who is asked for which, how they are typed, and what they amount to.

use super::{Draft, Missing, Step};
use crate::ui::Key;
use domain::{
    base::{Date, Glucose},
    care::Disease,
    measurements::{GlucoseReading, GlucoseTiming, Pressure, Vital},
    people::{KeyGroup, Resident},
};
use serde::{Deserialize, Serialize};

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
    /// Temperature in °C.
    Temperature,
    /// Breaths a minute.
    Respiration,
    /// Oxygen saturation in percent.
    Spo2,
}

/// Who is visited, as far as it decides what is measured first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visited {
    /// Somebody followed up for a disease: a pressure is owed.
    #[default]
    UnderCare,
    /// A child under care for nothing.
    Child,
    /// Anybody else under care for nothing.
    Anybody,
}

/// Up to this age, in years, somebody is asked for the figures of a child, as in the key group.
const CHILD_UP_TO: u16 = 6;

impl Visited {
    /// Returns who is visited on `date`.
    #[must_use]
    pub fn of(person: &Resident, date: Date) -> Self {
        if Disease::KNOWN.iter().any(|disease| disease.concerns(person)) {
            Self::UnderCare
        } else if person.is_in(&KeyGroup::Child) || person.age(date).is_some_and(|age| age <= CHILD_UP_TO) {
            Self::Child
        } else {
            Self::Anybody
        }
    }

    /// Returns the figures that are shown at once, and those behind one more tap, in the order they are asked for.
    fn figures(self, of_diabetes: bool) -> (&'static [Field], &'static [Field]) {
        use Field::{Glucose, Pressure, Pulse, Respiration, Spo2, Temperature, Weight};
        match (self, of_diabetes) {
            (Self::UnderCare, true) => {
                (&[Pressure, Glucose, Pulse, Weight], &[Temperature, Respiration, Spo2])
            }
            (Self::UnderCare, false) => {
                (&[Pressure, Pulse, Weight], &[Temperature, Respiration, Spo2, Glucose])
            }
            (Self::Child, _) => (&[Temperature, Respiration, Spo2, Weight], &[Pulse, Pressure, Glucose]),
            (Self::Anybody, _) => (&[Temperature, Pressure, Pulse, Spo2], &[Respiration, Weight, Glucose]),
        }
    }
}

impl Draft {
    /// Takes up whom the visit concerns, as the record has it today.
    pub fn concern(&mut self, person: &Resident) {
        let date = self.started.date();
        let fresh = !self.is_begun();
        self.diseases = Disease::followed_up(person);
        self.visited = Visited::of(person, date);
        if fresh {
            self.field = self.fields().first().copied().unwrap_or_default();
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

    /// Tells whether the visit owes no pressure, and none was begun.
    #[must_use]
    pub fn goes_without_pressure(&self) -> bool {
        self.visited != Visited::UnderCare && self.pressure.is_empty()
    }

    /// Returns the glucose to be recorded, where one was typed. How it lies to meals only diabetes care has to know.
    ///
    /// # Errors
    /// That nobody has such a glucose, or that nobody said how it lies to meals.
    pub fn glucose(&self) -> Result<Option<GlucoseReading>, Missing> {
        let reading = self.typed_glucose()?;
        let lacks = reading.is_some() && self.fasting.is_none() && self.asks_glucose();
        if lacks { Err(Missing::Fasting) } else { Ok(reading) }
    }

    /// Returns the glucose that advice is given on: a dangerous one is said before anybody was asked about meals. A
    /// single digit may be the first of two, so it waits for that answer, or for the next step where nobody owes it.
    #[must_use]
    pub fn judged_glucose(&self) -> Option<GlucoseReading> {
        let is_left = !self.asks_glucose() && self.step != Step::Measure;
        let is_whole = self.fasting.is_some() || self.glucose.len() > 1 || is_left;
        self.typed_glucose().ok().flatten().filter(|_| is_whole)
    }

    fn typed_glucose(&self) -> Result<Option<GlucoseReading>, Missing> {
        if self.glucose.is_empty() {
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

    /// Returns what was typed for a vital sign, possible or not.
    #[must_use]
    pub fn typed(&self, vital: Vital) -> &str {
        match vital {
            Vital::Temperature => &self.temperature,
            Vital::Pulse => &self.pulse,
            Vital::Respiration => &self.respiration,
            Vital::Spo2 => &self.spo2,
        }
    }

    /// Returns a vital sign in its unit, where one was typed.
    ///
    /// # Errors
    /// That nobody has such a figure.
    pub fn vital(&self, vital: Vital) -> Result<Option<u16>, Missing> {
        let typed = self.typed(vital);
        if typed.is_empty() {
            return Ok(None);
        }
        let figure = if vital == Vital::Temperature { tenths(typed) } else { typed.parse().ok() };
        figure.filter(|figure| vital.is_possible(*figure)).map(Some).ok_or(Missing::ImpossibleVital(vital))
    }

    /// Returns whether this visit owes a glucose.
    #[must_use]
    pub fn asks_glucose(&self) -> bool {
        self.diseases.contains(&Disease::Diabetes)
    }

    /// Returns the figures to measure, in order: those shown at once, and the further ones once they are wanted.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let (first, further) = self.visited.figures(self.asks_glucose());
        let mut fields = first.to_vec();
        if self.shows_more() {
            fields.extend_from_slice(further);
        }
        fields
    }

    /// Tells whether the further figures are shown: somebody wanted them, or has typed one.
    #[must_use]
    pub fn shows_more(&self) -> bool {
        let (_, further) = self.visited.figures(self.asks_glucose());
        self.more || further.iter().any(|field| !self.is_blank(*field))
    }

    /// Tells whether nothing was typed for a figure.
    fn is_blank(&self, field: Field) -> bool {
        match field {
            Field::Pressure => self.pressure.is_empty(),
            Field::Glucose => self.glucose.is_empty(),
            Field::Pulse => self.pulse.is_empty(),
            Field::Weight => self.weight.is_empty(),
            Field::Temperature => self.temperature.is_empty(),
            Field::Respiration => self.respiration.is_empty(),
            Field::Spo2 => self.spo2.is_empty(),
        }
    }

    /// Tells whether any figure was typed.
    #[must_use]
    pub fn has_figures(&self) -> bool {
        let (first, further) = self.visited.figures(self.asks_glucose());
        first.iter().chain(further).any(|field| !self.is_blank(*field))
    }

    /// Returns whether the keypad writes to the last figure.
    #[must_use]
    pub fn is_at_last_field(&self) -> bool {
        self.fields().last() == Some(&self.field)
    }

    /// Returns what keeps the figures from being recorded.
    pub(super) fn figures_missing(&self) -> Option<Missing> {
        let pressure = if self.goes_without_pressure() { None } else { self.measured().err() };
        let vitals = [Vital::Temperature, Vital::Pulse, Vital::Respiration, Vital::Spo2];
        let impossible = || vitals.into_iter().find_map(|vital| self.vital(vital).err());
        pressure.or(self.glucose().err()).or_else(impossible)
    }

    pub(super) fn key(&mut self, key: Key) {
        let is_half = self.field == Field::Pressure
            && self.pressure.figures().is_none()
            && !self.goes_without_pressure();
        if key == Key::Next && !is_half {
            let fields = self.fields();
            let place = fields.iter().position(|field| *field == self.field);
            let next = place.map_or(0, |place| place + 1);
            self.field = fields.get(next).or(fields.first()).copied().unwrap_or_default();
            return;
        }
        // A whole pressure leads on to the glucose by itself, and what is typed wrong is taken back from there.
        if key == Key::Back && self.field == Field::Glucose && self.glucose.is_empty() && self.asks_glucose()
        {
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
            Field::Respiration => type_into(&mut self.respiration, key, 3, false),
            Field::Spo2 => type_into(&mut self.spo2, key, 3, false),
            Field::Temperature => {
                // Nobody has 100 °C: after two digits the point comes by itself.
                if matches!(key, Key::Digit(_)) && self.temperature.len() == 2 {
                    self.temperature.push('.');
                }
                type_into(&mut self.temperature, key, 4, true);
            }
        }
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

/// Reads a figure with at most one decimal, `38.5`, into tenths.
fn tenths(text: &str) -> Option<u16> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: u16 = if part.is_empty() { 0 } else { part.get(..1)?.parse().ok()? };
    whole.parse::<u16>().ok()?.checked_mul(10)?.checked_add(part)
}
