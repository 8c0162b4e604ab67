//! One medicine of a prescription that is being written.

use crate::decimal::Decimal;
use documents::{Medication, Prescribed};
use domain::base::{Date, EntryId, StaffId};
use serde::Serialize;

/// Routes by which the amount at once need not be said: a thin layer, a drop, a puff of its own size.
const UNMEASURED: [&str; 8] = ["topical", "eye", "ear", "nasal", "mouth", "vaginal", "rectal", "patch"];

/// A line, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its own id, which stays while others come and go.
    pub id: String,
    /// The medicine's id; empty for words of the doctor's own.
    pub medicine: String,
    /// Its generic name.
    pub name: String,
    /// Form with strength.
    pub form: String,
    /// Amount at once, in `unit`.
    pub dose: String,
    /// Unit, or the word for a piece.
    pub unit: String,
    /// Times a day, a decimal figure or a fraction.
    pub times: String,
    /// For how many days.
    pub days: String,
    /// The route's code.
    pub route: String,
    /// What else is to be kept in mind, as chosen.
    pub notes: Vec<String>,
    /// The same, as typed.
    pub remark: String,
    /// The medication of the record that it goes on with; empty where it is new.
    pub renews: String,
    /// Whether it is to be kept on record as taken for long.
    pub lasting: bool,
}

domain::read_by_field! {
    Line {
        id, medicine, name, form, dose, unit, times, days, route, notes, remark, renews, lasting
    }
}

impl Line {
    /// Tells whether it says all that a prescription must say.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let dose = match self.dose.trim().is_empty() {
            true => UNMEASURED.contains(&self.route.as_str()),
            false => is_figure(&self.dose) && !self.unit.trim().is_empty(),
        };
        dose && !self.name.trim().is_empty() && is_figure(&self.times) && is_figure(&self.days)
    }

    /// Returns all of it that the check asks, in one text: lines with the same key are checked alike.
    #[must_use]
    pub fn key(&self) -> String {
        let parts = [
            &self.id,
            &self.medicine,
            &self.name,
            &self.form,
            &self.dose,
            &self.unit,
            &self.times,
            &self.days,
            &self.route,
            &self.renews,
        ];
        parts.map(String::as_str).join("\n")
    }

    /// Says how often, and notes or forgets what is noted with it.
    pub fn often(&mut self, times: &str, note: &str, all_notes: &[String]) {
        self.times = times.to_owned();
        self.notes.retain(|known| known.is_empty() || !all_notes.contains(known));
        if !note.is_empty() {
            self.notes.push(note.to_owned());
        }
    }

    /// Notes something, or forgets it.
    pub fn toggle(&mut self, note: &str) {
        match self.notes.iter().position(|known| known == note) {
            Some(place) => drop(self.notes.remove(place)),
            None => self.notes.push(note.to_owned()),
        }
    }

    /// Returns how the check knows it: by its name with the strength, where one was chosen.
    #[must_use]
    pub fn asked(&self) -> guide::Line {
        let figure = |text: &str| Decimal::read(text).map(Decimal::value);
        let medicine = match (self.medicine.is_empty(), self.form.is_empty()) {
            (true, _) => self.name.trim().to_owned(),
            (false, true) => self.medicine.clone(),
            (false, false) => format!("{}{}", self.name, self.form),
        };
        guide::Line {
            medicine,
            dose: figure(&self.dose),
            unit: self.unit.clone(),
            times_per_day: figure(&self.times),
            days: figure(&self.days),
            route: self.route.clone(),
            taken: false,
        }
    }

    /// Returns what is recorded.
    #[must_use]
    pub fn prescribed(&self) -> Prescribed {
        let text = |text: &str| text.trim().to_owned();
        let remark = Some(text(&self.remark)).filter(|remark| !remark.is_empty());
        Prescribed {
            medicine: self.medicine.clone(),
            name: text(&self.name),
            form: self.form.clone(),
            dose: text(&self.dose),
            unit: text(&self.unit),
            times_per_day: text(&self.times),
            days: text(&self.days),
            route: self.route.clone(),
            note: self.notes.iter().cloned().chain(remark).collect::<Vec<_>>().join(";"),
        }
    }

    /// Returns it as a medicine that is taken from now on; its id is the line's, so that signing twice adds it once.
    #[must_use]
    pub fn medication(&self, frequency: String, from: Date, by: StaffId) -> Medication {
        let name = match self.form.is_empty() {
            true => self.name.trim().to_owned(),
            false => format!("{} {}", self.name, self.form),
        };
        Medication {
            id: EntryId::new(self.id.clone()),
            name,
            dose: format!("{}{}", self.dose.trim(), self.unit.trim()),
            frequency,
            from: Some(from),
            until: None,
            by,
        }
    }
}

fn is_figure(text: &str) -> bool {
    Decimal::read(text).is_some_and(|figure| !figure.is_zero())
}
