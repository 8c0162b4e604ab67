//! Usual doses, for the prescription screen.

mod organs;

use crate::knowledge::{DoseRow, Medicine};
use crate::line::Route;
use crate::{Finding, Medicines, Patient, recognise};
use serde::{Deserialize, Serialize};

/// A usual dose for one resident; amounts are for the whole body, already multiplied by the weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UsualDose {
    /// By which route.
    pub route: Route,
    /// Unit of the amounts.
    pub unit: String,
    /// Usual amount at once, from … to.
    pub single: (f64, f64),
    /// Usual times a day, from … to.
    pub times: (f64, f64),
    /// Most at once.
    pub max_single: f64,
    /// Most a day.
    pub max_day: f64,
    /// The weight that was used, kg, where it counts.
    pub weight_kg: Option<f64>,
    /// Whether that weight was only guessed from the age.
    pub weight_guessed: bool,
    /// For what, where the use decides.
    pub purpose: String,
    /// Id of the source.
    pub source: String,
    /// What the known function of kidneys and liver says of the medicine; the amounts are lowered by it already.
    pub organs: Vec<Finding>,
}

/// What a row allows one resident.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limits {
    pub usual: (f64, f64),
    pub single: f64,
    pub day: f64,
}

/// Returns what a row allows at a weight (1 where the row does not ask for it).
pub(crate) fn limits(row: &DoseRow, weight: f64) -> Limits {
    let by = if row.base_unit().1 { weight } else { 1.0 };
    let cap = row.cap.unwrap_or(f64::INFINITY);
    let most = row.max.unwrap_or(row.usual.high);
    let day = row.day.unwrap_or_else(|| most * row.times.high.max(row.times.low));
    let cap_day = row.cap_day.unwrap_or(cap * row.times.high);
    Limits {
        usual: ((row.usual.low * by).min(cap), (row.usual.high * by).min(cap)),
        single: (most * by).min(cap),
        day: (day * by).min(cap_day),
    }
}

/// Returns the rows for an age and what the resident has.
pub(crate) fn rows<'a>(
    medicines: &'a Medicines,
    medicine: &'a Medicine,
    patient: &Patient,
) -> impl Iterator<Item = &'a DoseRow> {
    let age = patient.age;
    let has = recognise::conditions(&medicines.pack, &patient.conditions);
    medicine.doses.iter().filter(move |row| {
        row.ages.contain(age) && row.condition.as_deref().is_none_or(|condition| has.contains(condition))
    })
}

/// Returns the weight of a middling child of the resident's age, kg.
fn guessed(medicines: &Medicines, patient: &Patient) -> Option<f64> {
    let weights = &medicines.pack.policy.weights;
    weights.iter().find(|weight| weight.ages.contain(patient.age)).map(|weight| weight.middle)
}

/// See [`Medicines::usual_dose`].
pub(crate) fn usual(medicines: &Medicines, medicine: &Medicine, patient: &Patient) -> Vec<UsualDose> {
    let weight = patient.weight_kg.or_else(|| guessed(medicines, patient));
    rows(medicines, medicine, patient)
        .filter_map(|row| {
            let (unit, per_kg) = row.base_unit();
            let weight_kg = if per_kg { Some(weight?) } else { None };
            let limits = limits(row, weight_kg.unwrap_or(1.0));
            let mut dose = UsualDose {
                route: row.route,
                unit: unit.to_owned(),
                single: limits.usual,
                times: (row.times.low, row.times.high),
                max_single: limits.single,
                max_day: limits.day,
                weight_kg,
                weight_guessed: per_kg && patient.weight_kg.is_none(),
                purpose: row.purpose.clone(),
                source: row.source.clone().unwrap_or_else(|| medicine.source.clone()),
                organs: Vec::new(),
            };
            organs::adjust(medicines, medicine, patient, &mut dose);
            Some(dose)
        })
        .collect()
}
