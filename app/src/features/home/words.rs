//! What a pressure means, in words for the person who has it.

use super::view_model::{Judged, JudgedGlucose};
use crate::language::*;
use crate::ui::Tone;
use crate::words;
use domain::{
    base::{Date, Timestamp},
    measurements::Urgency,
};

/// Says what an urgency means for somebody at home.
pub fn meaning(i18n: Language, urgency: &Urgency, treated: bool) -> String {
    match urgency {
        Urgency::SelfCare if treated => td_string!(i18n, home.good_treated),
        Urgency::SelfCare => td_string!(i18n, home.good),
        Urgency::Appointment => td_string!(i18n, home.above),
        Urgency::Day => td_string!(i18n, home.low),
        Urgency::Emergency => td_string!(i18n, home.emergency),
        Urgency::Ambulance => td_string!(i18n, home.ambulance),
        Urgency::Unknown(_) => td_string!(i18n, home.unknown),
    }
    .to_owned()
}

/// Says what a glucose means for somebody at home. Another than a fasting one tells nothing until it is critical.
pub fn glucose_meaning(i18n: Language, judged: &JudgedGlucose) -> String {
    match (&judged.urgency, judged.reading.is_fasting()) {
        (Urgency::SelfCare, true) => td_string!(i18n, home.glucose_good),
        (Urgency::SelfCare | Urgency::Appointment, false) => td_string!(i18n, home.glucose_not_fasting),
        (Urgency::Appointment, true) => td_string!(i18n, home.above),
        (Urgency::Day, _) => td_string!(i18n, home.low),
        (Urgency::Emergency, _) => td_string!(i18n, home.emergency),
        (Urgency::Ambulance, _) => td_string!(i18n, home.ambulance),
        (Urgency::Unknown(_), _) => td_string!(i18n, home.unknown),
    }
    .to_owned()
}

/// Says what a pressure of the past was, without asking for anything.
pub fn was(i18n: Language, urgency: &Urgency) -> String {
    match urgency {
        Urgency::SelfCare => td_string!(i18n, home.was_good),
        Urgency::Appointment => td_string!(i18n, home.was_above),
        Urgency::Day => td_string!(i18n, home.was_low),
        Urgency::Emergency | Urgency::Ambulance | Urgency::Unknown(_) => td_string!(i18n, home.was_danger),
    }
    .to_owned()
}

/// Says what a pressure means today, and how serious that is.
pub fn meaning_now(i18n: Language, judged: &Judged, treated: bool, today: Date) -> (Tone, String) {
    match judged.is_to_repeat(today) {
        true => (Tone::Care, td_string!(i18n, home.again).to_owned()),
        false => (words::tone(&judged.urgency), meaning(i18n, &judged.urgency, treated)),
    }
}

/// Says of when a pressure is.
pub fn moment(i18n: Language, at: Timestamp, today: Date) -> String {
    match (at.date() == today, at.hour_minute().0) {
        (true, ..12) => td_string!(i18n, home.this_morning).to_owned(),
        (true, 12..18) => td_string!(i18n, home.this_afternoon).to_owned(),
        (true, _) => td_string!(i18n, home.this_evening).to_owned(),
        (false, _) => td_string!(i18n, home.pressure_of, date = words::short_date(i18n, at.date())),
    }
}

/// Returns the class of text of this weight.
pub const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Life => "lead meaning danger",
        Tone::Care => "lead meaning careful",
        Tone::Good => "lead meaning good",
        Tone::Calm => "lead meaning",
    }
}
