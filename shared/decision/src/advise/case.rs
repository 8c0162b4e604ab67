//! What is known of the person who came.

use crate::knowledge::{Kind, Knowledge, Measure, Vitals};
use crate::language::Reading;
use crate::model::{Person, State};

/// A case. The order in which things were told leaves no trace.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Case {
    /// The person.
    pub person: Person,
    /// Weeks of pregnancy.
    pub pregnant_weeks: Option<u32>,
    /// What was measured.
    pub vitals: Vitals,
    /// Findings by index with their state; present wins over absent.
    pub findings: Vec<(usize, State)>,
    /// How long what is present has lasted, in hours.
    pub durations: Vec<f64>,
    /// How long the texts of this illness are that were read, in characters.
    pub characters: usize,
    /// How many questions were asked.
    pub asked: usize,
    /// Findings that were asked for and nobody could tell, by index: they stay unknown and are not asked for again.
    pub asked_in_vain: Vec<usize>,
}

const MEASURES: [Measure; 7] = [
    Measure::Sbp,
    Measure::Dbp,
    Measure::Pulse,
    Measure::Temperature,
    Measure::Respiration,
    Measure::Spo2,
    Measure::Glucose,
];

impl Case {
    /// Adds what was read of this illness. Figures and facts of the person that are known already stay.
    pub fn add(&mut self, knowledge: &Knowledge, reading: &Reading) {
        self.findings.extend(reading.states());
        self.characters += reading.characters;
        self.durations.extend(reading.durations());
        for measure in MEASURES {
            if let Some(value) = reading.vitals.get(measure) {
                self.vitals.fill(measure, value);
            }
        }
        if self.person.age_months.is_none() {
            self.person.age_months = reading.age_months;
        }
        self.pregnant_weeks = self.pregnant_weeks.or(reading.pregnant_weeks);
        let says = |id: &str| {
            let of = reading.states().into_iter().find(|(finding, _)| {
                knowledge.findings.get(*finding).is_some_and(|finding| finding.id == id)
            });
            of.map(|(_, state)| state == State::Present)
        };
        if self.pregnant_weeks.is_some() {
            self.person.pregnant = Some(true);
        }
        self.person.pregnant = self.person.pregnant.or_else(|| says("pregnancy_known"));
    }

    /// Adds what was read of the record: only history and what the person takes or met with count, and no duration.
    pub fn add_history(&mut self, knowledge: &Knowledge, reading: &Reading) {
        let of_record = reading.mentions.iter().filter(|mention| {
            let kind = knowledge.findings.get(mention.finding).map(|finding| finding.kind);
            matches!(kind, Some(Kind::History | Kind::Exposure)) && !mention.family
        });
        let state = |mention: &crate::language::Mention| {
            if mention.state == State::Unknown && mention.past { State::Present } else { mention.state }
        };
        self.findings.extend(of_record.map(|mention| (mention.finding, state(mention))));
    }
}
