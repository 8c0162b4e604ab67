//! For those who work here: a resident's code, what may be read for a while, and emergencies.

use super::judge::Judged;
use super::mine::again_and_again;
use super::view_model::{Grant, grants};
use super::{resident_name, words};
use crate::ask::ask;
use crate::clock;
use crate::language::*;
use crate::reactive::{loaded, spawn_local};
use crate::replica::use_replica;
use crate::ui::{Button, ButtonLink, Empty, Glyph, Icon, Kind, Notice, Show, Tag, TextField, Tone};
use crate::words::time;
use domain::base::IdNumber;
use leptos::prelude::*;
use serde_json::{Value, json};

/// The page.
#[component]
pub fn HeldPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let asked = RwSignal::new(0);
    let found = loaded(move || {
        asked.track();
        replica.track_lists();
        async { ask("GET", "/api/grants", &Value::Null).await.map(|answer| grants(&answer)) }
    });
    again_and_again(asked);
    let role = replica.account().role;
    let treats = crate::shell::Role::of(&role) == crate::shell::Role::Team;
    view! {
        <header class="bar">
            <a class="go plain round" href="/settings" aria-label=td_string!(i18n, common.back)><Icon name=Glyph::Back/></a>
            <h1 class="grow">{td_string!(i18n, access.held_title)}</h1>
        </header>
        <div class="split even">
            <div class="stack wide">
                <Redeem asked/>
                {treats.then(|| view! { <Urgent asked/> })}
            </div>
            <div class="stack wide">
                {move || match found.get() {
                    None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
                    Some(Err(refusal)) => view! { <Notice tone=Tone::Care>{words(i18n, &refusal)}</Notice> }.into_any(),
                    Some(Ok(grants)) => {
                        let running = grants.held.into_iter().filter(|grant| grant.left.is_some()).collect();
                        view! { <Held running asked/><Judged judged=grants.judged asked/> }.into_any()
                    }
                }}
                <ButtonLink kind=Kind::Quiet icon=Glyph::List href="/quarantine">{td_string!(i18n, access.quarantine_go)}</ButtonLink>
            </div>
        </div>
    }
}

#[component]
fn Held(running: Vec<Grant>, asked: RwSignal<i32>) -> impl IntoView {
    let i18n = use_i18n();
    let end = move |id: String| {
        spawn_local(async move {
            let _ = ask("DELETE", &format!("/api/grants/{id}"), &Value::Null).await;
            asked.update(|times| *times += 1);
        });
    };
    let row = move |grant: Grant| {
        let name = resident_name(i18n, &grant.subject);
        let left =
            grant.left.map(|left| td_string!(i18n, access.left, minutes = left, until = time(grant.expires)));
        let label = td_string!(i18n, access.end_of, name = name.clone());
        let id = StoredValue::new(grant.id);
        view! {
            <div>
                <div>
                    <a href=format!("/residents/{}", grant.subject)><b>{name}</b></a>
                    {grant.emergency.then(|| view! { <Tag tone=Tone::Care text=td_string!(i18n, access.emergency)/> })}
                    <span class="soft">{grant.purpose}</span><span class="soft">{left}</span>
                </div>
                <Button kind=Kind::Quiet label on_press=move |()| end(id.get_value())>{td_string!(i18n, access.end)}</Button>
            </div>
        }
    };
    let nobody = running.is_empty();
    view! {
        <section class="sheet" data-testid="held">
            <div class="pad"><h2>{td_string!(i18n, access.held)}</h2></div>
            {nobody.then(|| view! { <Empty icon=Glyph::Shield title=td_string!(i18n, access.held_nobody)/> })}
            <div class="settings">{running.into_iter().map(row).collect_view()}</div>
        </section>
    }
}

#[component]
fn Redeem(asked: RwSignal<i32>) -> impl IntoView {
    let i18n = use_i18n();
    let code = RwSignal::new(String::new());
    let (error, said) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let send = move || {
        error.set(String::new());
        said.set(String::new());
        let body = json!({ "code": code.get_untracked() });
        spawn_local(async move {
            match ask("POST", "/api/grants/redeem", &body).await {
                Ok(_) => {
                    code.set(String::new());
                    said.set(td_string!(i18n, access.redeemed).to_owned());
                }
                Err(refusal) => error.set(words(i18n, &refusal)),
            }
            asked.update(|times| *times += 1);
        });
    };
    view! {
        <form class="sheet pad stack" novalidate data-testid="redeem" on:submit=move |event| { event.prevent_default(); send(); }>
            <h2>{td_string!(i18n, access.redeem)}</h2>
            <TextField id="code" label=td_string!(i18n, access.code) hint=td_string!(i18n, access.code_hint) value=code error
                inputmode="numeric" autocomplete="one-time-code"/>
            <div><Button submit=true>{td_string!(i18n, access.redeem_do)}</Button></div>
            <Show when=move || !said.get().is_empty()><Notice tone=Tone::Good>{said}</Notice></Show>
        </form>
    }
}

/// Reading at once in an emergency: loud, with a reason.
#[component]
fn Urgent(asked: RwSignal<i32>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let (number, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (number_error, error) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let said = RwSignal::new(String::new());
    let send = move || {
        error.set(String::new());
        number_error.set(String::new());
        said.set(String::new());
        let Ok(typed) = IdNumber::parse(&number.get_untracked(), clock::today()) else {
            return number_error.set(td_string!(i18n, access.number_wrong).to_owned());
        };
        if reason.with_untracked(|reason| reason.trim().is_empty()) {
            return error.set(td_string!(i18n, access.reason_missing).to_owned());
        }
        let Some(key) = replica.core().rules().county_key else {
            return error.set(td_string!(i18n, access.no_key).to_owned());
        };
        let subject = documents::subject(&key, typed.as_str()).to_string();
        let body = json!({ "subject": subject, "reason": reason.get_untracked() });
        spawn_local(async move {
            match ask("POST", "/api/emergency", &body).await {
                Ok(_) => {
                    number.set(String::new());
                    reason.set(String::new());
                    said.set(td_string!(i18n, access.urgent_done).to_owned());
                }
                Err(refusal) => error.set(words(i18n, &refusal)),
            }
            asked.update(|times| *times += 1);
        });
    };
    view! {
        <form class="sheet pad stack" novalidate data-testid="urgent" on:submit=move |event| { event.prevent_default(); send(); }>
            <h2>{td_string!(i18n, access.urgent)}</h2>
            <Notice tone=Tone::Care>{td_string!(i18n, access.urgent_loud)}</Notice>
            <TextField id="number" label=td_string!(i18n, access.number) value=number error=number_error/>
            <TextField id="reason" label=td_string!(i18n, access.reason) value=reason error/>
            <div><Button kind=Kind::Risk submit=true>{td_string!(i18n, access.urgent_do)}</Button></div>
            <Show when=move || !said.get().is_empty()><Notice tone=Tone::Good>{said}</Notice></Show>
        </form>
    }
}
