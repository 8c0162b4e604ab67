//! What somebody complains of, as it is being asked for: the words, what was tapped and answered, what it was taken
//! for. Pure; what decision support makes of it is never kept here.

mod assessment;
mod case;
mod heard;

pub use assessment::assessment;
pub use case::{case, is_asked, site};
pub use heard::{Beside, Heard, Mark, beside, heard};

use documents::Diagnosis;
use guide::{Advice, Level, State};
use serde::{Deserialize, Serialize};

/// A finding that was answered for, tapped or corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The finding's id.
    pub finding: String,
    /// Its name.
    pub name: String,
    /// Its state; unknown takes back what the text seemed to say, or is the answer of somebody who does not know.
    pub state: State,
    /// Whether it answers a question that was asked.
    #[serde(default)]
    pub asked: bool,
}

/// What is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// Treated here.
    Here,
    /// Referred.
    Refer,
    /// An ambulance was called.
    Ambulance,
}

impl Handling {
    /// Returns the word of the record.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Refer => "refer",
            Self::Ambulance => "ambulance",
        }
    }

    /// Tells whether it is less than what a red flag of that level asks for.
    #[must_use]
    pub fn is_less_than(self, level: Level) -> bool {
        match level {
            Level::Ambulance => self < Self::Ambulance,
            Level::Emergency => self < Self::Refer,
            Level::Day | Level::Appointment | Level::SelfCare => false,
        }
    }
}

/// The complaint of a visit; empty for a visit nobody complained at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Asking {
    /// The complaint as typed.
    pub text: String,
    /// What was answered, tapped or corrected, in that order.
    pub answers: Vec<Answered>,
    /// Causes the doctor decided on.
    pub chosen: Vec<Diagnosis>,
    /// A diagnosis in the doctor's own words.
    pub own_words: String,
    /// What is done about it.
    pub handling: Option<Handling>,
    /// Where to.
    pub refer_to: String,
    /// What the choice filled in for it, as long as nobody typed another.
    pub filled_to: String,
    /// Why.
    pub refer_reason: String,
    /// Why less is done than a red flag asks for.
    pub override_reason: String,
}

domain::read_by_field! {
    Asking {
        text, answers, chosen, own_words, handling, refer_to, filled_to, refer_reason, override_reason
    }
}

/// What the person did.
#[derive(Clone, Debug, PartialEq)]
pub enum AskingEvent {
    /// Typed the complaint.
    Text(String),
    /// Answered for a finding, tapped or corrected it.
    Answer(Answered),
    /// Took back what was said of a finding.
    Forget(String),
    /// Chose a cause as a diagnosis, or took it back.
    Choose(Diagnosis),
    /// Typed a diagnosis of their own.
    OwnWords(String),
    /// Said what is done about it; what is known of where and why fills what is still empty.
    Handle {
        /// What is done.
        handling: Handling,
        /// Where to.
        to: String,
        /// Why.
        reason: String,
    },
    /// Typed where to.
    ReferTo(String),
    /// Typed why.
    ReferReason(String),
    /// Typed why less is done than a red flag asks for.
    OverrideReason(String),
}

impl Asking {
    /// Takes an event.
    pub fn update(&mut self, event: AskingEvent) {
        match event {
            AskingEvent::Text(text) => self.text = text,
            AskingEvent::Answer(mut answer) => {
                // Corrected later, it still answers the question that was asked.
                match self.answers.iter_mut().find(|known| known.finding == answer.finding) {
                    Some(known) => {
                        answer.asked |= known.asked;
                        *known = answer;
                    }
                    None => self.answers.push(answer),
                }
            }
            AskingEvent::Forget(finding) => self.answers.retain(|known| known.finding != finding),
            AskingEvent::Choose(cause) => match self.chosen.iter().position(|known| known.id == cause.id) {
                Some(place) => drop(self.chosen.remove(place)),
                None => self.chosen.push(cause),
            },
            AskingEvent::OwnWords(words) => self.own_words = words,
            AskingEvent::Handle { handling, to, reason } => {
                self.handling = Some(handling);
                // What nobody typed goes with the choice it came with.
                if self.refer_to.is_empty() || self.refer_to == self.filled_to {
                    self.refer_to = to.clone();
                }
                self.filled_to = to;
                if self.refer_reason.is_empty() {
                    self.refer_reason = reason;
                }
            }
            AskingEvent::ReferTo(place) => self.refer_to = place,
            AskingEvent::ReferReason(reason) => self.refer_reason = reason,
            AskingEvent::OverrideReason(reason) => self.override_reason = reason,
        }
    }

    /// Tells whether somebody complained, or was asked.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        let words = [&self.text, &self.own_words];
        words.into_iter().any(|text| !text.trim().is_empty())
            || !self.answers.is_empty()
            || !self.chosen.is_empty()
    }

    /// Returns what was said of a finding.
    #[must_use]
    pub fn answer(&self, finding: &str) -> Option<&Answered> {
        self.answers.iter().find(|known| known.finding == finding)
    }

    /// Returns how many questions were answered.
    #[must_use]
    pub fn asked(&self) -> u16 {
        let asked = self.answers.iter().filter(|known| known.asked).count();
        u16::try_from(asked).unwrap_or(u16::MAX)
    }

    /// Returns what the doctor decided it is: the causes chosen, then their own words.
    #[must_use]
    pub fn diagnoses(&self) -> Vec<Diagnosis> {
        let own = self.own_words.trim();
        let own = (!own.is_empty()).then(|| Diagnosis { name: own.to_owned(), ..Diagnosis::default() });
        self.chosen.iter().cloned().chain(own).collect()
    }

    /// Returns where the person is referred and why; both empty where they are not.
    #[must_use]
    pub fn referral(&self) -> (String, String) {
        match self.handling {
            Some(Handling::Refer | Handling::Ambulance) => {
                (self.refer_to.trim().to_owned(), self.refer_reason.trim().to_owned())
            }
            Some(Handling::Here) | None => Default::default(),
        }
    }
}

/// How many causes are shown and kept in the record.
pub const CAUSES_SHOWN: usize = 5;

/// Returns the level a red flag asks for, where the doctor does less than that and has to say why.
#[must_use]
pub fn demanded(asking: &Asking, advice: Option<&Advice>) -> Option<Level> {
    let level = advice?.red_flags.iter().map(|flag| flag.level).max()?;
    let less = match asking.handling {
        Some(handling) => handling.is_less_than(level),
        None => Handling::Here.is_less_than(level),
    };
    less.then_some(level)
}

#[cfg(test)]
pub mod guide_tests;
#[cfg(test)]
mod tests;
