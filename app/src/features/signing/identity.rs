//! Is it this person?

use super::desk::Desk;
use crate::clock;
use crate::language::*;
use crate::ui::{Answer, Answers};
use crate::words;
use domain::base::{mask_id_number, mask_phone};
use leptos::prelude::*;

/// Who it is, to compare with the card.
#[component]
pub fn IdentityStep(
    /// The flow.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let facts = desk.facts();
    let person = &facts.file.person;
    let or_none = |text: String| {
        if text.trim().is_empty() { td_string!(i18n, signing.not_recorded).to_owned() } else { text }
    };
    let age = person.age(clock::today()).map(|years| td_string!(i18n, signing.years_old, years = years));
    let rows = [
        (td_string!(i18n, signing.name), person.name.clone()),
        (td_string!(i18n, signing.sex), words::sex(i18n, &person.sex)),
        (td_string!(i18n, signing.age), age.unwrap_or_default()),
        (td_string!(i18n, signing.id_number), mask_id_number(person.identity.number())),
        (td_string!(i18n, signing.phone), person.phone.as_deref().map(mask_phone).unwrap_or_default()),
        (td_string!(i18n, signing.address), person.address.village.clone()),
    ];
    let items: Vec<Answer> = rows
        .map(|(question, answer)| Answer {
            question: question.to_owned(),
            answer: or_none(answer),
            change: None,
        })
        .to_vec();
    let name = person.name.clone();
    view! {
        <h1 id="question" tabindex="-1">{td_string!(i18n, signing.identity, name = name)}</h1>
        <p>{td_string!(i18n, signing.identity_hint)}</p>
        <div class="sheet pad"><Answers items change=td_string!(i18n, common.change) on_change=|_| ()/></div>
    }
}
