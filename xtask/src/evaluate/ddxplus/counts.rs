//! What training patients are counted for: values, ages, sexes.

use decision::question::Sample;

use super::knowledge::NEAREST;
use super::patients::Patient;
use super::release::{Kind, Release};

/// How many patients what all have in common weighs in the values of one condition.
const VALUE_PRIOR: f64 = 1.0;
/// The same for age bands and sex.
const PERSON_PRIOR: f64 = 10.0;
/// Ages, in years, at which a band begins; those of the release.
const BANDS: [u32; 7] = [1, 5, 15, 30, 45, 60, 75];

/// Returns the place of an age among the bands.
pub fn band(age: u32) -> usize {
    BANDS.iter().filter(|from| age >= **from).count()
}

/// Returns P(value | condition and evidence) by value and condition; nothing for what has no values or is unknown.
pub fn value_table(release: &Release, training: &[&Patient], item: usize) -> Vec<Vec<f64>> {
    let Some(of) = release.items.get(item).filter(|of| of.kind != Kind::Binary) else { return Vec::new() };
    let with: Vec<&&Patient> =
        training.iter().filter(|patient| patient.present.get(item) == Some(&true)).collect();
    if with.is_empty() {
        return Vec::new();
    }
    let count = |condition: Option<usize>| {
        let mut counts = vec![0.0; of.values.len()];
        let mut people = 0.0;
        for patient in with.iter().filter(|patient| condition.is_none_or(|of| patient.diagnosis == of)) {
            people += 1.0;
            for value in patient.values.get(item).into_iter().flatten() {
                if let Some(count) = counts.get_mut(*value) {
                    *count += 1.0;
                }
            }
        }
        (if of.scale { spread(&counts) } else { counts }, people)
    };
    let (all, people) = count(None);
    let common: Vec<f64> = all.iter().map(|count| (count + 0.05) / (people + 1.0)).collect();
    let mut table = vec![vec![0.0; release.conditions.len()]; of.values.len()];
    for condition in 0..release.conditions.len() {
        let (counts, people) = count(Some(condition));
        let shares: Vec<f64> = counts
            .iter()
            .zip(&common)
            .map(|(count, common)| (count + VALUE_PRIOR * common) / (people + VALUE_PRIOR))
            .collect();
        // Of a categorical evidence exactly one value is there.
        let total: f64 = if of.kind == Kind::Categorical { shares.iter().sum() } else { 1.0 };
        for (row, share) in table.iter_mut().zip(&shares) {
            if let Some(cell) = row.get_mut(condition) {
                *cell = (share / total).clamp(NEAREST, 1.0 - NEAREST);
            }
        }
    }
    table
}

/// Spreads counts on a scale to their neighbours, keeping the sum.
fn spread(counts: &[f64]) -> Vec<f64> {
    let at = |index: usize, by: isize| index.checked_add_signed(by).and_then(|at| counts.get(at)).copied();
    let weights = [(-2, 0.1), (-1, 0.2), (0, 0.4), (1, 0.2), (2, 0.1)];
    let spread: Vec<f64> = (0..counts.len())
        .map(|index| weights.iter().map(|(by, weight)| weight * at(index, *by).unwrap_or(0.0)).sum())
        .collect();
    let (before, after): (f64, f64) = (counts.iter().sum(), spread.iter().sum());
    if after > 0.0 { spread.iter().map(|share| share * before / after).collect() } else { spread }
}

/// What training patients answered to a question with several values, in logarithms for every condition.
pub fn samples(release: &Release, training: &[&Patient], item: usize, values: &[Vec<f64>]) -> Vec<Sample> {
    if release.items.get(item).is_none_or(|of| of.kind != Kind::Multi) || values.is_empty() {
        return Vec::new();
    }
    let with = || training.iter().filter(|patient| patient.present.get(item) == Some(&true));
    let logs: Vec<(Vec<f64>, Vec<f64>)> =
        values.iter().map(|row| row.iter().map(|p| (p.ln(), (1.0 - p).ln())).unzip()).collect();
    with()
        .map(|patient| {
            let given = patient.values.get(item).map_or(&[][..], Vec::as_slice);
            let mut log_likelihood = vec![0.0; release.conditions.len()];
            for (value, (yes, no)) in logs.iter().enumerate() {
                let row = if given.contains(&value) { yes } else { no };
                for (sum, log) in log_likelihood.iter_mut().zip(row) {
                    *sum += log;
                }
            }
            let alike = with().filter(|other| other.diagnosis == patient.diagnosis).count();
            Sample { condition: patient.diagnosis, share: 1.0 / alike as f64, log_likelihood }
        })
        .collect()
}

/// How much likelier an age band and a sex are with each condition than without regard to it.
pub fn persons(release: &Release, training: &[&Patient]) -> (Vec<Vec<f64>>, [Vec<f64>; 2]) {
    let ratios = |of: &dyn Fn(&Patient) -> bool, classes: f64| -> Vec<f64> {
        let all = training.iter().filter(|patient| of(patient)).count() as f64;
        let common = (all + 1.0) / (training.len() as f64 + classes);
        (0..release.conditions.len())
            .map(|condition| {
                let with = || training.iter().filter(|patient| patient.diagnosis == condition);
                let there = with().filter(|patient| of(patient)).count() as f64;
                (there + PERSON_PRIOR * common) / (with().count() as f64 + PERSON_PRIOR) / common
            })
            .collect()
    };
    let bands = BANDS.len() + 1;
    let ages = (0..bands).map(|of| ratios(&|patient| band(patient.age) == of, bands as f64)).collect();
    (ages, [ratios(&|patient| patient.male, 2.0), ratios(&|patient| !patient.male, 2.0)])
}
