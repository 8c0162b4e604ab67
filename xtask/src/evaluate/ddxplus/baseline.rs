//! What others do, on the same patients.

use super::interview::Until;
use super::patients::Patient;
use super::release::Release;

/// Naive Bayes as it is usually measured: the table and the counts, no values, no age, no sex.
pub const BAYES: Until = Until { sure: 0.99, most: 20 };

/// The seed's method: for each evidence P(condition | evidence), summed over what is there and normalised. Returns the
/// likeliest condition and what the method calls its probability.
pub fn sum_of_shares(release: &Release, patient: &Patient) -> (usize, f64) {
    let mut sums = vec![0.0; release.conditions.len()];
    for (row, present) in release.probabilities.iter().zip(&patient.present) {
        let joint = || row.iter().zip(&release.conditions).map(|(p, condition)| p * condition.count);
        let total: f64 = joint().sum();
        if *present && total > 0.0 {
            for (sum, joint) in sums.iter_mut().zip(joint()) {
                *sum += joint / total;
            }
        }
    }
    let total: f64 = sums.iter().sum();
    let mut top = (0, 0.0);
    for (condition, sum) in sums.iter().enumerate() {
        if *sum > top.1 {
            top = (condition, *sum);
        }
    }
    (top.0, if total > 0.0 { top.1 / total } else { 0.0 })
}
