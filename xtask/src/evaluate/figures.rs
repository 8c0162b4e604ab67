//! Figures that several evaluations print.

/// Returns the share in percent; 0 of nothing.
pub fn percent(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { part as f64 * 100.0 / of as f64 }
}

/// Collects how likely an answer was said to be and whether it was right.
#[derive(Default)]
pub struct Calibration {
    /// By tenth of probability: answers, sum of probabilities, right answers.
    bins: [(usize, f64, usize); 10],
}

impl Calibration {
    /// Adds an answer.
    pub fn add(&mut self, probability: f64, right: bool) {
        let bin = ((probability * 10.0) as usize).min(9);
        if let Some((count, sum, hits)) = self.bins.get_mut(bin) {
            *count += 1;
            *sum += probability;
            *hits += usize::from(right);
        }
    }

    /// Returns the expected calibration error (Naeini 2015) of ten equal bins: the mean distance between how likely and
    /// how often, weighted by the number of answers.
    pub fn error(&self) -> f64 {
        let total: usize = self.bins.iter().map(|(count, _, _)| count).sum();
        let distance = self.bins.iter().map(|(_, sum, hits)| (sum - *hits as f64).abs()).sum::<f64>();
        if total == 0 { 0.0 } else { distance / total as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_as_often_as_said_has_no_error() {
        let mut calibration = Calibration::default();
        for number in 0..10 {
            calibration.add(0.75, number < 7);
            calibration.add(0.95, number < 9);
        }
        assert!((calibration.error() - 0.05).abs() < 1e-9);
    }
}
