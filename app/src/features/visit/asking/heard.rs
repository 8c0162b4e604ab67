//! What was understood, as chips that can be corrected.

use super::{Answered, Asking, AskingEvent};
use guide::{Advice, Chip, State, Voice};

/// How a chip stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is there.
    Present,
    /// It is not.
    Absent,
    /// The words leave it open.
    Doubted,
    /// The words seemed to say it, and it was taken back.
    NotSaid,
}

/// A chip of the complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The finding's id.
    pub finding: String,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub mark: Mark,
    /// How long it has lasted, in hours.
    pub hours: Option<u32>,
    /// Whether the words of the complaint say it: taken back, it stays to be seen.
    pub of_text: bool,
    /// Whether it answers a question, and nothing else said it.
    pub asked: bool,
}

impl Heard {
    /// Returns the state that counts.
    #[must_use]
    pub const fn state(&self) -> State {
        match self.mark {
            Mark::Present => State::Present,
            Mark::Absent => State::Absent,
            Mark::Doubted | Mark::NotSaid => State::Unknown,
        }
    }

    /// Returns what pressing the chip does: present, absent, not said, and round again.
    #[must_use]
    pub fn pressed(&self) -> AskingEvent {
        let say = |state| {
            let (finding, name) = (self.finding.clone(), self.name.clone());
            AskingEvent::Answer(Answered { finding, name, state, asked: false })
        };
        match self.mark {
            Mark::Present => say(State::Absent),
            Mark::Absent if self.of_text => say(State::Unknown),
            Mark::Absent => AskingEvent::Forget(self.finding.clone()),
            Mark::Doubted | Mark::NotSaid => say(State::Present),
        }
    }
}

/// Returns the chips: first those of the text in its order, then what was tapped or answered.
///
/// What was tapped since the advice was given shows at once.
#[must_use]
pub fn heard(asking: &Asking, advice: Option<&Advice>) -> Vec<Heard> {
    let chips = advice.map(|advice| advice.chips.as_slice()).unwrap_or_default();
    let of_text = |chip: &Chip| chip.voice == Voice::Text || !chip.words.is_empty();
    let mut all: Vec<Heard> = Vec::new();
    for chip in chips.iter().filter(|chip| of_text(chip)) {
        let answer = asking.answer(&chip.finding);
        let mark = match answer.map_or(chip.state, |answer| answer.state) {
            State::Present => Mark::Present,
            State::Absent => Mark::Absent,
            State::Unknown if answer.is_some() => Mark::NotSaid,
            State::Unknown => Mark::Doubted,
        };
        if all.iter().all(|known| known.finding != chip.finding) {
            let (finding, name) = (chip.finding.clone(), chip.name.clone());
            all.push(Heard { finding, name, mark, hours: chip.hours, of_text: true, asked: false });
        }
    }
    for answer in &asking.answers {
        let mark = match answer.state {
            State::Present => Mark::Present,
            State::Absent => Mark::Absent,
            // Nobody knew, which is not worth a chip; or it was taken back, and then it was one of the text.
            State::Unknown if answer.asked => continue,
            State::Unknown => Mark::NotSaid,
        };
        if all.iter().all(|known| known.finding != answer.finding) {
            let (finding, name) = (answer.finding.clone(), answer.name.clone());
            let of_text = mark == Mark::NotSaid;
            all.push(Heard { finding, name, mark, hours: None, of_text, asked: answer.asked });
        }
    }
    all
}

/// What counts besides the complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Its name.
    pub name: String,
    /// Whether it was measured; otherwise it is of the record or a danger sign.
    pub measured: bool,
}

/// Returns what is present by measurement, by the record, or as a danger sign of the follow-up.
#[must_use]
pub fn beside(asking: &Asking, advice: &Advice) -> Vec<Beside> {
    let chips = advice.chips.iter().filter(|chip| {
        let of_complaint =
            chip.voice == Voice::Text || !chip.words.is_empty() || asking.answer(&chip.finding).is_some();
        !of_complaint && chip.state == State::Present
    });
    chips.map(|chip| Beside { name: chip.name.clone(), measured: chip.voice == Voice::Measured }).collect()
}
