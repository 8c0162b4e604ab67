//! A prescription as it is being written, and what the doctor answered to what was found about it. Pure.

mod checked;
mod line;

pub use checked::{Answered, Checked, Named, Standing, kind_code};
pub use line::Line;

use crate::features::body::{Figure, Typed};
use documents::{Prescription, Warning, WarningLevel};
use domain::base::Date;
use guide::FlagLevel;
use serde::Serialize;

/// The prescription of a visit; empty where nothing is prescribed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Prescribing {
    /// The lines.
    pub lines: Vec<Line>,
    /// Reasons to prescribe in spite of a warning.
    pub answers: Vec<Answered>,
    /// The assessment and reason that a long prescription asks for.
    pub long_reason: String,
    /// What was typed of kidneys, liver, pregnancy and breast-feeding.
    pub body: Typed,
    /// What was found about the lines; never on the disk, since it can be asked again.
    #[serde(skip)]
    pub checked: Checked,
    /// The lines it was found about, by [`Line::key`].
    #[serde(skip)]
    of: Vec<String>,
    /// Whether something else that the check goes by has changed since.
    #[serde(skip)]
    outdated: bool,
}

domain::read_by_field! { Prescribing { lines, answers, long_reason, body } but { checked, of, outdated } }

/// What the person did, or what was found.
#[derive(Clone, Debug, PartialEq)]
pub enum PrescribingEvent {
    /// Added a line at the end.
    Add(Line),
    /// Changed the line of the same id.
    Change(Line),
    /// Took a line out.
    Remove(String),
    /// Put a line back in its place.
    PutBack(usize, Line),
    /// Gave a reason to prescribe in spite of a warning, or took it back with an empty one.
    Answer(Answered),
    /// Wrote the assessment of a long prescription.
    LongReason(String),
    /// Typed something of kidneys, liver, pregnancy or breast-feeding.
    Body(Typed),
    /// Something that the check goes by has changed.
    Outdated,
    /// It was checked.
    Checked {
        /// The lines that were checked, by [`Line::key`].
        of: Vec<String>,
        /// What was found.
        checked: Checked,
    },
}

/// Why the step cannot be left forwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The line of this number is not complete.
    Line(usize),
    /// The check is not done yet.
    Check,
    /// The line of this number has a warning nobody answered.
    Answer(usize),
    /// It is long and nobody wrote why.
    LongReason,
    /// A figure of the body cannot be.
    Body(Figure),
}

impl Prescribing {
    /// Takes an event.
    pub fn update(&mut self, event: PrescribingEvent) {
        match event {
            PrescribingEvent::Add(line) => self.lines.push(line),
            PrescribingEvent::Change(line) => {
                let known = self.lines.iter_mut().find(|known| known.id == line.id);
                known.into_iter().for_each(|known| *known = line.clone());
            }
            PrescribingEvent::Remove(id) => self.lines.retain(|line| line.id != id),
            PrescribingEvent::PutBack(place, line) => self.lines.insert(place.min(self.lines.len()), line),
            PrescribingEvent::Answer(answer) => {
                self.answers.retain(|known| !known.is_to_the_same(&answer));
                if !answer.reason.is_empty() {
                    self.answers.push(answer);
                }
            }
            PrescribingEvent::LongReason(reason) => self.long_reason = reason,
            PrescribingEvent::Body(typed) => self.body = typed,
            PrescribingEvent::Outdated => self.outdated = true,
            PrescribingEvent::Checked { of, checked } => {
                // A reason belongs to the warning it answers: it goes when that goes or becomes another.
                if let Checked::Done { flags, named, .. } = &checked {
                    self.answers.retain(|answer| flags.iter().any(|flag| answer.answers(flag, named)));
                }
                (self.checked, self.of, self.outdated) = (checked, of, false);
            }
        }
    }

    /// Returns what the lines are known by.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.lines.iter().map(Line::key).collect()
    }

    /// Tells whether what was found is about these lines.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.checked != Checked::NotAsked && !self.outdated && self.of == self.keys()
    }

    /// Returns what is written, without what was found about it.
    #[must_use]
    pub fn unchecked(&self) -> Self {
        Self {
            lines: self.lines.clone(),
            answers: self.answers.clone(),
            long_reason: self.long_reason.clone(),
            body: self.body.clone(),
            ..Self::default()
        }
    }

    /// Returns the line of an id, with its place.
    #[must_use]
    pub fn line(&self, id: &str) -> Option<(usize, &Line)> {
        self.lines.iter().enumerate().find(|(_, line)| line.id == id)
    }

    /// Returns what stands, each with the line it is shown at and the reason given: the weightiest first.
    #[must_use]
    pub fn standing(&self) -> Vec<Standing> {
        self.checked.standing(&self.lines, &self.answers)
    }

    /// Tells whether the norm asks for an assessment.
    #[must_use]
    pub fn is_long(&self) -> bool {
        matches!(&self.checked, Checked::Done { flags, .. } if flags.iter().any(|flag| flag.assess))
    }

    /// Returns why the step cannot be left forwards on the day of the visit.
    #[must_use]
    pub fn lack_on(&self, day: Date) -> Option<Lack> {
        self.body.wrong(day).map(Lack::Body).or_else(|| self.lack())
    }

    /// Returns what the lines and the answers to warnings lack.
    #[must_use]
    pub fn lack(&self) -> Option<Lack> {
        if self.lines.is_empty() {
            return None;
        }
        if let Some(place) = self.lines.iter().position(|line| !line.is_whole()) {
            return Some(Lack::Line(place + 1));
        }
        if !self.is_checked() {
            return Some(Lack::Check);
        }
        if let Some(open) = self.standing().into_iter().find(Standing::is_open) {
            return Some(Lack::Answer(open.line + 1));
        }
        (self.is_long() && self.long_reason.trim().is_empty()).then_some(Lack::LongReason)
    }

    /// Returns what is recorded; nothing where nothing is prescribed.
    #[must_use]
    pub fn prescription(&self) -> Option<Prescription> {
        if self.lines.is_empty() {
            return None;
        }
        let warnings = self.standing().into_iter().map(|standing| Warning {
            level: match standing.flag.level {
                FlagLevel::Inform => WarningLevel::Inform,
                FlagLevel::Warn => WarningLevel::Warn,
                FlagLevel::Stop => WarningLevel::Stop,
            },
            kind: kind_code(standing.flag.kind).to_owned(),
            // What is taken already is no line of this prescription.
            lines: standing.places.iter().filter_map(|place| u16::try_from(*place).ok()).collect(),
            source: standing.flag.source.map(|source| source.line).unwrap_or_default(),
            what: standing.flag.what,
            why: standing.flag.why,
            instead: standing.flag.instead,
            reason: standing.reason,
        });
        Some(Prescription {
            lines: self.lines.iter().map(Line::prescribed).collect(),
            warnings: warnings.collect(),
            long_reason: if self.is_long() { self.long_reason.trim().to_owned() } else { String::new() },
            medicines: match &self.checked {
                Checked::Done { medicines, .. } => medicines.clone(),
                Checked::NotAsked | Checked::NoKnowledge | Checked::NoBirthDate => String::new(),
            },
            ..Prescription::default()
        })
    }
}

#[cfg(test)]
mod tests;
