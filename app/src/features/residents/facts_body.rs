//! Kidneys, liver, pregnancy and breast-feeding, as dated facts of a resident's record.

use super::facts_page::{Desk, look_at};
use crate::clock;
use crate::features::body::{BodyForm, Line, Typed, can_expect, entry, id, known, lines};
use crate::language::*;
use crate::reactive::{memo, on_change};
use crate::replica::{files::ResidentFile, random_id};
use crate::ui::{Answer, Answers, Button, Kind, Why};
use crate::words;
use documents::Voided;
use domain::{
    base::EntryId,
    measurements::{Body, BodyFact},
};
use leptos::prelude::*;
use std::rc::Rc;

/// The section.
#[component]
pub(super) fn BodyFacts(desk: Desk, current: RwSignal<Rc<ResidentFile>, LocalStorage>) -> impl IntoView {
    let i18n = use_i18n();
    let today = clock::today();
    let typed = RwSignal::new(desk.draft.with_value(|draft| draft.body.clone()));
    on_change(move || typed.get(), move |typed| desk.change(|draft| draft.body = typed.clone()));
    // What is typed is shown as known in the choices; the list above them is what is on record.
    let body = memo(move || typed.with(|typed| current.with(|file| known(file, typed, today))));
    let can_expect = current
        .with_untracked(|file| known(file, &Typed::default(), today).expects() || can_expect(&file.person));
    let lacks = RwSignal::new(false);
    let save = move |()| {
        let now = typed.get_untracked();
        if let Some(figure) = now.wrong(today) {
            look_at(id(figure));
            return;
        }
        let recorded_at = clock::now();
        let facts: Vec<BodyFact> = now
            .facts(today, None, &desk.staff())
            .into_iter()
            .map(|fact| BodyFact { id: EntryId::new(random_id()), recorded_at, ..fact })
            .collect();
        lacks.set(facts.is_empty());
        if facts.is_empty() {
            return;
        }
        let edit = desk.on_body(Box::new(move |tx| facts.iter().try_for_each(|fact| tx.add_body_fact(fact))));
        desk.save(edit, move || typed.set(Typed::default()));
    };
    view! {
        <section class="sheet pad stack" id="body" tabindex="-1" data-testid="body">
            <h2>{td_string!(i18n, body.title)}</h2>
            {move || view! { <OnRecord desk file=current.get()/> }}
            <BodyForm typed body can_expect day=today/>
            {move || lacks.get().then(|| view! { <p role="status">{td_string!(i18n, body.nothing)}</p> })}
            <div><Button kind=Kind::Quiet on_press=save>{td_string!(i18n, body.save)}</Button></div>
        </section>
    }
}

/// What is known today, and what it was found by; each entry can be taken out.
#[component]
fn OnRecord(desk: Desk, file: Rc<ResidentFile>) -> impl IntoView {
    let i18n = use_i18n();
    let today = clock::today();
    let found: Body = known(&file, &Typed::default(), today);
    let all = lines(i18n, &found);
    let why = all.iter().find_map(|line| line.why.clone()).map(|(reason, source)| {
        view! { <Why ask=td_string!(i18n, body.egfr_ask) reasons=vec![reason] source/> }
    });
    let said = move |fact: &BodyFact| entry(i18n, fact);
    let row = move |fact: BodyFact| {
        let on = fact.on.map(|on| words::date(i18n, on)).unwrap_or_default();
        let id = fact.id.to_string();
        let take_out = move |()| {
            let void = Voided {
                reason: td_string!(i18n, body.wrong_entry).to_owned(),
                by: desk.staff(),
                at: clock::now(),
            };
            let id = id.clone();
            desk.save(desk.on_body(Box::new(move |tx| tx.void_body_fact(&id, &void))), || ());
        };
        let label = td_string!(i18n, body.wrong_entry_of, date = on.clone());
        view! {
            <li class="bar">
                <span class="grow">{on}" · "{said(&fact)}</span>
                <Button kind=Kind::Plain label on_press=take_out>{td_string!(i18n, body.wrong_entry)}</Button>
            </li>
        }
    };
    let none =
        all.is_empty().then(|| view! { <p class="soft">{td_string!(i18n, residents.none_recorded)}</p> });
    let entries: Vec<BodyFact> = file.record.body.iter().rev().cloned().collect();
    let several = (!entries.is_empty()).then(|| {
        view! {
            <details class="reason" data-testid="body-entries">
                <summary>{td_string!(i18n, body.entries, count = entries.len())}</summary>
                <ul>{entries.into_iter().map(row).collect_view()}</ul>
            </details>
        }
    });
    let answer = |line: Line| Answer { question: line.question, answer: line.answer, change: None };
    let items: Vec<Answer> = all.into_iter().map(answer).collect();
    let items = (!items.is_empty()).then(|| view! { <Answers items change=String::new() on_change=|_| ()/> });
    view! {
        {none}
        {items}
        {why}
        {several}
    }
}
