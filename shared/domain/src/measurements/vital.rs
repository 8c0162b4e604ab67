//! Vital signs that are one figure, and what cannot be one.

use serde::{Deserialize, Serialize};

/// A vital sign that is one whole figure in its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vital {
    /// Tenths of a degree Celsius.
    Temperature,
    /// Beats a minute.
    Pulse,
    /// Breaths a minute.
    Respiration,
    /// Oxygen saturation in percent.
    Spo2,
}

impl Vital {
    /// Returns the possible range: what lies outside it was typed or read wrong.
    #[must_use]
    pub const fn possible(self) -> (u16, u16) {
        match self {
            Self::Temperature => (250, 450),
            Self::Pulse => (20, 300),
            Self::Respiration => (4, 120),
            Self::Spo2 => (30, 100),
        }
    }

    /// Returns the range in which a figure needs no second look, at any age.
    #[must_use]
    pub const fn likely(self) -> (u16, u16) {
        match self {
            Self::Temperature => (350, 410),
            Self::Pulse => (40, 200),
            Self::Respiration => (8, 70),
            Self::Spo2 => (85, 100),
        }
    }

    /// Tells whether somebody can have this figure.
    #[must_use]
    pub fn is_possible(self, figure: u16) -> bool {
        let (low, high) = self.possible();
        (low..=high).contains(&figure)
    }

    /// Tells whether a possible figure should be looked at twice.
    #[must_use]
    pub fn is_unlikely(self, figure: u16) -> bool {
        let (low, high) = self.likely();
        self.is_possible(figure) && !(low..=high).contains(&figure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_refused_doubted_or_taken() {
        let of = |vital: Vital, figure| (vital.is_possible(figure), vital.is_unlikely(figure));
        assert_eq!(of(Vital::Temperature, 385), (true, false));
        assert_eq!(of(Vital::Temperature, 421), (true, true));
        assert_eq!(of(Vital::Temperature, 1012), (false, false), "in Fahrenheit");
        assert_eq!(of(Vital::Spo2, 82), (true, true));
        assert_eq!(of(Vital::Spo2, 101), (false, false));
        assert_eq!(of(Vital::Respiration, 60), (true, false), "a newborn");
        assert_eq!(of(Vital::Pulse, 999), (false, false));
    }
}
