//! Thresholds that belong to no medicine.

use super::Ages;
use serde::Deserialize;

/// Thresholds, with their sources.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Up to this multiple of the most, rounding is forgiven.
    pub dose_forgiven: f64,
    /// Above this multiple of the most, a stop; a warning until then.
    pub dose_stop: f64,
    /// From this multiple of the usual on, a slip of the unit is suspected.
    pub dose_slip: f64,
    /// Below this share of the usual, the dose is called low.
    pub dose_low: f64,
    /// Source of the rule that more than the usual wants a reason.
    pub dose_source: String,
    /// Days of an ordinary prescription.
    pub days_ordinary: f64,
    /// Days of an emergency prescription.
    pub days_emergency: f64,
    /// Days of a narcotic, by how it is given.
    pub days_narcotic: Narcotic,
    /// The same against cancer pain and other strong lasting pain.
    pub days_narcotic_pain: Narcotic,
    /// The condition id of such pain.
    pub pain: String,
    /// Source of these days.
    pub days_source: String,
    /// Days a long prescription usually covers.
    pub days_long_usual: f64,
    /// Days a long prescription covers at most.
    pub days_long: f64,
    /// Source of the days of long prescriptions.
    pub days_long_source: String,
    /// The first week of the second and of the third trimester.
    pub trimesters: (f64, f64),
    /// Ages in which a woman is asked whether she may be pregnant.
    pub childbearing: Ages,
    /// Source of how restricted antimicrobials are prescribed.
    pub antimicrobial_source: String,
    /// So many systemic antibacterials at once are many.
    pub antimicrobials_many: usize,
    /// Source of when antibacterials are wanted.
    pub antimicrobial_use_source: String,
    /// The condition ids that by themselves want no antibacterial.
    pub viral: Vec<String>,
    /// The class of systemic antibacterials.
    pub antibacterial: String,
    /// From this age an unknown kidney function is asked for, years.
    pub kidney_age: f64,
    /// Condition ids with which it is asked for at any age.
    pub kidney_risk: Vec<String>,
    /// Condition ids that mean a kidney disease of unknown stage, and a liver disease of unknown class.
    pub kidney: String,
    /// See `kidney`.
    pub liver: String,
    /// The condition id that class C means for a medicine without a row of its own.
    pub liver_severe: String,
    /// Heavy children by age, to check doses when the weight is unknown.
    pub weights: Vec<Weight>,
    /// Source of the weights.
    pub weights_source: String,
}

/// Days a narcotic may be prescribed for.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Narcotic {
    /// Injected.
    pub injected: f64,
    /// Tablets of slow release and patches.
    pub slow: f64,
    /// Everything else.
    pub other: f64,
}

/// A heavy child's weight.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// Ages.
    pub ages: Ages,
    /// About the 97th percentile at the end of that age, kg.
    pub heavy: f64,
    /// About the median in the middle of it, kg.
    pub middle: f64,
}
