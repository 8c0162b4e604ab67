//! A patient and lines as medicines take them.

use crate::{Line, Patient, Sex};
use medicines::{Age, ChildPugh};

/// The days by which a birthday may fall short of so many years of 365.25 days.
const LEAP: f64 = 0.75;
/// Below, ages are counted in days and months.
const YEAR: u32 = 365;

pub(super) fn patient(of: &Patient) -> medicines::Patient {
    let days = f64::from(of.age_days) + if of.age_days < YEAR { 0.0 } else { LEAP };
    medicines::Patient {
        age: Age::days(days),
        sex: match of.sex {
            Some(Sex::Female) => medicines::Sex::Female,
            Some(Sex::Male) => medicines::Sex::Male,
            None => medicines::Sex::Unknown,
        },
        weight_kg: of.weight.map(|grams| f64::from(grams) / 1000.0),
        egfr: of.egfr.map(f64::from),
        child_pugh: of.child_pugh.as_deref().and_then(child_pugh),
        pregnant: of.pregnant,
        pregnant_weeks: of.pregnant_weeks.map(f64::from),
        lactating: of.lactating,
        emergency: of.emergency,
        conditions: of.conditions.clone(),
        allergies: of.allergies.clone(),
    }
}

pub(super) fn line(of: &Line) -> medicines::Line {
    medicines::Line {
        medicine: of.medicine.clone(),
        dose: of.dose,
        unit: of.unit.clone(),
        times_per_day: of.times_per_day,
        days: of.days,
        route: of.route.clone(),
        taken: of.taken,
    }
}

fn child_pugh(class: &str) -> Option<ChildPugh> {
    match class {
        "A" => Some(ChildPugh::A),
        "B" => Some(ChildPugh::B),
        "C" => Some(ChildPugh::C),
        _ => None,
    }
}
