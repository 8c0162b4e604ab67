//! A case and what the domain's rules make of it.

use anyhow::{Context, Result};
use domain::base::{Date, Glucose, SignId};
use domain::care::{
    AdverseReaction, CareRules, Control, DiabetesFollowUp, DiabetesFollowUpError, Disease, FollowUp,
    FollowUpError, FollowUpInput, FollowUps, PreviousFollowUp, diabetes_follow_up, follow_up,
};
use domain::measurements::{Findings, GlucoseFindings, GlucoseReading, GlucoseTiming, Pressure};
use serde::Deserialize;

use super::words::Words;

/// A case as the file has it.
#[derive(Deserialize)]
pub struct Case {
    #[serde(default)]
    pub id: serde_json::Value,
    age_years: f64,
    #[serde(default)]
    conditions: Vec<String>,
    #[serde(default)]
    readings: Option<Vec<Reading>>,
    #[serde(default)]
    symptoms: Option<Vec<String>>,
    as_of: String,
    pub expect: Expected,
}

#[derive(Deserialize)]
struct Reading {
    date: String,
    sbp: Option<f64>,
    dbp: Option<f64>,
    #[serde(default)]
    fasting_glucose: Option<f64>,
}

/// What is expected.
#[derive(Deserialize)]
pub struct Expected {
    pub status: String,
    pub action: String,
    pub next_due_within_days: i64,
}

/// What the rules say.
#[derive(Debug, PartialEq)]
pub struct Answer {
    pub status: String,
    pub action: String,
    /// Days from the day of the case.
    pub due_in_days: i64,
}

/// One visit: what was measured on that day.
#[derive(Clone, Copy)]
struct Visit {
    date: Date,
    pressure: Option<Pressure>,
    glucose: Option<Glucose>,
}

/// Judges a case by the shipped rules.
pub struct Judge {
    rules: CareRules<'static>,
    words: Words,
}

/// A follow-up of one disease: when it was, and what the domain made of it.
enum Followed {
    Hypertension(Date, Box<FollowUp>),
    Diabetes(Date, Box<DiabetesFollowUp>),
}

impl Judge {
    /// Returns a judge with the shipped rules and words.
    pub fn new() -> Result<Self> {
        Ok(Self { rules: CareRules::shipped()?, words: Words::shipped()? })
    }

    /// Returns what the rules say of the case: the more urgent disease decides, and what is due first is due.
    pub fn judge(&self, case: &Case) -> Result<Answer> {
        let as_of: Date = parse(&case.as_of)?;
        let symptoms = case.symptoms.as_deref().unwrap_or_default();
        let said: Vec<String> = case.conditions.iter().chain(symptoms).cloned().collect();
        let person = Person {
            age: case.age_years.max(0.0) as u16,
            pregnant_or_lactating: self.words.pregnant_or_lactating(&said),
            as_of,
        };
        let visits = visits(case, as_of)?;
        let (mut followed, mut unknown) = (Vec::new(), false);
        for disease in self.words.diseases(&case.conditions) {
            let signs = self.words.danger_signs(symptoms, &disease);
            match self.follow(&disease, &person, &visits, signs)? {
                Some(found) => followed.push(found),
                None => unknown = true,
            }
        }
        Ok(answer(&followed, unknown, as_of))
    }

    /// Follows one disease up by its latest figure and the one before; nothing without figure and danger sign.
    fn follow(
        &self,
        disease: &Disease,
        person: &Person,
        visits: &[Visit],
        signs: Vec<SignId>,
    ) -> Result<Option<Followed>> {
        let measured: Vec<&Visit> = visits
            .iter()
            .filter(|visit| match disease {
                Disease::Diabetes => visit.glucose.is_some(),
                _ => visit.pressure.is_some(),
            })
            .collect();
        let before = measured.len().checked_sub(2).and_then(|place| measured.get(place));
        let previous = match before {
            Some(visit) => {
                let then =
                    visits.iter().take_while(|one| one.date <= visit.date).copied().collect::<Vec<_>>();
                let found = self.visit(disease, person, Some(visit), &then, Vec::new(), None)?;
                found.map(|found| PreviousFollowUp { date: visit.date, control: found.control().clone() })
            }
            None => None,
        };
        self.visit(disease, person, measured.last().copied(), visits, signs, previous)
    }

    /// Judges one visit of a disease, knowing all visits up to it.
    fn visit(
        &self,
        disease: &Disease,
        person: &Person,
        visit: Option<&Visit>,
        visits: &[Visit],
        danger_signs: Vec<SignId>,
        previous: Option<PreviousFollowUp>,
    ) -> Result<Option<Followed>> {
        let date = visit.map_or(person.as_of, |visit| visit.date);
        let pregnant_or_lactating = person.pregnant_or_lactating;
        if *disease == Disease::Diabetes {
            // A critical pressure counts though it was measured after the glucose, or without any.
            let pressure = visits.iter().rev().find_map(|visit| visit.pressure);
            let glucose = visit.and_then(|visit| visit.glucose);
            let glucose = glucose.map(|glucose| GlucoseReading { glucose, timing: GlucoseTiming::Fasting });
            // A case may leave the pressure out; below the critical one it does not count.
            let pressure = pressure.or_else(|| glucose.as_ref().map(|_| Pressure { sbp: 120, dbp: 80 }));
            let findings = GlucoseFindings { glucose, pressure, danger_signs, pregnant_or_lactating };
            return self.glucose(date, &input(findings, previous));
        }
        let pressure = visit.and_then(|visit| visit.pressure);
        let findings = Findings { age: Some(person.age), pressure, danger_signs, pregnant_or_lactating };
        self.pressure(date, &input(findings, previous))
    }

    fn glucose(&self, date: Date, input: &FollowUpInput<GlucoseFindings>) -> Result<Option<Followed>> {
        let ambulance = self.rules.diabetes.rules.ambulance.values.first();
        let judged = date.max(from(ambulance.map(|of| of.from)));
        match diabetes_follow_up(input, self.rules.diabetes, judged) {
            Ok(found) => Ok(Some(Followed::Diabetes(shift(date, judged, found.next_due), Box::new(found)))),
            Err(DiabetesFollowUpError::NoFastingGlucose | DiabetesFollowUpError::NoPressure) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn pressure(&self, date: Date, input: &FollowUpInput) -> Result<Option<Followed>> {
        // Some rules are younger than the norm: a reading from before is judged by the first of them.
        let rules = &self.rules.hypertension.rules;
        let ambulance = rules.ambulance.values.first().map(|of| of.from);
        let judged = date.max(from(ambulance)).max(from(rules.grades.values.first().map(|of| of.from)));
        match follow_up(input, self.rules.hypertension, judged) {
            Ok(found) => {
                Ok(Some(Followed::Hypertension(shift(date, judged, found.next_due), Box::new(found))))
            }
            Err(FollowUpError::NoPressure) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

struct Person {
    age: u16,
    pregnant_or_lactating: bool,
    as_of: Date,
}

impl Followed {
    fn control(&self) -> &Control {
        match self {
            Self::Hypertension(_, found) => &found.control,
            Self::Diabetes(_, found) => &found.control,
        }
    }

    fn due(&self) -> Date {
        match self {
            Self::Hypertension(due, _) | Self::Diabetes(due, _) => *due,
        }
    }
}

fn answer(followed: &[Followed], unknown: bool, as_of: Date) -> Answer {
    let mut all = FollowUps::default();
    for found in followed {
        match found {
            Followed::Hypertension(_, found) => all.hypertension = Some(found),
            Followed::Diabetes(_, found) => all.diabetes = Some(found),
        }
    }
    let soonest = followed.iter().map(Followed::due).min();
    let due = if unknown { as_of } else { soonest.unwrap_or(as_of) };
    let due_in_days = as_of.days_until(due);
    let weightiest = all.weightiest();
    // What was not measured is not taken for normal: it outweighs only what is in order.
    match weightiest.filter(|found| !unknown || *found.control != Control::Controlled) {
        Some(found) => Answer {
            status: found.control.as_str().to_owned(),
            action: found.action.as_str().to_owned(),
            due_in_days,
        },
        None => Answer { status: "unknown".to_owned(), action: "routine".to_owned(), due_in_days },
    }
}

fn input<F>(findings: F, previous: Option<PreviousFollowUp>) -> FollowUpInput<F> {
    FollowUpInput { findings, adverse_reaction: AdverseReaction::None, complication: false, previous }
}

/// Returns what was measured up to the day of the case, the oldest first.
fn visits(case: &Case, as_of: Date) -> Result<Vec<Visit>> {
    let mut visits: Vec<Visit> = case
        .readings
        .iter()
        .flatten()
        .map(|reading| {
            let pressure = reading.sbp.zip(reading.dbp);
            Ok(Visit {
                date: parse(&reading.date)?,
                pressure: pressure
                    .map(|(sbp, dbp)| Pressure { sbp: sbp.round() as u16, dbp: dbp.round() as u16 }),
                glucose: reading.fasting_glucose.map(|of| Glucose((of * 100.0).round() as u16)),
            })
        })
        .collect::<Result<_>>()?;
    visits.retain(|visit| visit.date <= as_of);
    visits.sort_by_key(|visit| visit.date);
    Ok(visits)
}

/// Reads a day, also where a time follows it.
fn parse(text: &str) -> Result<Date> {
    let day = text.trim().get(..10).unwrap_or(text.trim());
    day.parse().ok().with_context(|| format!("{text:?} is no date"))
}

fn from(date: Option<Date>) -> Date {
    date.unwrap_or_else(|| Date::from_days_from_epoch(0))
}

/// Moves a due date from the day it was judged as to the day of the reading.
fn shift(date: Date, judged: Date, due: Date) -> Date {
    date.add_days(judged.days_until(due))
}
