//! A prescription as it was signed, with what was found about it and what the doctor answered.

use domain::base::Date;
use serde::Serialize;

domain::open_enum! {
    /// How much a warning interrupts; the later, the more.
    pub enum WarningLevel {
        /// Shown beside.
        Inform = "inform",
        /// Asks once before signing.
        Warn = "warn",
        /// Not signed without a written reason.
        Stop = "stop",
    }
}

/// A medicine as prescribed. Figures are decimal numbers as text, so that they are the same everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Prescribed {
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
    /// Times a day.
    pub times_per_day: String,
    /// For how many days.
    pub days: String,
    /// The route's code: `po`, `iv`, ….
    pub route: String,
    /// What else is to be kept in mind: before meals, when needed.
    pub note: String,
}

domain::read_by_field! { Prescribed { medicine, name, form, dose, unit, times_per_day, days, route, note } }

/// A warning that stood when it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Warning {
    /// How much it interrupts.
    pub level: WarningLevel,
    /// What it is about: `interaction`, `dose`, ….
    pub kind: String,
    /// The lines it is about: their places.
    pub lines: Vec<u16>,
    /// What was found.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What to do instead.
    pub instead: String,
    /// The source, in one line.
    pub source: String,
    /// Why the doctor prescribed it all the same; empty where nothing had to be answered.
    pub reason: String,
}

domain::read_by_field! { Warning { level, kind, lines, what, why, instead, source, reason } }

/// A prescription: frozen with the visit, with the version of the medicines it was checked with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Prescription {
    /// The lines.
    pub lines: Vec<Prescribed>,
    /// What stood when it was signed.
    pub warnings: Vec<Warning>,
    /// Why it is for longer than four weeks: the assessment the norm asks for; empty where it is not.
    pub long_reason: String,
    /// The version of the medicines: hexadecimal SHA-256.
    pub medicines: String,
    /// Completed weeks of pregnancy it was checked for; nothing where she is not pregnant or it is not known.
    pub pregnant_weeks: Option<u16>,
    /// Whether it was checked for somebody who breast-feeds.
    pub lactating: bool,
    /// The glomerular filtration rate it was checked with, ml/min/1.73 m².
    pub egfr: Option<u16>,
    /// The Child-Pugh class it was checked with: `A`, `B`, `C`; empty where not known.
    pub child_pugh: String,
    /// The creatinine that the rate was worked out from, tenths of µmol/L; nothing where a laboratory gave the rate.
    pub creatinine: Option<u16>,
    /// The day of the rate.
    pub egfr_on: Option<Date>,
    /// Whether the record has all this as facts with their dates; those of before say it here alone.
    pub dated: bool,
}

domain::read_by_field! {
    Prescription {
        lines, warnings, long_reason, medicines, pregnant_weeks, lactating, egfr, child_pugh, creatinine,
        egfr_on, dated
    }
}

impl Prescription {
    /// Tells whether a pharmacist has to see it: something was prescribed in spite of a warning.
    #[must_use]
    pub fn is_overridden(&self) -> bool {
        self.warnings.iter().any(|warning| !warning.reason.is_empty())
    }
}
