//! Check your answers.

use super::{
    desk::Desk,
    draft::{Start, Step},
    view_model::price,
    words::{place, titles},
};
use crate::clock;
use crate::language::*;
use crate::reactive::derived;
use crate::ui::{Answer, Answers};
use crate::words;
use domain::contracts::signing::one_year;
use leptos::prelude::*;

/// All answers with a way to change each.
#[component]
pub fn CheckStep(
    /// The flow.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let items = derived(move || answers(i18n, desk));
    let change = move |step: String| {
        desk.go(match step.as_str() {
            "packages" => Step::Packages,
            "term" => Step::Term,
            _ => Step::Identity,
        });
    };
    view! {
        <h1 id="question" tabindex="-1">{td_string!(i18n, signing.check)}</h1>
        <p>{td_string!(i18n, signing.check_hint)}</p>
        <div class="sheet pad" id="answers" tabindex="-1">
            <Answers items change=td_string!(i18n, common.change) on_change=change/>
        </div>
    }
}

fn answers(i18n: Language, desk: Desk) -> Vec<Answer> {
    let facts = desk.facts();
    let draft = desk.draft.get();
    let today = clock::today();
    let table = facts.table();
    let chosen: Vec<_> = table.chosen(&draft, today).into_iter().map(|(_, package)| package).collect();
    let period = table.from(&draft, today).map(|from| {
        let until = one_year(from.add_months(12 * (i32::from(draft.years) - 1)));
        td_string!(i18n, signing.from_until, from = words::date(i18n, from), until = words::date(i18n, until))
    });
    let fee = td_string!(i18n, words.yuan, amount = price(chosen.iter().copied()).to_string());
    let answer = |question: &str, answer: String, change: Option<&str>| Answer {
        question: question.to_owned(),
        answer,
        change: change.map(str::to_owned),
    };
    let mut answers = vec![
        answer(td_string!(i18n, signing.resident), facts.file.person.name.clone(), None),
        answer(td_string!(i18n, signing.package), titles(i18n, &chosen), Some("packages")),
        answer(td_string!(i18n, signing.fee), fee, None),
        answer(td_string!(i18n, signing.period), period.unwrap_or_default(), Some("term")),
        answer(td_string!(i18n, signing.place), place(i18n, &draft.place), Some("term")),
        answer(td_string!(i18n, signing.team), facts.team_name.clone(), None),
        answer(td_string!(i18n, signing.doctor), facts.staff_name.clone(), None),
    ];
    if draft.start == Start::AfterCurrent {
        answers.push(answer(
            td_string!(i18n, signing.renewal),
            td_string!(i18n, signing.renewal_yes).to_owned(),
            Some("term"),
        ));
    }
    answers
}
