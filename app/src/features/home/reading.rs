//! A pressure as a resident types it: steps, events, and a pure update.

use crate::ui::{Key, PressureKeys};
use domain::{
    base::{EntryId, SignId},
    measurements::Pressure,
};
use serde::{Deserialize, Serialize};

/// Signs that only somebody trained can judge; a resident is not asked for them.
const FOR_DOCTORS: [&str; 3] = ["untreatable_here", "acute_coronary", "shock_or_anaphylaxis"];

/// The steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Type the figures.
    #[default]
    Measure,
    /// Say what one feels; asked only when the figures are not fine.
    Signs,
}

/// The draft, kept on the disk at every keystroke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The id the reading will have: saving twice writes one reading.
    pub id: EntryId,
    /// Where one is.
    pub step: Step,
    /// The figures as typed.
    pub pressure: PressureKeys,
    /// Whether unlikely figures were looked at twice.
    pub sure: bool,
    /// What one feels.
    pub signs: Vec<SignId>,
}

/// What the person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Pressed a key.
    Key(Key),
    /// Looked again: it is these figures.
    Sure,
    /// Feels this, or not after all.
    Sign(SignId),
    /// Went to a step.
    Go(Step),
}

/// Why the figures cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// One of the two is missing.
    NotWhole,
    /// Nobody can have such a pressure.
    Impossible,
    /// Possible, but worth a second look.
    Unlikely,
}

impl Draft {
    /// Begins a reading.
    #[must_use]
    pub fn new(id: EntryId) -> Self {
        Self { id, step: Step::Measure, pressure: PressureKeys::default(), sure: false, signs: Vec::new() }
    }

    /// Returns the pressure, or why it cannot be taken.
    ///
    /// # Errors
    /// When it is not whole, impossible, or unlikely and not looked at twice.
    pub fn measured(&self) -> Result<Pressure, Stop> {
        let (upper, lower) = self.pressure.figures().ok_or(Stop::NotWhole)?;
        let pressure = Pressure::new(upper, lower).map_err(|_| Stop::Impossible)?;
        if !self.sure && !pressure.unlikely().is_empty() {
            return Err(Stop::Unlikely);
        }
        Ok(pressure)
    }

    /// Takes an event.
    pub fn update(&mut self, event: Event) {
        match event {
            Event::Key(key) => {
                self.pressure.press(key);
                self.sure = false;
            }
            Event::Sure => self.sure = true,
            Event::Sign(sign) => match self.signs.iter().position(|known| *known == sign) {
                Some(place) => drop(self.signs.remove(place)),
                None => self.signs.push(sign),
            },
            Event::Go(step) => self.step = step,
        }
    }
}

/// Tells whether a resident can say of themselves that they have this sign.
#[must_use]
pub fn can_tell(sign: &SignId) -> bool {
    !FOR_DOCTORS.contains(&sign.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::measurements::hypertension_rules;

    fn typed(text: &str) -> Draft {
        let mut draft = Draft::new(EntryId::new("r1"));
        for digit in text.bytes() {
            draft.update(Event::Key(Key::Digit(digit - b'0')));
        }
        draft
    }

    #[test]
    fn a_pressure_is_typed_in_one_go() {
        assert_eq!(typed("13684").measured(), Ok(Pressure { sbp: 136, dbp: 84 }));
        assert_eq!(typed("136").measured(), Err(Stop::NotWhole));
    }

    #[test]
    fn an_impossible_pressure_is_a_hard_stop() {
        let mut draft = typed("84136");
        draft.update(Event::Sure);
        assert_eq!(draft.measured(), Err(Stop::Impossible));
    }

    #[test]
    fn an_unlikely_pressure_asks_once_and_again_after_a_change() {
        let mut draft = typed("23284");
        assert_eq!(draft.measured(), Err(Stop::Unlikely));
        draft.update(Event::Sure);
        assert_eq!(draft.measured(), Ok(Pressure { sbp: 232, dbp: 84 }));
        draft.update(Event::Key(Key::Back));
        draft.update(Event::Key(Key::Digit(5)));
        assert_eq!(draft.measured(), Err(Stop::Unlikely));
    }

    #[test]
    fn the_signs_left_to_doctors_are_signs_of_the_pack() {
        let pack = hypertension_rules().unwrap();
        for sign in FOR_DOCTORS {
            assert!(pack.label(&SignId::new(sign)).is_some());
        }
        assert!(can_tell(&SignId::new("severe_headache")));
    }

    #[test]
    fn a_draft_survives_the_disk() {
        let mut draft = typed("1529");
        draft.update(Event::Sign(SignId::new("vomiting")));
        let text = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
    }
}
