//! Who came with what.

use crate::Told;
use serde::{Deserialize, Serialize};

/// The sex as far as it bears on what is likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// What a place owns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// A village clinic, or a visit at home.
    #[default]
    Village,
    /// A township health centre.
    Township,
    /// A county hospital.
    County,
}

/// What was measured; what was not is `None` and says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Vitals {
    /// Systolic pressure in mmHg.
    pub sbp: Option<u16>,
    /// Diastolic pressure in mmHg.
    pub dbp: Option<u16>,
    /// Beats a minute.
    pub pulse: Option<u16>,
    /// Tenths of a degree Celsius.
    pub temperature: Option<u16>,
    /// Breaths a minute.
    pub respiration: Option<u16>,
    /// Oxygen saturation in percent.
    pub spo2: Option<u16>,
    /// Tenths of a mmol/L of glucose.
    pub glucose: Option<u16>,
}

domain::read_by_field! { Vitals { sbp, dbp, pulse, temperature, respiration, spo2, glucose } }

/// A case. The order in which things were told leaves no trace.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Case {
    /// Age in completed months.
    pub age_months: Option<u32>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Whether she is pregnant; `None` is not known.
    pub pregnant: Option<bool>,
    /// Completed weeks of pregnancy.
    pub pregnant_weeks: Option<u16>,
    /// The month of the year, 1 to 12; `None` leaves seasons out.
    pub month: Option<u8>,
    /// What was measured.
    pub vitals: Vitals,
    /// The complaint as it was typed, one text or several.
    pub texts: Vec<String>,
    /// Conditions, allergies and medications of the record, in words.
    pub history: Vec<String>,
    /// What was tapped, corrected or answered; it wins over what the texts say.
    pub told: Vec<Told>,
    /// How many questions were asked.
    pub asked: u16,
    /// Where it is.
    pub site: Site,
}

domain::read_by_field! {
    Case {
        age_months, sex, pregnant, pregnant_weeks, month, vitals, texts, history, told, asked, site
    }
}
