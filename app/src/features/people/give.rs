//! For a resident's doctor: a code for a telephone, who acts for the resident, another team.

use super::relation::{Bond, RELATIONS, relation_words};
use crate::ask::{ask, list, text};
use crate::features::residents::ResidentBar;
use crate::language::*;
use crate::reactive::{derived, loaded, memo, spawn_local};
use crate::replica::{files::ResidentFile, use_replica};
use crate::ui::{Button, Choice, Choices, Dialog, Empty, Glyph, Kind, Notice, Qr, SelectField, Show, Tone};
use crate::words;
use domain::base::Timestamp;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde_json::{Value, json};
use std::rc::Rc;

/// The page of the resident in the address.
#[component]
pub fn GivePage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let params = use_params_map();
    let subject = memo(move || params.read().get("subject").unwrap_or_default());
    let file = loaded(move || {
        let subject = subject.get();
        async move { replica.resident(&subject).await.ok().flatten() }
    });
    view! {
        {move || match file.get() {
            None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
            Some(None) => view! {
                <Empty icon=Glyph::People title=td_string!(i18n, residents.missing)><p>{td_string!(i18n, residents.missing_hint)}</p></Empty>
            }.into_any(),
            Some(Some(file)) => inside(i18n, file).into_any(),
        }}
    }
}

fn inside(i18n: Language, file: Rc<ResidentFile>) -> impl IntoView {
    let subject = file.person.subject.to_string();
    let back = format!("/residents/{subject}");
    view! {
        <ResidentBar file back/>
        <h1>{td_string!(i18n, people.phone)}</h1>
        <div class="split even">
            <div class="stack wide"><Give subject=subject.clone()/></div>
            <div class="stack wide"><Acting subject=subject.clone()/><Transfer subject/></div>
        </div>
    }
}

/// A code, shown with what it is good for.
#[component]
fn Give(subject: String) -> impl IntoView {
    let i18n = use_i18n();
    let relation = RwSignal::new("self".to_owned());
    let given = RwSignal::new(None::<Value>);
    let error = RwSignal::new(String::new());
    let options: Vec<Choice> = RELATIONS
        .iter()
        .map(|&value| Choice {
            value: value.to_owned(),
            label: relation_words(i18n, value).to_owned(),
            ..Choice::default()
        })
        .collect();
    let subject = StoredValue::new(subject);
    let give = move |()| {
        error.set(String::new());
        let body = json!({ "subject": subject.get_value(), "relation": relation.get_untracked() });
        spawn_local(async move {
            match ask("POST", "/api/code", &body).await {
                Ok(answer) => given.set(Some(answer)),
                Err(refusal) => error.set(refusal.words(i18n, |word| {
                    (word == "forbidden").then(|| td_string!(i18n, people.not_yet_there))
                })),
            }
        });
    };
    view! {
        <section class="sheet pad stack" data-testid="give">
            {move || match given.get() {
                Some(given) => {
                    let code = text(&given, "code");
                    let (first, second) = code.split_at_checked(5).unwrap_or((&code, ""));
                    let qr = given.get("qr").map(|qr| (text(qr, "path"), qr.get("size").and_then(Value::as_i64).unwrap_or(1)));
                    let until = given.get("expires").and_then(Value::as_i64).unwrap_or_default();
                    view! {
                        <h2>{td_string!(i18n, people.given)}</h2>
                        {qr.map(|(path, size)| view! { <Qr path size label=td_string!(i18n, people.given_qr)/> })}
                        <p class="slip num"><b data-testid="code">{format!("{first} {second}")}</b></p>
                        <p>{td_string!(i18n, people.given_hint)}</p>
                        <p class="soft">{td_string!(i18n, people.given_until, time = words::time(Timestamp(until)))}</p>
                        <div class="acts">
                            <Button kind=Kind::Quiet on_press=move |()| drop(window().print())>{td_string!(i18n, people.print)}</Button>
                            <Button kind=Kind::Quiet on_press=give>{td_string!(i18n, people.give_again)}</Button>
                        </div>
                    }.into_any()
                }
                None => view! {
                    <h2>{td_string!(i18n, people.give)}</h2>
                    <p class="soft">{td_string!(i18n, people.give_hint)}</p>
                    <Choices name="relation" legend=td_string!(i18n, people.give_who) options=options.clone() value=relation/>
                    <p class="soft">{td_string!(i18n, people.give_consent)}</p>
                    <div><Button on_press=give>{td_string!(i18n, people.give_do)}</Button></div>
                }.into_any(),
            }}
            <Show when=move || !error.get().is_empty()><Notice tone=Tone::Care>{error}</Notice></Show>
        </section>
    }
}

/// Who acts for the resident, and ending it.
#[component]
fn Acting(subject: String) -> impl IntoView {
    let i18n = use_i18n();
    let asked = RwSignal::new(0);
    let subject = StoredValue::new(subject);
    let found = loaded(move || {
        asked.track();
        let body = json!({ "subject": subject.get_value() });
        async move { list::<Bond>("POST", "/api/residents/acting", &body).await }
    });
    let error = RwSignal::new(String::new());
    let part = move |account: String| {
        let body = json!({ "subject": subject.get_value(), "account": account });
        spawn_local(async move {
            match ask("POST", "/api/residents/part", &body).await {
                Ok(_) => asked.update(|times| *times += 1),
                Err(refusal) => error.set(refusal.words(i18n, |_| None)),
            }
        });
    };
    let row = move |bond: Bond| {
        let relation = relation_words(i18n, &bond.relation);
        let since = (bond.since > 0).then(|| {
            let date = words::date(i18n, Timestamp(bond.since).date());
            td_string!(i18n, people.since, date = date, by = bond.given_by.clone())
        });
        let label = td_string!(i18n, people.end_of, name = bond.account.clone());
        let account = StoredValue::new(bond.account.clone());
        view! {
            <div>
                <div><b>{bond.account}</b><span class="soft">{relation}</span><span class="soft">{since}</span></div>
                <Button kind=Kind::Quiet label on_press=move |()| part(account.get_value())>{td_string!(i18n, people.end)}</Button>
            </div>
        }
    };
    view! {
        <section class="sheet" data-testid="acting">
            <div class="pad stack"><h2>{td_string!(i18n, people.acting_here)}</h2></div>
            {move || match found.get() {
                None => view! { <p class="soft pad">{td_string!(i18n, common.loading)}</p> }.into_any(),
                Some(Err(refusal)) => view! {
                    <div class="pad stack">
                        <Notice>{refusal.words(i18n, |word| (word == "forbidden").then(|| td_string!(i18n, people.not_yet_there)))}</Notice>
                        <div><Button kind=Kind::Quiet on_press=move |()| asked.update(|times| *times += 1)>{td_string!(i18n, common.again)}</Button></div>
                    </div>
                }.into_any(),
                Some(Ok(bonds)) if bonds.is_empty() => view! { <p class="soft pad">{td_string!(i18n, people.acting_none)}</p> }.into_any(),
                Some(Ok(bonds)) => view! { <div class="settings">{bonds.into_iter().map(row).collect_view()}</div> }.into_any(),
            }}
            <Show when=move || !error.get().is_empty()><div class="pad"><Notice tone=Tone::Care>{error}</Notice></div></Show>
        </section>
    }
}

/// Gives the resident to another team, after a question.
#[component]
fn Transfer(subject: String) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let open = RwSignal::new(false);
    let (team, said) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let subject = StoredValue::new(subject);
    let options = derived(move || {
        replica.track_lists();
        let own = replica.account().team;
        let catalog = replica.core().catalog();
        let teams = catalog.teams.values().filter(|team| team.id.as_str() != own);
        let named = teams.map(|team| (team.id.to_string(), team.name.clone()));
        std::iter::once((String::new(), td_string!(i18n, people.choose).to_owned()))
            .chain(named)
            .collect::<Vec<_>>()
    });
    let go = move |()| {
        let chosen = team.get_untracked();
        if chosen.is_empty() {
            said.set(td_string!(i18n, people.choose).to_owned());
            return;
        }
        let body = json!({ "subject": subject.get_value(), "team": chosen });
        spawn_local(async move {
            match ask("POST", "/api/transfer", &body).await {
                Ok(_) => {
                    said.set(td_string!(i18n, people.transferred).to_owned());
                    open.set(false);
                }
                Err(refusal) => {
                    open.set(false);
                    said.set(refusal.words(i18n, |word| {
                        (word == "missing").then(|| td_string!(i18n, people.nobody_serves))
                    }));
                }
            }
        });
    };
    view! {
        <section class="sheet pad stack" data-testid="transfer">
            <h2>{td_string!(i18n, people.transfer)}</h2>
            <p class="soft">{td_string!(i18n, people.transfer_hint)}</p>
            <div><Button kind=Kind::Quiet on_press=move |()| open.set(true)>{td_string!(i18n, people.transfer_ask)}</Button></div>
            <Show when=move || !said.get().is_empty()><Notice>{said}</Notice></Show>
            <Dialog open title=td_string!(i18n, people.transfer) id="transfer-title">
                <SelectField id="transfer-team" label=td_string!(i18n, people.transfer_to) options value=team/>
                <p>{td_string!(i18n, people.transfer_sure)}</p>
                <div class="acts">
                    <Button kind=Kind::Plain on_press=move |()| open.set(false)>{td_string!(i18n, common.cancel)}</Button>
                    <Button kind=Kind::Risk on_press=go>{td_string!(i18n, people.transfer_do)}</Button>
                </div>
            </Dialog>
        </section>
    }
}
