//! What was handed in by somebody who may not write any more, and waits for a person.

use super::view_model::{Submitted, submitted};
use super::{resident_name, staff_name, words};
use crate::ask::ask;
use crate::language::*;
use crate::reactive::{loaded, spawn_local};
use crate::ui::{Button, Empty, Glyph, Icon, Kind, Notice, Show, Tone};
use crate::words::date_time;
use leptos::prelude::*;
use serde_json::{Value, json};

/// The page.
#[component]
pub fn QuarantinePage() -> impl IntoView {
    let i18n = use_i18n();
    let asked = RwSignal::new(0);
    let said = RwSignal::new(String::new());
    let found = loaded(move || {
        asked.track();
        async { ask("GET", "/api/quarantine", &Value::Null).await.map(|answer| submitted(&answer)) }
    });
    let decide = move |id: i64, accept: bool| {
        spawn_local(async move {
            match ask("POST", &format!("/api/quarantine/{id}"), &json!({ "accept": accept })).await {
                Ok(_) if accept => said.set(td_string!(i18n, access.accepted).to_owned()),
                Ok(_) => said.set(td_string!(i18n, access.rejected).to_owned()),
                Err(refusal) => said.set(words(i18n, &refusal)),
            }
            asked.update(|times| *times += 1);
        });
    };
    let row = move |held: Submitted| {
        let what = match held.kind.as_str() {
            "record" => td_string!(i18n, access.kind_record),
            "person" => td_string!(i18n, access.kind_person),
            "diary" => td_string!(i18n, access.kind_diary),
            "rewards" => td_string!(i18n, health_points.title),
            _ => td_string!(i18n, access.kind_other),
        };
        let whom = resident_name(i18n, &held.subject);
        let who = td_string!(
            i18n,
            access.handed_in,
            name = staff_name(&held.account),
            time = date_time(i18n, held.at)
        );
        let state = match held.state.as_str() {
            "accepted" => td_string!(i18n, access.state_accepted),
            "rejected" => td_string!(i18n, access.state_rejected),
            _ => td_string!(i18n, access.state_waiting),
        };
        let (id, decides, known) = (held.id, held.yours, held.known);
        view! {
            <div>
                <div>
                    <b>{whom}</b><span>{what}" · "{td_string!(i18n, access.changes, count = held.changes)}</span>
                    <span class="soft">{who}</span>
                    {(decides && !known).then(|| view! { <span class="soft">{td_string!(i18n, access.no_document)}</span> })}
                </div>
                {if decides {
                    view! {
                        <div class="acts">
                            <Button disabled=Signal::stored(!known) on_press=move |()| decide(id, true)>{td_string!(i18n, access.accept)}</Button>
                            <Button kind=Kind::Quiet on_press=move |()| decide(id, false)>{td_string!(i18n, access.reject)}</Button>
                        </div>
                    }.into_any()
                } else {
                    view! { <span class="tag">{state}</span> }.into_any()
                }}
            </div>
        }
    };
    view! {
        <header class="bar">
            <a class="go plain round" href="/granted" aria-label=td_string!(i18n, common.back)><Icon name=Glyph::Back/></a>
            <h1 class="grow">{td_string!(i18n, access.quarantine)}</h1>
        </header>
        <p class="soft">{td_string!(i18n, access.quarantine_lead)}</p>
        <Show when=move || !said.get().is_empty()><Notice>{said}</Notice></Show>
        {move || match found.get() {
            None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
            Some(Err(refusal)) => view! { <Notice tone=Tone::Care>{words(i18n, &refusal)}</Notice> }.into_any(),
            Some(Ok(held)) if held.is_empty() => view! { <Empty icon=Glyph::Check title=td_string!(i18n, access.quarantine_empty)/> }.into_any(),
            Some(Ok(held)) => {
                let (yours, own): (Vec<_>, Vec<_>) = held.into_iter().partition(|held| held.yours);
                view! {
                    {(!yours.is_empty()).then(|| view! {
                        <section class="sheet" data-testid="waiting">
                            <div class="pad"><h2>{td_string!(i18n, access.to_decide)}</h2></div>
                            <div class="settings">{yours.into_iter().map(row).collect_view()}</div>
                        </section>
                    })}
                    {(!own.is_empty()).then(|| view! {
                        <section class="sheet" data-testid="own">
                            <div class="pad"><h2>{td_string!(i18n, access.own)}</h2></div>
                            <div class="settings">{own.into_iter().map(row).collect_view()}</div>
                        </section>
                    })}
                }.into_any()
            }
        }}
    }
}
