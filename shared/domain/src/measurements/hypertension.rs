//! The hypertension rule pack.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::Pressure;
use crate::base::{Date, SignId};
use crate::rules::{Pack, RuleError, RuleRef, Source, Table};

/// The hypertension rules: targets, limits, signs, intervals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HypertensionRules {
    /// The pressure to be below, by age.
    pub target: Table<Vec<AgeTarget>>,
    /// Critical from these figures on.
    pub critical: Table<PressureLimit>,
    /// Very low below these figures.
    pub low: Table<PressureLimit>,
    /// Grades, mildest first.
    pub grades: Table<Vec<GradeFrom>>,
    /// Signs that make it urgent whatever the figures.
    pub danger_signs: Table<Vec<DangerSign>>,
    /// Signs, alone or with a critical pressure, for which an ambulance is called.
    pub ambulance: Table<Ambulance>,
    /// Ordinary symptoms the follow-up form asks for.
    pub symptoms: Table<Vec<Symptom>>,
    /// Face-to-face follow-ups.
    pub routine: Table<Routine>,
    /// Days until the next follow-up after treatment was adjusted.
    pub recheck: Table<Days>,
    /// Days until a referral is checked.
    pub referral_check: Table<Days>,
}

/// The target from an age on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeTarget {
    /// From this age in years.
    pub from_age: u16,
    /// Systolic must be below.
    pub sbp: u16,
    /// Diastolic must be below.
    pub dbp: u16,
}

/// A pair of limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PressureLimit {
    /// Systolic.
    pub sbp: u16,
    /// Diastolic.
    pub dbp: u16,
}

/// Where a grade begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeFrom {
    /// 1, 2 or 3.
    pub grade: u8,
    /// Systolic from.
    pub sbp: u16,
    /// Diastolic from.
    pub dbp: u16,
}

/// A danger sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DangerSign {
    /// The id.
    pub id: SignId,
    /// The words on the screen.
    pub label: String,
    /// Where it comes from, when not from the table's own source.
    #[serde(default)]
    pub source: Option<Source>,
}

/// When an ambulance is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ambulance {
    /// Whatever the pressure.
    pub always: Vec<SignId>,
    /// Together with a critical pressure.
    pub with_critical_pressure: Vec<SignId>,
    /// Together with a pressure at or above target.
    pub with_raised_pressure: Vec<SignId>,
}

/// An ordinary symptom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Symptom {
    /// The id.
    pub id: SignId,
    /// The words on the screen.
    pub label: String,
}

/// Routine follow-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routine {
    /// Times a year, face to face.
    pub times_a_year: u16,
    /// Days from one to the next.
    pub days: u16,
}

/// A number of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// Days.
    pub days: u16,
}

/// Returns the shipped hypertension pack, parsed once.
///
/// # Errors
/// Only when the shipped file is broken, which a test excludes.
pub fn hypertension_rules() -> Result<&'static Pack<HypertensionRules>, RuleError> {
    static PACK: OnceLock<Result<Pack<HypertensionRules>, RuleError>> = OnceLock::new();
    let text = include_str!(concat!(env!("OUT_DIR"), "/hypertension.json"));
    PACK.get_or_init(|| Pack::parse("hypertension", text)).as_ref().map_err(Clone::clone)
}

impl Pack<HypertensionRules> {
    /// Returns the figures the pressure must be below at `age` (the strictest when unknown), with the rule.
    pub fn target(&self, age: Option<u16>, date: Date) -> Result<(PressureLimit, RuleRef), RuleError> {
        let table = &self.rules.target;
        let dated = table.in_force(date)?;
        let age = age.unwrap_or(0);
        let target = dated
            .value
            .iter()
            .filter(|target| target.from_age <= age)
            .max_by_key(|target| target.from_age)
            .ok_or_else(|| RuleError::NotInForce { table: table.id.clone(), date })?;
        Ok((PressureLimit { sbp: target.sbp, dbp: target.dbp }, table.cite(dated, &self.version)))
    }

    /// Returns the grade of raised pressure, 1 to 3, or nothing.
    pub fn grade(&self, pressure: Pressure, date: Date) -> Result<Option<u8>, RuleError> {
        let grades = &self.rules.grades.in_force(date)?.value;
        let reached = grades.iter().filter(|grade| pressure.reaches(grade.sbp, grade.dbp));
        Ok(reached.map(|grade| grade.grade).max())
    }

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

impl Pressure {
    /// Tells whether either figure is at or above the given one.
    #[must_use]
    pub fn reaches(self, sbp: u16, dbp: u16) -> bool {
        self.sbp >= sbp || self.dbp >= dbp
    }
}
