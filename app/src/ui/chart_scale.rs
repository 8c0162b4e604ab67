//! Where values lie in a chart: pure arithmetic.

/// A range of values laid over a stretch of the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Lays `low..high` over `from..to`; equal ends are drawn in the middle.
    pub fn new(low: f64, high: f64, from: f64, to: f64) -> Self {
        Self { low, high, from, to }
    }

    /// Returns where `value` lies.
    pub fn at(self, value: f64) -> f64 {
        let span = self.high - self.low;
        let share = if span.abs() < f64::EPSILON { 0.5 } else { (value - self.low) / span };
        self.from + share * (self.to - self.from)
    }
}

/// Returns round ends and the step between marks such that a handful of marks cover all `values`.
pub fn round_range(values: impl Iterator<Item = f64>) -> (f64, f64, f64) {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.filter(|value| value.is_finite()) {
        low = low.min(value);
        high = high.max(value);
    }
    if low > high {
        (low, high) = (0.0, 1.0);
    }
    let span = (high - low).max(1e-6);
    let magnitude = 10f64.powf((span / 4.0).log10().floor());
    let step =
        [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * magnitude).find(|step| span / step <= 5.0);
    let step = step.unwrap_or(magnitude * 10.0);
    ((low / step).floor() * step, (high / step).ceil() * step, step)
}

/// Returns the marks from `low` to `high`.
pub fn marks(low: f64, high: f64, step: f64) -> Vec<f64> {
    let count = ((high - low) / step).round().clamp(0.0, 20.0) as u32;
    (0..=count).map(|place| low + f64::from(place) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_lays_values_over_the_drawing() {
        let scale = Scale::new(80.0, 180.0, 200.0, 0.0);
        assert!((scale.at(130.0) - 100.0).abs() < 1e-9);
        assert!((Scale::new(5.0, 5.0, 0.0, 10.0).at(5.0) - 5.0).abs() < 1e-9);
    }

    #[test]
    fn a_handful_of_round_marks_covers_the_values() {
        let (low, high, step) = round_range([84.0, 162.0, 98.0].into_iter());
        assert_eq!((low, high, step), (80.0, 180.0, 20.0));
        assert_eq!(marks(low, high, step), [80.0, 100.0, 120.0, 140.0, 160.0, 180.0]);
    }

    #[test]
    fn nothing_to_show_is_still_a_range() {
        let (low, high, step) = round_range(std::iter::empty());
        assert!(low < high && step > 0.0);
    }
}
