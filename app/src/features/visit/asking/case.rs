//! The case as decision support is asked about it: this resident, this day, this place.

use crate::features::visit::{
    draft::{Draft, Place},
    prescribe::body,
};
use crate::guide::person_case;
use crate::replica::files::ResidentFile;
use domain::{care::Disease, measurements::Vital, people::Tier};
use guide::{Case, Site, State, Told, Vitals};

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
    // Every visit may have a pulse; a strange one is asked about.
    let pulse = draft.vital(Vital::Pulse).ok().flatten();
    draft.asking.is_begun()
        || pulse.is_some_and(|pulse| Vital::Pulse.is_unlikely(pulse))
        || !draft.danger_signs.is_empty()
        || further.into_iter().any(|vital| !draft.typed(vital).is_empty())
        || (!draft.glucose.is_empty() && !draft.diseases.contains(&Disease::Diabetes))
}

/// Returns the case.
#[must_use]
pub fn case(draft: &Draft, file: &ResidentFile, site: Site) -> Case {
    let person = person_case(file, draft.started.date());
    let pregnancy = body(file, draft).pregnancy.map(|known| known.value);
    Case {
        vitals: vitals(draft),
        texts: Some(draft.asking.text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect(),
        told: told(draft),
        asked: draft.asking.asked(),
        site,
        pregnant_weeks: pregnancy.and_then(|known| known.weeks),
        pregnant: pregnancy.map_or(person.pregnant, |known| Some(known.pregnant)),
        ..person
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
        glucose: glucose.map(|found| found.glucose.0 / 10),
    }
}

#[cfg(test)]
mod tests;
