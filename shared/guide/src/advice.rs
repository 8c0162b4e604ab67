//! What is advised, in words, with reasons.

use serde::{Deserialize, Serialize};

/// The state of a finding. Unknown is not absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is there.
    Present,
    /// It is not.
    Absent,
    /// Nobody knows; told so, it takes back what a text seemed to say.
    #[default]
    Unknown,
}

/// What was told of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The finding's id.
    pub finding: String,
    /// Its state.
    pub state: State,
}

/// Where a chip comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// Read in the texts of the complaint.
    #[default]
    Text,
    /// Tapped, corrected or answered.
    Told,
    /// Measured.
    Measured,
    /// Of the record.
    Record,
}

/// Something that was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Chip {
    /// The finding's id.
    pub finding: String,
    /// Its name.
    pub name: String,
    /// Its state.
    pub state: State,
    /// Where it comes from.
    pub voice: Voice,
    /// How long it has lasted, in hours, where the text says so.
    pub hours: Option<u32>,
    /// The words of the text it stands on; empty where it does not come from one.
    pub words: String,
}

domain::read_by_field! {
    Chip {
        finding, name, state, voice, hours, words
    } needing {
        finding, name, state, voice, words
    }
}

/// Five levels of urgency, the most urgent last; it is also what is taken where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Care at home, with a safety net.
    SelfCare,
    /// By appointment, within days.
    Appointment,
    /// Within 24 hours.
    Day,
    /// To a hospital at once.
    Emergency,
    /// An ambulance now.
    #[default]
    Ambulance,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::SelfCare, Self::Appointment, Self::Day, Self::Emergency, Self::Ambulance];

    /// Returns the word of records and rules, where an urgency has the same five.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SelfCare => "self_care",
            Self::Appointment => "appointment",
            Self::Day => "day",
            Self::Emergency => "emergency",
            Self::Ambulance => "ambulance",
        }
    }

    /// Returns the level of a word; nothing for one that is none of the five.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Source {
    /// The id that rows cite.
    pub id: String,
    /// Title, issuer, number and year, in one line.
    pub line: String,
    /// Where it can be read; empty where nowhere.
    pub link: String,
    /// Whether it is general knowledge without a source, which the screen says.
    pub example: bool,
}

domain::read_by_field! { Source { id, line, link, example } needing all }

/// A red flag that fires.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RedFlag {
    /// Its id.
    pub id: String,
    /// What is shown.
    pub name: String,
    /// Why, in plain words.
    pub reason: String,
    /// The level it asks for at least.
    pub level: Level,
    /// The names of the findings it fired on.
    pub findings: Vec<String>,
    /// What it rests on.
    pub source: Option<Source>,
}

domain::read_by_field! {
    RedFlag {
        id, name, reason, level, findings, source
    } needing {
        id, name, reason, level, findings
    }
}

/// Why a level is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A red flag, by its id.
    RedFlag(String),
    /// Conditions of at least that level are together so likely, in thousandths; the likeliest of them by name.
    Likely {
        /// Its name.
        name: String,
        /// Thousandths.
        together: u16,
    },
    /// Too little is known to say that it can wait.
    CannotTell,
}

/// What one finding says about a cause.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Says {
    /// The finding's id.
    pub finding: String,
    /// Its name.
    pub name: String,
    /// Its state: present or absent.
    pub state: State,
    /// How much it speaks for (above 0) or against (below 0): hundredths of a natural logarithm of the likelihood ratio.
    pub weight: i32,
    /// The source of its frequency; nothing where the condition does not list it.
    pub source: Option<Source>,
}

domain::read_by_field! {
    Says {
        finding, name, state, weight, source
    } needing {
        finding, name, state, weight
    }
}

/// A possible cause.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Cause {
    /// The condition's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its ICD-10 codes.
    pub icd10: Vec<String>,
    /// How likely, in thousandths.
    pub permille: u16,
    /// Whether it must not be missed.
    pub must_not_miss: bool,
    /// The level when it is likely.
    pub level: Level,
    /// What each finding says, the weightiest first.
    pub says: Vec<Says>,
}

domain::read_by_field! { Cause { id, name, icd10, permille, must_not_miss, level, says } needing all }

/// What can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The first cause is likely enough to be named.
    Likely,
    /// None is likely enough: refer.
    #[default]
    CannotTell,
}

/// Why the questions end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// One condition is likely enough, and nothing that must not be missed remains.
    Confident,
    /// No question would tell enough.
    NothingToAsk,
    /// As many as may be asked were asked.
    Enough,
}

/// The next best question.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Question {
    /// The finding it is about.
    pub finding: String,
    /// The finding's name.
    pub name: String,
    /// The question in plain words.
    pub text: String,
    /// Whether one has to look or measure, and cannot just ask.
    pub look: bool,
}

domain::read_by_field! { Question { finding, name, text, look } needing all }

/// The advice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Advice {
    /// The version of the knowledge: hexadecimal SHA-256 of its file.
    pub knowledge: String,
    /// What was understood, in the order of the text, then what was told, measured and of the record.
    pub chips: Vec<Chip>,
    /// What the texts say of vital signs that were not measured: they count.
    pub read: crate::Vitals,
    /// How urgent.
    pub level: Level,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
    /// The red flags that fire, the most urgent first.
    pub red_flags: Vec<RedFlag>,
    /// The likeliest causes, in order; none where nothing is known to be present.
    pub causes: Vec<Cause>,
    /// Causes that must not be missed, those red flags point at first; without what each finding says.
    pub must_not_miss: Vec<Cause>,
    /// How likely it is something that is not listed, in thousandths.
    pub unlisted: u16,
    /// Whether the first cause may be named.
    pub verdict: Verdict,
    /// The next best question; none where asking should stop.
    pub question: Option<Question>,
    /// Why asking should stop.
    pub stop: Option<Stop>,
}

domain::read_by_field! {
    Advice {
        knowledge, chips, read, level, reasons, red_flags, causes, must_not_miss, unlisted, verdict,
        question, stop
    } needing {
        knowledge, chips, read, level, reasons, red_flags, causes, must_not_miss, unlisted, verdict
    }
}
