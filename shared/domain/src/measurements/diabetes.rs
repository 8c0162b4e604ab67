//! The diabetes rule pack.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::hypertension::{DangerSign, Days, PressureLimit, Routine, Symptom};
use super::{GlucoseReading, GlucoseTiming};
use crate::base::{Date, Glucose, SignId};
use crate::rules::{Pack, RuleError, Table};

/// The rules of type 2 diabetes: goal, limits, signs, intervals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiabetesRules {
    /// The fasting glucose to be below.
    pub target: Table<Glucose>,
    /// Critical at or beyond these figures, fasting or not.
    pub critical: Table<GlucoseLimits>,
    /// Critical pressure, which the norm asks for at the same follow-up.
    pub critical_pressure: Table<PressureLimit>,
    /// Above normal in pregnancy and lactation, from these figures on.
    pub pregnancy: Table<GlucoseByTiming>,
    /// Signs that make it urgent whatever the figures.
    pub danger_signs: Table<Vec<DangerSign>>,
    /// Signs for which an ambulance is called.
    pub ambulance: Table<Vec<SignId>>,
    /// Ordinary symptoms the follow-up form asks for.
    pub symptoms: Table<Vec<Symptom>>,
    /// Face-to-face follow-ups.
    pub routine: Table<Routine>,
    /// Fasting glucoses that are free of charge.
    pub free_glucose: Table<TimesAYear>,
    /// Days until the next follow-up after treatment was adjusted.
    pub recheck: Table<Days>,
    /// Days until a referral is checked.
    pub referral_check: Table<Days>,
}

/// A low and a high limit, both themselves critical.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlucoseLimits {
    /// Critical at or below.
    pub low: Glucose,
    /// Critical at or above.
    pub high: Glucose,
}

/// A limit for fasting readings and one for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlucoseByTiming {
    /// Of a fasting reading.
    pub fasting: Glucose,
    /// Of any other.
    pub not_fasting: Glucose,
}

/// A number of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimesAYear {
    /// Times a year.
    pub times_a_year: u16,
}

/// Returns the shipped diabetes pack, parsed once.
///
/// # Errors
/// Only when the shipped file is broken, which a test excludes.
pub fn diabetes_rules() -> Result<&'static Pack<DiabetesRules>, RuleError> {
    static PACK: OnceLock<Result<Pack<DiabetesRules>, RuleError>> = OnceLock::new();
    let text = include_str!(concat!(env!("OUT_DIR"), "/diabetes.json"));
    PACK.get_or_init(|| Pack::parse("diabetes", text)).as_ref().map_err(Clone::clone)
}

impl GlucoseByTiming {
    /// Returns the limit of `reading`, the stricter one when its time to meals is not known.
    #[must_use]
    pub fn of(&self, reading: &GlucoseReading) -> Glucose {
        match reading.timing {
            GlucoseTiming::Fasting => self.fasting,
            GlucoseTiming::NotFasting => self.not_fasting,
            GlucoseTiming::Unknown(_) => self.fasting.min(self.not_fasting),
        }
    }
}

impl Pack<DiabetesRules> {
    /// Returns the words of a danger sign or symptom, from the newest list that has it.
    #[must_use]
    pub fn label(&self, sign: &SignId) -> Option<&str> {
        let dangers = self.rules.danger_signs.values.iter().rev().flat_map(|dated| &dated.value);
        let symptoms = self.rules.symptoms.values.iter().rev().flat_map(|dated| &dated.value);
        dangers
            .map(|danger| (&danger.id, &danger.label))
            .chain(symptoms.map(|symptom| (&symptom.id, &symptom.label)))
            .find(|(id, _)| *id == sign)
            .map(|(_, label)| label.as_str())
    }

    /// Returns the danger signs to ask for on `date`.
    pub fn danger_signs(&self, date: Date) -> Result<&[DangerSign], RuleError> {
        Ok(&self.rules.danger_signs.in_force(date)?.value)
    }

    /// Returns the ordinary symptoms to ask for on `date`.
    pub fn symptoms(&self, date: Date) -> Result<&[Symptom], RuleError> {
        Ok(&self.rules.symptoms.in_force(date)?.value)
    }
}
