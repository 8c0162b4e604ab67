//! What is prescribed, and what is found about it.

use crate::{Sex, Source};
use serde::{Deserialize, Serialize};

/// The patient as far as medicines ask; `None` is unknown, which is not normal.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Patient {
    /// Age in completed days.
    pub age_days: u32,
    /// Sex.
    pub sex: Option<Sex>,
    /// Grams.
    pub weight: Option<u32>,
    /// Estimated glomerular filtration rate, ml/min/1.73 m².
    pub egfr: Option<u16>,
    /// Child-Pugh class: `A`, `B` or `C`.
    pub child_pugh: Option<String>,
    /// Whether she is pregnant; `None` is not known.
    pub pregnant: Option<bool>,
    /// Completed weeks of pregnancy.
    pub pregnant_weeks: Option<u16>,
    /// Whether she breast-feeds.
    pub lactating: bool,
    /// Whether this is an emergency visit.
    pub emergency: bool,
    /// Conditions of the record and the diagnosis of today, in words.
    pub conditions: Vec<String>,
    /// Allergies, in words.
    pub allergies: Vec<String>,
}

domain::read_by_field! {
    Patient {
        age_days, sex, weight, egfr, child_pugh, pregnant, pregnant_weeks, lactating, emergency, conditions,
        allergies
    }
}

/// A line of a prescription.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Line {
    /// A medicine's id, or its name as somebody wrote it.
    pub medicine: String,
    /// Amount at once, in `unit`.
    pub dose: Option<f64>,
    /// `mg`, `g`, `ml`, `IU`, or a count of tablets and the like, in its Chinese word.
    pub unit: String,
    /// How often a day; once a week is 1/7.
    pub times_per_day: Option<f64>,
    /// For how many days.
    pub days: Option<f64>,
    /// The route: `po`, `iv` … as [`Dose::route`] has it, or in words.
    pub route: String,
    /// Already taken, by an earlier prescription.
    pub taken: bool,
}

domain::read_by_field! { Line { medicine, dose, unit, times_per_day, days, route, taken } }

/// A medicine that a search found.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Medicine {
    /// Its id.
    pub id: String,
    /// Its generic name.
    pub name: String,
    /// The brand or other word that was found, where it was not the name.
    pub found_by: String,
    /// On the national essential list.
    pub essential: bool,
    /// Forms with strength, as they are written.
    pub forms: Vec<String>,
    /// The pieces it is counted in, with what is in one.
    pub pieces: Vec<Piece>,
    /// Whether there are dose rows; without, doses cannot be checked.
    pub has_doses: bool,
}

domain::read_by_field! { Medicine { id, name, found_by, essential, forms, pieces, has_doses } needing all }

/// What is in a piece: a tablet, a capsule, a sachet.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Piece {
    /// Its Chinese word, good as a unit.
    pub word: String,
    /// Amount.
    pub amount: f64,
    /// Unit of the amount.
    pub unit: String,
    /// The form it is of, as [`Medicine::forms`] has it; sets pieces of one word and several strengths apart.
    pub form: String,
}

domain::read_by_field! { Piece { word, amount, unit, form } needing { word, amount, unit } }

/// A usual dose for one patient; amounts are for the whole body.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Dose {
    /// The route, as [`Line::route`] takes it.
    pub route: String,
    /// The route's Chinese word.
    pub route_name: String,
    /// Unit of the amounts.
    pub unit: String,
    /// Usual amount at once, from … to.
    pub single: (f64, f64),
    /// Usual times a day, from … to.
    pub times: (f64, f64),
    /// Most at once.
    pub most_single: f64,
    /// Most a day.
    pub most_day: f64,
    /// The weight that was used, in grams, where it counts.
    pub weight: Option<u32>,
    /// Whether that weight was only guessed from the age.
    pub weight_guessed: bool,
    /// For what, where the use decides.
    pub purpose: String,
    /// The source.
    pub source: Option<Source>,
    /// What the known function of kidneys and liver says of the medicine; the amounts are lowered by it already.
    pub organs: Vec<Flag>,
}

domain::read_by_field! {
    Dose {
        route, route_name, unit, single, times, most_single, most_day, weight, weight_guessed, purpose,
        source, organs
    } needing {
        route, route_name, unit, single, times, most_single, most_day, weight_guessed, purpose
    }
}

/// How much a finding interrupts; the later, the more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagLevel {
    /// Shown beside, interrupts nothing.
    Inform,
    /// Asks once before signing.
    Warn,
    /// Not signed without a written reason; the pharmacist sees it.
    #[default]
    Stop,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum FlagKind {
    Allergy,
    Contraindication,
    Interaction,
    Pregnancy,
    Lactation,
    Dose,
    Duplicate,
    Renal,
    Hepatic,
    Age,
    Duration,
    Antimicrobial,
    #[default]
    Unknown,
}

/// One finding about a prescription.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Flag {
    /// How much it interrupts.
    pub level: FlagLevel,
    /// What it is about.
    pub kind: FlagKind,
    /// The lines it is about: their places, ascending.
    pub lines: Vec<usize>,
    /// One sentence: what was found.
    pub what: String,
    /// Why it matters; may be empty.
    pub why: String,
    /// What to do instead; may be empty.
    pub instead: String,
    /// The source.
    pub source: Option<Source>,
    /// Whether the norm of long prescriptions asks for an assessment and a written reason: a finding of
    /// [`FlagKind::Duration`] by the source of the policy's `days_long`.
    pub assess: bool,
}

domain::read_by_field! {
    Flag {
        level, kind, lines, what, why, instead, source, assess
    } needing {
        level, kind, lines, what, why, instead
    }
}
