//! A vignette as it is written.

use decision::advise::{Advisor, Case};
use decision::knowledge::{Level, SexOnly, Vitals};
use decision::model::{Person, Sex, State};
use serde::Deserialize;

/// One line of a file of vignettes.
#[derive(Debug, Deserialize)]
pub struct Vignette {
    /// Its name.
    pub id: serde_json::Value,
    age_years: Option<f64>,
    age_months: Option<f64>,
    sex: Option<SexOnly>,
    pregnant_weeks: Option<f64>,
    #[serde(default)]
    history: Vec<String>,
    #[serde(default)]
    allergies: Vec<String>,
    #[serde(default)]
    medications: Vec<String>,
    vitals: Option<Measured>,
    /// What was written.
    pub text: String,
    /// Accepted conditions: names or ICD-10 codes.
    #[serde(default)]
    pub gold: Vec<String>,
    /// The right level.
    pub triage: Option<Level>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
struct Measured {
    sbp: Option<f64>,
    dbp: Option<f64>,
    pulse: Option<f64>,
    temperature: Option<f64>,
    respiration: Option<f64>,
    spo2: Option<f64>,
    glucose: Option<f64>,
}

/// What in a list of allergies or medicines says that there is none.
const NONE: &str = include_str!("../../../data/none.txt");

impl Vignette {
    /// Returns the case, its text read.
    pub fn case(&self, advisor: &Advisor) -> Case {
        let knowledge = advisor.knowledge();
        let months = self.age_months.or(self.age_years.map(|years| years * 12.0));
        let measured = self.vitals.unwrap_or_default();
        let mut case = Case {
            person: Person {
                age_months: months.map(|months| months as u32),
                sex: self.sex.map(Sex::from),
                pregnant: self.pregnant_weeks.map(|_| true),
                month: None,
            },
            pregnant_weeks: self.pregnant_weeks.map(|weeks| weeks as u32),
            vitals: Vitals {
                sbp: measured.sbp,
                dbp: measured.dbp,
                pulse: measured.pulse,
                temperature: measured.temperature,
                respiration: measured.respiration,
                spo2: measured.spo2,
                glucose: measured.glucose,
            },
            ..Case::default()
        };
        case.add(knowledge, &advisor.read(&self.text));
        for text in self.history.iter().chain(&self.medications) {
            case.add_history(knowledge, &advisor.read(text));
        }
        let is_something = |text: &String| !NONE.lines().any(|none| text.trim().starts_with(none));
        if self.allergies.iter().any(is_something)
            && let Some(allergic) =
                knowledge.findings.iter().position(|finding| finding.id == "history_allergy")
        {
            case.findings.push((allergic, State::Present));
        }
        case
    }
}
