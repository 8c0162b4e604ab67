//! What was entered, to be checked before it is signed.

use super::{
    asking::{Asking, Handling, demanded, heard},
    draft::{Draft, Step, Taking},
    outcome::Outcome,
    prescribe,
};
use crate::language::*;
use crate::ui::Answer;
use crate::words::{self, decision};
use domain::{
    base::SignId,
    measurements::{Urgency, Vital},
};
use guide::{Advice, State};

/// Returns the answers in the order of the steps, each with the step that changes it.
#[must_use]
pub fn answers(i18n: Language, draft: &Draft, outcome: &Outcome, advice: Option<&Advice>) -> Vec<Answer> {
    let none = || td_string!(i18n, visit.none).to_owned();
    let signs = |signs: &[SignId]| match signs.is_empty() {
        true => none(),
        false => words::list(i18n, signs.iter().map(|sign| words::sign_label(i18n, sign))),
    };
    let taking = match draft.taking {
        None => td_string!(i18n, visit.not_asked),
        Some(Taking::Regular) => td_string!(i18n, visit.taking_regular),
        Some(Taking::Irregular) => td_string!(i18n, visit.taking_irregular),
        Some(Taking::None) => td_string!(i18n, visit.taking_none),
    };
    let mut all = measured(i18n, draft);
    if draft.asks_signs() {
        all.extend([
            answer(td_string!(i18n, visit.answer_danger), signs(&draft.danger_signs), Step::Ask),
            answer(td_string!(i18n, visit.answer_symptoms), signs(&draft.symptoms), Step::Ask),
            answer(td_string!(i18n, visit.answer_taking), taking.to_owned(), Step::Ask),
        ]);
    }
    if draft.asking.is_begun() {
        let norm = outcome.judged.follow_ups().weightiest().map(|found| found.urgency.clone());
        all.extend(complained(i18n, &draft.asking, advice, norm.as_ref()));
    }
    all.extend(handled(i18n, &draft.asking, advice));
    let action = outcome.judged.follow_ups().weightiest().map(|found| words::action(i18n, found.action));
    if draft.asks_signs() {
        let action = action.unwrap_or_else(none);
        all.push(answer(td_string!(i18n, visit.answer_advice), action, Step::Advice));
    }
    let prescribed = prescribe::answers(i18n, &draft.prescribing).into_iter();
    all.extend(prescribed.map(|(question, words)| answer(&question, words, Step::Prescribe)));
    let next = outcome.judged.next(draft.agreed).map_or_else(none, |next| words::date(i18n, next));
    let note = if draft.note.trim().is_empty() { none() } else { draft.note.clone() };
    all.extend([
        answer(td_string!(i18n, visit.answer_next), next, Step::Plan),
        answer(td_string!(i18n, visit.answer_note), note, Step::Plan),
    ]);
    all
}

fn answer(question: &str, answer: String, step: Step) -> Answer {
    Answer { question: question.to_owned(), answer, change: Some(step.place().to_string()) }
}

/// The figures; those nobody owes only where they were measured.
fn measured(i18n: Language, draft: &Draft) -> Vec<Answer> {
    let mut all = Vec::new();
    if !draft.goes_without_pressure() {
        let pressure = draft.measured().map(|pressure| pressure.to_string()).unwrap_or_default();
        all.push(answer(td_string!(i18n, visit.answer_pressure), pressure, Step::Measure));
    }
    if draft.asks_glucose() || !draft.glucose.is_empty() {
        let glucose = draft.glucose().ok().flatten();
        let none = || td_string!(i18n, visit.none).to_owned();
        let glucose = glucose.map_or_else(none, |found| words::glucose(i18n, &found));
        all.push(answer(td_string!(i18n, visit.glucose), glucose, Step::Measure));
    }
    let vitals = [
        (Vital::Temperature, td_string!(i18n, visit.temperature), td_string!(i18n, visit.celsius)),
        (Vital::Respiration, td_string!(i18n, visit.respiration), td_string!(i18n, visit.per_minute)),
        (Vital::Spo2, td_string!(i18n, visit.spo2), td_string!(i18n, visit.per_cent)),
    ];
    for (vital, name, unit) in vitals {
        let mut figure = draft.typed(vital).to_owned();
        if !figure.is_empty() {
            figure.push(' ');
            figure.push_str(unit);
            all.push(answer(name, figure, Step::Measure));
        }
    }
    all
}

/// The complaint, what was asked about it, how urgent it is, what it was taken for.
fn complained(
    i18n: Language,
    asking: &Asking,
    advice: Option<&Advice>,
    norm: Option<&Urgency>,
) -> Vec<Answer> {
    let unfilled = || td_string!(i18n, complaint.no_answer).to_owned();
    let text = asking.text.trim();
    let text = if text.is_empty() { unfilled() } else { text.to_owned() };
    let mut all = vec![answer(td_string!(i18n, complaint.answer_complaint), text, Step::Ask)];
    let found = heard(asking, advice).into_iter().filter_map(|heard| match heard.state() {
        State::Unknown => None,
        state => Some(decision::known(i18n, heard.name, state == State::Absent)),
    });
    let found: Vec<String> = found.collect();
    if !found.is_empty() {
        let found = words::list(i18n, found);
        all.push(answer(td_string!(i18n, complaint.answer_findings), found, Step::Ask));
    }
    let level = match advice {
        Some(advice) => decision::level(i18n, decision::urged(advice, norm)),
        None => td_string!(i18n, complaint.not_assessed),
    };
    all.push(answer(td_string!(i18n, complaint.answer_level), level.to_owned(), Step::Advice));
    let names: Vec<String> = asking.diagnoses().into_iter().map(|one| one.name).collect();
    let names = if names.is_empty() { unfilled() } else { words::list(i18n, names) };
    all.push(answer(td_string!(i18n, complaint.answer_diagnosis), names, Step::Advice));
    all
}

/// What is done about it, and why not more.
fn handled(i18n: Language, asking: &Asking, advice: Option<&Advice>) -> Vec<Answer> {
    let mut all = Vec::new();
    if let Some(handling) = asking.handling {
        let words = match handling {
            Handling::Here => td_string!(i18n, complaint.handle_here),
            Handling::Refer => td_string!(i18n, complaint.handle_refer),
            Handling::Ambulance => td_string!(i18n, complaint.handle_ambulance),
        };
        let (place, _) = asking.referral();
        let words = match place.is_empty() {
            true => words.to_owned(),
            false => td_string!(i18n, complaint.refer_line, handling = words, place = place),
        };
        all.push(answer(td_string!(i18n, complaint.answer_handling), words, Step::Advice));
    }
    if demanded(asking, advice).is_some() {
        let reason = asking.override_reason.trim().to_owned();
        all.push(answer(td_string!(i18n, complaint.answer_less), reason, Step::Advice));
    }
    all
}
