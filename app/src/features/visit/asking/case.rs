//! The case as decision support is asked about it: this resident, this day, this place.

use crate::features::visit::draft::{Draft, Place};
use crate::language::Language;
use crate::replica::files::ResidentFile;
use crate::words::group as group_words;
use domain::{
    base::{Date, Sex},
    care::Disease,
    measurements::Vital,
    people::{KeyGroup, Tier},
};
use guide::{Case, Site, State, Told, Vitals};

/// Key groups that are conditions somebody lives with.
const LIVED_WITH: [KeyGroup; 4] =
    [KeyGroup::Hypertension, KeyGroup::Diabetes, KeyGroup::Tuberculosis, KeyGroup::MentalIllness];

/// Returns what the place of a visit owns: what the institution does at the clinic, a village's bag anywhere else.
#[must_use]
pub fn site(place: Place, tier: Option<&Tier>) -> Site {
    match (place, tier) {
        (Place::Clinic, Some(Tier::TownshipHealthCentre)) => Site::Township,
        (Place::Clinic, Some(Tier::CountyHospital | Tier::MunicipalHospital | Tier::ProvincialHospital)) => {
            Site::County
        }
        _ => Site::Village,
    }
}

/// Tells whether there is something to ask decision support about: a complaint, a danger sign, or a figure that is
/// no part of the follow-up.
#[must_use]
pub fn is_asked(draft: &Draft) -> bool {
    let further = [Vital::Temperature, Vital::Respiration, Vital::Spo2];
    draft.asking.is_begun()
        || !draft.danger_signs.is_empty()
        || further.into_iter().any(|vital| !draft.typed(vital).is_empty())
        || (!draft.glucose.is_empty() && !draft.diseases.contains(&Disease::Diabetes))
}

/// Returns the case.
#[must_use]
pub fn case(draft: &Draft, file: &ResidentFile, site: Site) -> Case {
    let date = draft.started.date();
    let (person, record) = (&file.person, &file.record);
    let groups = person.key_groups.iter().filter(|group| LIVED_WITH.contains(group));
    // The knowledge reads Chinese, whatever the screen speaks.
    let groups: Vec<String> = groups.map(|group| group_words(Language::zh_CN, group)).collect();
    let words = [
        groups.iter().collect::<Vec<_>>(),
        record.conditions.iter().map(|known| &known.name).collect(),
        record.allergies.iter().map(|known| &known.substance).collect(),
        record
            .medications
            .iter()
            .filter(|taken| taken.until.is_none_or(|until| until >= date))
            .map(|taken| &taken.name)
            .collect(),
    ];
    Case {
        age_months: person.birth_date.map(|birth| months(birth, date)),
        sex: match person.sex {
            Sex::Female => Some(guide::Sex::Female),
            Sex::Male => Some(guide::Sex::Male),
            Sex::Unknown(_) => None,
        },
        pregnant: match (person.is_in(&KeyGroup::Pregnant), &person.sex) {
            (true, _) => Some(true),
            (false, Sex::Male) => Some(false),
            (false, _) => None,
        },
        pregnant_weeks: None,
        month: Some(date.month()),
        vitals: vitals(draft),
        texts: Some(draft.asking.text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect(),
        history: words.into_iter().flatten().filter(|words| !words.is_empty()).cloned().collect(),
        told: told(draft),
        asked: draft.asking.asked(),
        site,
    }
}

/// What was answered wins over a danger sign of the follow-up, which is a finding where its id is one.
fn told(draft: &Draft) -> Vec<Told> {
    let answers = draft.asking.answers.iter();
    let mut told: Vec<Told> =
        answers.map(|answer| Told { finding: answer.finding.clone(), state: answer.state }).collect();
    for sign in &draft.danger_signs {
        if draft.asking.answer(sign.as_str()).is_none() {
            told.push(Told { finding: sign.to_string(), state: State::Present });
        }
    }
    told
}

/// What was measured and can be.
fn vitals(draft: &Draft) -> Vitals {
    let of = |vital| draft.vital(vital).ok().flatten();
    let pressure = draft.measured().ok();
    let glucose = draft.judged_glucose();
    Vitals {
        sbp: pressure.map(|found| found.sbp),
        dbp: pressure.map(|found| found.dbp),
        pulse: of(Vital::Pulse),
        temperature: of(Vital::Temperature),
        respiration: of(Vital::Respiration),
        spo2: of(Vital::Spo2),
        // Hundredths to tenths.
        glucose: glucose.and_then(|found| u16::try_from(found.glucose.0 / 10).ok()),
    }
}

/// Returns the completed months from `birth` to `date`; zero before it.
fn months(birth: Date, date: Date) -> u32 {
    let count = |date: Date| date.year() * 12 + i32::from(date.month());
    let months = count(date) - count(birth) - i32::from(date.day() < birth.day());
    u32::try_from(months).unwrap_or(0)
}

#[cfg(test)]
mod tests;
