//! What the check goes by, and how it went, so that nobody takes silence for an answer.

use super::{
    Desk,
    body::BodyFields,
    patient::{body, kilograms, weight},
};
use crate::features::{body::lines, visit::prescribing::Checked};
use crate::language::*;
use crate::reactive::{derived, memo};
use crate::ui::{Answer, Answers, Why};
use crate::words;
use domain::people::KeyGroup;
use leptos::prelude::*;

/// The side of the step.
#[component]
pub(super) fn Known(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let flow = desk.flow;
    let state = memo(move || {
        flow.draft.with(|draft| match (&draft.prescribing.checked, draft.prescribing.is_checked()) {
            _ if draft.prescribing.lines.is_empty() => None,
            (_, false) => Some(td_string!(i18n, prescribe.checking)),
            (Checked::Done { flags, .. }, true) if flags.is_empty() => {
                Some(td_string!(i18n, prescribe.checked_clear))
            }
            (Checked::Done { .. }, true) => Some(td_string!(i18n, prescribe.checked_count)),
            _ => Some(td_string!(i18n, prescribe.unchecked_title)),
        })
    });
    let items = derived(move || {
        flow.draft.with(|draft| {
            flow.file.with_value(|file| {
                let none = || td_string!(i18n, prescribe.known_none).to_owned();
                let list =
                    |items: Vec<String>| if items.is_empty() { none() } else { words::list(i18n, items) };
                let today = draft.started.date();
                let age = file.person.birth_date.map(|birth| age(i18n, birth, today)).unwrap_or_else(none);
                let weight = match weight(file, draft) {
                    None => td_string!(i18n, prescribe.known_weight_none).to_owned(),
                    Some(found) if found.on == today => {
                        td_string!(i18n, prescribe.known_weight_today, weight = kilograms(found.grams))
                    }
                    Some(found) => td_string!(
                        i18n,
                        prescribe.known_weight_on,
                        weight = kilograms(found.grams),
                        date = words::date(i18n, found.on)
                    ),
                };
                let allergies = file.record.allergies.iter().map(|allergy| allergy.substance.clone());
                let heeded = [KeyGroup::Hypertension, KeyGroup::Diabetes, KeyGroup::Tuberculosis];
                let groups = heeded.iter().filter(|group| file.person.is_in(group));
                let groups = groups.map(|group| words::group(i18n, group));
                let known = file.record.conditions.iter().map(|condition| condition.name.clone());
                let today = draft.asking.diagnoses().into_iter().map(|diagnosis| diagnosis.name);
                let answer =
                    |question: &str, answer| Answer { question: question.to_owned(), answer, change: None };
                let mut all = vec![
                    answer(td_string!(i18n, prescribe.known_age), age),
                    answer(td_string!(i18n, prescribe.known_weight), weight),
                    answer(td_string!(i18n, prescribe.known_allergies), list(allergies.collect())),
                    answer(
                        td_string!(i18n, prescribe.known_conditions),
                        list(distinct(groups.chain(known).chain(today))),
                    ),
                ];
                let body = body(file, draft);
                all.extend(lines(i18n, &body).into_iter().map(|line| answer(&line.question, line.answer)));
                if file.person.is_in(&KeyGroup::Pregnant) && !body.expects() {
                    let yes = td_string!(i18n, prescribe.yes).to_owned();
                    all.push(answer(td_string!(i18n, prescribe.known_pregnant), yes));
                }
                all
            })
        })
    });
    let why = memo(move || {
        let body = flow.draft.with(|draft| flow.file.with_value(|file| body(file, draft)));
        lines(i18n, &body).into_iter().find_map(|line| line.why)
    });
    view! {
        <section class="sheet pad stack" data-testid="known">
            <h2>{td_string!(i18n, prescribe.checked_title)}</h2>
            <p role="status" data-testid="check-state">{move || state.get()}</p>
            <h3>{td_string!(i18n, prescribe.known)}</h3>
            <Answers items change=String::new() on_change=|_| ()/>
            {move || why.get().map(|(reason, source)| view! {
                <Why ask=td_string!(i18n, body.egfr_ask) reasons=vec![reason] source/>
            })}
            <BodyFields desk/>
        </section>
    }
}

/// Leaves out what was said before.
fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    words.fold(Vec::new(), |mut all, word| {
        if !all.contains(&word) {
            all.push(word);
        }
        all
    })
}

/// The years below which an age is said in months: infants and toddlers, whose doses follow them.
const IN_MONTHS: u16 = 3;

/// Says an age as a prescription has it.
#[must_use]
pub fn age(i18n: Language, birth: domain::base::Date, on: domain::base::Date) -> String {
    let years = on.age_of(birth);
    if years >= IN_MONTHS {
        return td_string!(i18n, prescribe.age_years, years = years);
    }
    let months = (0..=i32::from(IN_MONTHS) * 12).rev().find(|months| birth.add_months(*months) <= on);
    td_string!(i18n, prescribe.age_months, months = months.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn infants_are_so_many_months_old_and_others_so_many_years() {
        let said = |birth: &str| age(Language::zh_CN, birth.parse().unwrap(), "2026-11-22".parse().unwrap());
        assert_eq!(said("1958-02-01"), "68 岁");
        assert_eq!(said("2023-11-22"), "3 岁");
        assert_eq!(said("2023-11-23"), "35 个月");
        assert_eq!(said("2026-11-10"), "0 个月");
    }
}
