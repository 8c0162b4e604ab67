//! Why: how much each finding speaks for or against a condition.

use super::{Calibration, Evidence, Priors, counted};
use crate::model::{Model, State, tables::Row};

/// What one finding says about one condition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// The finding, by index.
    pub finding: usize,
    /// Its state as set or implied: never unknown.
    pub state: State,
    /// How much likelier the state is with the condition than without it, as a natural logarithm and tempered:
    /// above 0 speaks for it, below 0 against.
    pub log_likelihood_ratio: f64,
}

/// Returns what each finding that counts says about `condition` against all others taken by their priors; the weightiest
/// first, ties by finding. Each depends on the other findings only through what is broader and through groups.
#[must_use]
pub fn contributions(
    model: &Model,
    priors: &Priors,
    evidence: &Evidence,
    calibration: &Calibration,
    condition: usize,
) -> Vec<Contribution> {
    let mut counted = Vec::new();
    counted::collect(model, evidence, &mut counted::Room::default(), &mut counted);
    let scale = calibration.likelihood_scale();
    let others: Vec<f64> = priors
        .logs()
        .iter()
        .enumerate()
        .map(|(index, log)| if index == condition { 0.0 } else { libm::exp(*log) })
        .collect();
    let total: f64 = others.iter().sum();
    let mut shares = Vec::with_capacity(others.len());
    let mut result: Vec<Contribution> = counted
        .iter()
        .filter_map(|one| {
            let own = *model.tables().row(one.finding, one.row).get(condition)?;
            shares.clear();
            shares.extend_from_slice(&others);
            model.tables().weigh(&mut shares, one.finding, one.row, false);
            let without = shares.iter().sum::<f64>() / total;
            let state = match one.row {
                Row::Present | Row::PresentGivenBroader => State::Present,
                Row::Absent | Row::AbsentGivenBroader => State::Absent,
            };
            let log_likelihood_ratio = (own - libm::log(without)) * one.weight * scale;
            Some(Contribution { finding: one.finding, state, log_likelihood_ratio })
        })
        .collect();
    result.sort_by(|a, b| {
        let (a_weight, b_weight) = (a.log_likelihood_ratio.abs(), b.log_likelihood_ratio.abs());
        b_weight.total_cmp(&a_weight).then(a.finding.cmp(&b.finding))
    });
    result
}
