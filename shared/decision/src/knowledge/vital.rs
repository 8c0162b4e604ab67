//! Measured signs and the thresholds findings put to them.

use serde::{Deserialize, Serialize};

/// What was measured; what was not is `None` and says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Vitals {
    /// Systolic blood pressure in mmHg.
    pub sbp: Option<f64>,
    /// Diastolic blood pressure in mmHg.
    pub dbp: Option<f64>,
    /// Pulse in beats a minute.
    pub pulse: Option<f64>,
    /// Temperature in °C.
    pub temperature: Option<f64>,
    /// Breaths a minute.
    pub respiration: Option<f64>,
    /// Oxygen saturation in percent.
    pub spo2: Option<f64>,
    /// Blood glucose in mmol/L.
    pub glucose: Option<f64>,
}

/// One of the things measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Systolic blood pressure.
    Sbp,
    /// Diastolic blood pressure.
    Dbp,
    /// Pulse.
    Pulse,
    /// Temperature.
    Temperature,
    /// Respiration.
    Respiration,
    /// Oxygen saturation.
    Spo2,
    /// Blood glucose.
    Glucose,
}

impl Vitals {
    /// Returns the figure of a measure.
    #[must_use]
    pub fn get(&self, measure: Measure) -> Option<f64> {
        match measure {
            Measure::Sbp => self.sbp,
            Measure::Dbp => self.dbp,
            Measure::Pulse => self.pulse,
            Measure::Temperature => self.temperature,
            Measure::Respiration => self.respiration,
            Measure::Spo2 => self.spo2,
            Measure::Glucose => self.glucose,
        }
    }

    /// Sets the figure of a measure if there is none yet.
    pub fn fill(&mut self, measure: Measure, value: f64) {
        let place = match measure {
            Measure::Sbp => &mut self.sbp,
            Measure::Dbp => &mut self.dbp,
            Measure::Pulse => &mut self.pulse,
            Measure::Temperature => &mut self.temperature,
            Measure::Respiration => &mut self.respiration,
            Measure::Spo2 => &mut self.spo2,
            Measure::Glucose => &mut self.glucose,
        };
        place.get_or_insert(value);
    }
}

impl Vitals {
    /// Sets the temperature in °C if it is higher than the one known.
    pub(crate) fn fill_highest(&mut self, temperature: f64) {
        self.temperature = Some(self.temperature.map_or(temperature, |known| known.max(temperature)));
    }
}

/// How a figure is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
    /// More than.
    Above,
    /// Less than.
    Below,
}

/// A threshold, written "temperature >= 38.0".
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VitalRule {
    /// What is measured.
    pub measure: Measure,
    /// How it is compared.
    pub comparison: Comparison,
    /// With what, in the unit of the measure.
    pub value: f64,
}

/// A threshold that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a threshold")]
pub struct VitalRuleError(String);

const MEASURES: [(&str, Measure); 7] = [
    ("sbp", Measure::Sbp),
    ("dbp", Measure::Dbp),
    ("pulse", Measure::Pulse),
    ("temperature", Measure::Temperature),
    ("respiration", Measure::Respiration),
    ("spo2", Measure::Spo2),
    ("glucose", Measure::Glucose),
];
const COMPARISONS: [(&str, Comparison); 4] = [
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    (">", Comparison::Above),
    ("<", Comparison::Below),
];

impl VitalRule {
    /// Tells whether the figure meets the threshold; `None` where it was not measured.
    #[must_use]
    pub fn holds(&self, vitals: &Vitals) -> Option<bool> {
        let figure = vitals.get(self.measure)?;
        Some(match self.comparison {
            Comparison::AtLeast => figure >= self.value,
            Comparison::AtMost => figure <= self.value,
            Comparison::Above => figure > self.value,
            Comparison::Below => figure < self.value,
        })
    }
}

impl TryFrom<String> for VitalRule {
    type Error = VitalRuleError;

    fn try_from(text: String) -> Result<Self, VitalRuleError> {
        let mut parts = text.split_whitespace();
        let measure = parts.next().and_then(|word| MEASURES.iter().find(|(name, _)| *name == word));
        let comparison = parts.next().and_then(|word| COMPARISONS.iter().find(|(sign, _)| *sign == word));
        let value = parts.next().and_then(|word| word.parse().ok());
        match (measure, comparison, value, parts.next()) {
            (Some((_, measure)), Some((_, comparison)), Some(value), None) => {
                Ok(Self { measure: *measure, comparison: *comparison, value })
            }
            _ => Err(VitalRuleError(text)),
        }
    }
}

impl From<VitalRule> for String {
    fn from(rule: VitalRule) -> Self {
        let measure =
            MEASURES.iter().find(|(_, measure)| *measure == rule.measure).map_or("", |(name, _)| name);
        let sign = COMPARISONS
            .iter()
            .find(|(_, comparison)| *comparison == rule.comparison)
            .map_or("", |(sign, _)| sign);
        format!("{measure} {sign} {}", rule.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_holds_on_its_edge_and_says_nothing_unmeasured() {
        let rule = VitalRule::try_from("temperature >= 38.0".to_owned()).unwrap();
        let at = |temperature| Vitals { temperature, ..Vitals::default() };
        assert_eq!(rule.holds(&at(Some(38.0))), Some(true));
        assert_eq!(rule.holds(&at(Some(37.9))), Some(false));
        assert_eq!(rule.holds(&at(None)), None);
    }

    #[test]
    fn thresholds_survive_being_written_and_nonsense_is_refused() {
        let rule = VitalRule::try_from("spo2 < 92".to_owned()).unwrap();
        assert_eq!(VitalRule::try_from(String::from(rule)).unwrap(), rule);
        assert!(VitalRule::try_from("mood > 3".to_owned()).is_err());
        assert!(VitalRule::try_from("sbp >= high".to_owned()).is_err());
    }
}
