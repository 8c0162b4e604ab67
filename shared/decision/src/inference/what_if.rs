//! What one more answer would say, without computing everything anew.

use super::counted::{Counted, Room, collect};
use super::{Calibration, Evidence, Posterior};
use crate::model::Model;

/// By how much an answer changes each condition, what is not listed last. Keep one and use it again.
#[derive(Debug, Clone, Default)]
pub(crate) struct WhatIf {
    /// What the probability is multiplied with before all are made to sum to 1.
    pub likelihood: Vec<f64>,
    /// Its logarithm.
    pub log: Vec<f64>,
    counted: Vec<Counted>,
    room: Room,
}

impl WhatIf {
    /// Compares `evidence` with what `now` was inferred from.
    pub fn compare(
        &mut self,
        model: &Model,
        calibration: &Calibration,
        now: &Posterior,
        evidence: &Evidence,
    ) {
        let Self { likelihood, log, counted, room } = self;
        collect(model, evidence, room, counted);
        let columns = model.tables().columns();
        for (all, start) in [(&mut *likelihood, 1.0), (&mut *log, 0.0)] {
            all.clear();
            all.resize(columns, start);
        }
        let scale = calibration.likelihood_scale();
        let is_plain = scale.total_cmp(&1.0).is_eq() && model.groups().is_empty();
        for (one, sign) in differences(&now.counted, counted) {
            let row = model.tables().row(one.finding, one.row);
            let weight = sign * one.weight * scale;
            log.iter_mut().zip(row).for_each(|(sum, log)| *sum += weight * log);
            if is_plain {
                model.tables().weigh(likelihood, one.finding, one.row, sign < 0.0);
            }
        }
        if !is_plain {
            likelihood.iter_mut().zip(log).for_each(|(of, log)| *of = libm::exp(*log));
        }
    }
}

/// Returns what counts in only one of two lists in the order of findings: taken away (−1) or added (1).
fn differences(before: &[Counted], after: &[Counted]) -> Vec<(Counted, f64)> {
    let mut differences = Vec::new();
    let (mut left, mut right) = (before.iter().peekable(), after.iter().peekable());
    loop {
        match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return differences,
            (Some(old), Some(new)) if old == new => {
                left.next();
                right.next();
            }
            (Some(old), new) if new.is_none_or(|new| old.finding <= new.finding) => {
                differences.push((*old, -1.0));
                left.next();
            }
            (_, Some(new)) => {
                differences.push((*new, 1.0));
                right.next();
            }
            (Some(_), None) => return differences,
        }
    }
}
