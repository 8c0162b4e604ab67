//! The visit as it is recorded.

use super::{Outcome, Visitor, expects, reaction};
use crate::features::body;
use crate::features::visit::{
    asking::assessment,
    draft::{Draft, Place, Taking},
    prescribe::body,
};
use crate::replica::files::ResidentFile;
use documents::{Adherence, Plan, Visit, VisitPlace};
use domain::{
    base::{Signature, Timestamp},
    measurements::Vital,
};

/// Returns the visit to be recorded; `advice` is what decision support said of the complaint, where it could.
#[must_use]
pub fn visit(
    draft: &Draft,
    file: &ResidentFile,
    visitor: &Visitor<'_>,
    outcome: &Outcome,
    advice: Option<&guide::Advice>,
    signature: Signature,
    now: Timestamp,
) -> Visit {
    let vital = |vital| draft.vital(vital).ok().flatten();
    let (refer_to, refer_reason) = draft.asking.referral();
    Visit {
        id: draft.visit.clone(),
        resident: file.person.subject.clone(),
        date: Some(draft.started.date()),
        recorded_at: now,
        staff: visitor.staff.clone(),
        team: visitor.team.clone(),
        institution: visitor.institution.clone(),
        place: match draft.place {
            Place::Home => VisitPlace::Home,
            Place::Clinic => VisitPlace::Clinic,
            Place::Phone => VisitPlace::Phone,
        },
        pressures: draft.measured().into_iter().collect(),
        glucose: draft.glucose().ok().flatten(),
        pulse: vital(Vital::Pulse),
        weight: grams(&draft.weight),
        temperature: vital(Vital::Temperature),
        respiration: vital(Vital::Respiration),
        spo2: vital(Vital::Spo2),
        danger_signs: draft.danger_signs.clone(),
        symptoms: draft.symptoms.clone(),
        asked: draft.asks_signs(),
        pregnant_or_lactating: expects(file, draft),
        adherence: draft.taking.map(|taking| match taking {
            Taking::Regular => Adherence::Regular,
            Taking::Irregular => Adherence::Intermittent,
            Taking::None => Adherence::NotTaken,
        }),
        adverse_reaction: reaction(draft),
        complication: draft.complication,
        follow_up: outcome.judged.hypertension.clone(),
        diabetes: outcome.judged.diabetes.clone(),
        assessment: assessment(&draft.asking, advice),
        prescription: draft.prescribing.prescription().map(|written| body::on(&body(file, draft), written)),
        plan: Plan { next: draft.agreed, refer_to, refer_reason, ..Plan::default() },
        services: outcome.used.iter().map(|used| used.service.clone()).collect(),
        claim: outcome.claim.as_ref().map(|(claim, _)| claim.id.clone()),
        signatures: vec![signature],
        note: draft.note.trim().to_owned(),
        ..Visit::default()
    }
}

/// Reads kilograms as typed, `61.5`, into grams without a float.
fn grams(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let thousandths = format!("{part:0<3}");
    let kilograms: u32 = whole.parse().ok()?;
    kilograms.checked_mul(1000)?.checked_add(thousandths.get(..3)?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilograms_are_read_without_a_float() {
        assert_eq!(grams("61.5"), Some(61_500));
        assert_eq!(grams("61"), Some(61_000));
        assert_eq!(grams("61."), Some(61_000));
        assert_eq!(grams(""), None);
    }
}
