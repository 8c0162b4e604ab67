//! A line of a prescription.

use serde::{Deserialize, Deserializer, Serialize};

/// Reads `null` as nothing said.
pub(crate) fn or_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// One medicine with its dose as it was typed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Line {
    /// Generic, English or brand name, or an ATC code.
    pub medicine: String,
    /// Amount taken at once, in `unit`; `None` where it was not said.
    #[serde(default)]
    pub dose: Option<f64>,
    /// mg, g, ug, ml, IU, or a count of tablets, capsules, sachets, ampoules …
    #[serde(default, deserialize_with = "or_default")]
    pub unit: String,
    /// How often a day; once a week is 1/7.
    #[serde(default)]
    pub times_per_day: Option<f64>,
    /// For how many days.
    #[serde(default)]
    pub days: Option<f64>,
    /// By mouth, into a vein … in Chinese or English words; empty is by mouth.
    #[serde(default, deserialize_with = "or_default")]
    pub route: String,
    /// Already taken, by an earlier prescription: only its interplay with the other lines is reported.
    #[serde(default)]
    pub taken: bool,
}

/// How a medicine gets into or onto the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// By mouth.
    Po,
    /// Into a vein.
    Iv,
    /// Into a muscle.
    Im,
    /// Under the skin.
    Sc,
    /// Under the tongue.
    Sl,
    /// Inhaled.
    Inhaled,
    /// Into the rectum.
    Rectal,
    /// Through the skin into the blood.
    Patch,
    /// Into the vagina.
    Vaginal,
    /// Onto the skin.
    Topical,
    /// Into the eye.
    Eye,
    /// Into the ear.
    Ear,
    /// Into the nose.
    Nasal,
    /// In the mouth, not swallowed.
    Mouth,
}

impl Route {
    /// Tells whether the medicine hardly reaches the blood.
    #[must_use]
    pub fn is_local(self) -> bool {
        matches!(self, Self::Vaginal | Self::Topical | Self::Eye | Self::Ear | Self::Nasal | Self::Mouth)
    }

    /// Tells whether the medicine is injected.
    #[must_use]
    pub fn is_injected(self) -> bool {
        matches!(self, Self::Iv | Self::Im | Self::Sc)
    }
}
