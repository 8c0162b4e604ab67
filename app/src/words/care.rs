//! What the care of a disease is said in: signs, urgency, what to do, forms.

use crate::language::*;
use crate::ui::Tone;
use documents::Visit;
use domain::{
    base::SignId,
    care::{Action, Disease, FollowUpClass},
    measurements::{GlucoseReading, GlucoseTiming, Urgency, diabetes_rules, hypertension_rules},
};

/// Returns the words of a sign; they are data of the rule packs, which say the same of a sign they share.
#[must_use]
pub fn sign_label(i18n: Language, sign: &SignId) -> String {
    let label = hypertension_rules().ok().and_then(|pack| pack.label(sign));
    let label = label.or_else(|| diabetes_rules().ok().and_then(|pack| pack.label(sign)));
    label.map_or_else(|| sign.to_string(), |label| super::of_pack(i18n, label))
}

/// Says what an urgency asks for.
#[must_use]
pub fn urgency(i18n: Language, urgency: &Urgency) -> String {
    match urgency {
        Urgency::SelfCare => td_string!(i18n, words.urgency_self_care),
        Urgency::Appointment => td_string!(i18n, words.urgency_appointment),
        Urgency::Day => td_string!(i18n, words.urgency_day),
        Urgency::Emergency => td_string!(i18n, words.urgency_emergency),
        Urgency::Ambulance => td_string!(i18n, words.urgency_ambulance),
        Urgency::Unknown(_) => td_string!(i18n, words.unknown_urgency),
    }
    .to_owned()
}

/// Returns how serious an urgency looks: red only where life is in danger.
#[must_use]
pub fn tone(urgency: &Urgency) -> Tone {
    match urgency {
        Urgency::SelfCare => Tone::Good,
        Urgency::Appointment | Urgency::Day => Tone::Care,
        Urgency::Emergency | Urgency::Ambulance | Urgency::Unknown(_) => Tone::Life,
    }
}

/// Says what the norm asks to be done.
#[must_use]
pub fn action(i18n: Language, action: &Action) -> String {
    match action {
        Action::Routine => td_string!(i18n, words.action_routine),
        Action::Adjust => td_string!(i18n, words.action_adjust),
        Action::Refer => td_string!(i18n, words.action_refer),
        Action::Urgent => td_string!(i18n, words.action_urgent),
        Action::Unknown(_) => td_string!(i18n, words.unknown_urgency),
    }
    .to_owned()
}

/// Says the class of a follow-up.
#[must_use]
pub fn class(i18n: Language, class: &FollowUpClass) -> String {
    match class {
        FollowUpClass::Controlled => td_string!(i18n, words.class_controlled),
        FollowUpClass::Uncontrolled => td_string!(i18n, words.class_uncontrolled),
        FollowUpClass::AdverseReaction => td_string!(i18n, words.class_adverse),
        FollowUpClass::Complication => td_string!(i18n, words.class_complication),
        FollowUpClass::Unknown(_) => td_string!(i18n, words.class_unknown),
    }
    .to_owned()
}

/// Says a disease.
#[must_use]
pub fn disease(i18n: Language, disease: &Disease) -> String {
    match disease {
        Disease::Hypertension => td_string!(i18n, words.group_hypertension),
        Disease::Diabetes => td_string!(i18n, words.disease_diabetes),
        Disease::Unknown(_) => td_string!(i18n, words.group_other),
    }
    .to_owned()
}

/// Says the national form that a follow-up of a disease fills.
#[must_use]
pub fn form(i18n: Language, disease: &Disease) -> String {
    match disease {
        Disease::Hypertension => td_string!(i18n, words.form_hypertension),
        Disease::Diabetes => td_string!(i18n, words.form_diabetes),
        Disease::Unknown(_) => td_string!(i18n, words.class_unknown),
    }
    .to_owned()
}

/// Says the vital signs of a visit that are one figure, in the order they are measured in.
#[must_use]
pub fn vitals(i18n: Language, visit: &Visit) -> Vec<String> {
    let tenths = |figure: u16| format!("{}.{}", figure / 10, figure % 10);
    let temperature =
        visit.temperature.map(|figure| td_string!(i18n, words.vital_temperature, figure = tenths(figure)));
    let pulse = visit.pulse.map(|figure| td_string!(i18n, words.vital_pulse, figure = figure));
    let respiration =
        visit.respiration.map(|figure| td_string!(i18n, words.vital_respiration, figure = figure));
    let spo2 = visit.spo2.map(|figure| td_string!(i18n, words.vital_spo2, figure = figure));
    let weight = visit.weight.map(|grams| tenths(u16::try_from((grams + 50) / 100).unwrap_or(u16::MAX)));
    let weight = weight.map(|figure| td_string!(i18n, words.vital_weight, figure = figure));
    [temperature, pulse, respiration, spo2, weight].into_iter().flatten().collect()
}

/// Says a glucose and how it lies to meals.
#[must_use]
pub fn glucose(i18n: Language, reading: &GlucoseReading) -> String {
    let glucose = reading.glucose.to_string();
    match reading.timing {
        GlucoseTiming::Fasting => td_string!(i18n, words.glucose_fasting, glucose = glucose),
        GlucoseTiming::NotFasting => td_string!(i18n, words.glucose_other, glucose = glucose),
        GlucoseTiming::Unknown(_) => td_string!(i18n, words.glucose_unknown, glucose = glucose),
    }
}
