//! A resident's page: who may read their record, who has looked, and giving it to somebody for an hour.

use super::view_model::{Grant, Look, grants, grouped, looks};
use super::{staff_name, words};
use crate::ask::{ask, text};
use crate::features::home::use_chosen;
use crate::language::*;
use crate::reactive::{loaded, spawn_local};
use crate::ui::{Button, Empty, Glyph, Icon, Kind, Notice, Qr, Show, Tag, TextField, Tone};
use crate::words::{date_time, time};
use domain::base::Timestamp;
use leptos::prelude::*;
use serde_json::{Value, json};
use std::time::Duration;

/// How often the page asks again: an hour is short.
const AGAIN: Duration = Duration::from_secs(20);

/// The page.
#[component]
pub fn MinePage() -> impl IntoView {
    let i18n = use_i18n();
    let chosen = use_chosen();
    let asked = RwSignal::new(0);
    let found = loaded(move || {
        asked.track();
        let subject = chosen.subject().unwrap_or_default();
        async move {
            let given = ask("GET", "/api/grants", &Value::Null).await?;
            let looked = ask("POST", "/api/reads", &json!({ "subject": subject })).await.unwrap_or_default();
            let given = grants(&given).given.into_iter().filter(|grant| grant.subject == subject);
            Ok::<_, crate::ask::Refusal>((given.collect::<Vec<_>>(), looks(&looked)))
        }
    });
    again_and_again(asked);
    let said = RwSignal::new(String::new());
    let revoke = move |id: String| {
        spawn_local(async move {
            match ask("DELETE", &format!("/api/grants/{id}"), &Value::Null).await {
                Ok(_) => said.set(td_string!(i18n, access.revoked).to_owned()),
                Err(refusal) => said.set(words(i18n, &refusal)),
            }
            asked.update(|times| *times += 1);
        });
    };
    view! {
        <header class="bar">
            <a class="go plain round" href="/home" aria-label=td_string!(i18n, common.back)><Icon name=Glyph::Back/></a>
            <h1 class="grow">{td_string!(i18n, access.title)}</h1>
        </header>
        <p class="soft">{td_string!(i18n, access.lead)}</p>
        <div class="split even">
            <div class="stack wide">
                <Give asked/>
                <Show when=move || !said.get().is_empty()><Notice>{said}</Notice></Show>
            </div>
            <div class="stack wide">
                {move || match found.get() {
                    None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
                    Some(Err(refusal)) => view! { <Notice tone=Tone::Care>{words(i18n, &refusal)}</Notice> }.into_any(),
                    Some(Ok((given, looked))) => lists(i18n, given, looked, revoke).into_any(),
                }}
            </div>
        </div>
    }
}

/// Lets a page ask again every few moments while it is open.
pub(super) fn again_and_again(asked: RwSignal<i32>) {
    let ask = move || asked.update(|times| *times += 1);
    let timer = set_interval_with_handle(ask, AGAIN);
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
}

fn lists(
    i18n: Language,
    given: Vec<Grant>,
    looked: Vec<Look>,
    revoke: impl Fn(String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (running, over): (Vec<_>, Vec<_>) = given.into_iter().partition(|grant| grant.left.is_some());
    let row = move |grant: Grant| {
        let name = staff_name(&grant.reader);
        let left =
            grant.left.map(|left| td_string!(i18n, access.left, minutes = left, until = time(grant.expires)));
        let when = left.unwrap_or_else(|| td_string!(i18n, access.over, at = date_time(i18n, grant.given)));
        let label = td_string!(i18n, access.revoke_of, name = name.clone());
        let verdict = match grant.verdict.as_str() {
            "" if grant.emergency => td_string!(i18n, access.unjudged),
            "justified" => td_string!(i18n, access.justified),
            "unjustified" => td_string!(i18n, access.unjustified),
            _ => "",
        };
        let id = StoredValue::new(grant.id);
        view! {
            <div>
                <div>
                    <b>{name}</b>
                    {grant.emergency.then(|| view! { <Tag tone=Tone::Care text=td_string!(i18n, access.emergency)/> })}
                    <span class="soft">{grant.purpose}</span><span class="soft">{when}</span><span class="soft">{verdict}</span>
                </div>
                {grant.left.map(|_| view! {
                    <Button kind=Kind::Quiet label on_press=move |()| revoke(id.get_value())>{td_string!(i18n, access.revoke)}</Button>
                })}
            </div>
        }
    };
    let look = move |look: Look| {
        let name = staff_name(&look.account);
        view! {
            <li>
                <div class="who"><b>{name}</b>
                    {look.emergency.then(|| view! { <Tag tone=Tone::Care text=td_string!(i18n, access.emergency)/> })}
                </div>
                <span class="soft">{date_time(i18n, look.at)}</span>
                <div class="why">{look.purpose}</div>
            </li>
        }
    };
    let (nobody, unseen) = (running.is_empty(), looked.is_empty());
    view! {
        <section class="sheet" data-testid="running">
            <div class="pad"><h2>{td_string!(i18n, access.running)}</h2></div>
            {nobody.then(|| view! { <Empty icon=Glyph::Shield title=td_string!(i18n, access.nobody)/> })}
            <div class="settings">{running.into_iter().map(row).collect_view()}</div>
        </section>
        <section class="sheet" data-testid="looked">
            <div class="pad"><h2>{td_string!(i18n, access.looked)}</h2></div>
            {unseen.then(|| view! { <p class="pad soft">{td_string!(i18n, access.unseen)}</p> })}
            <ul class="rows plain">{looked.into_iter().map(look).collect_view()}</ul>
        </section>
        {(!over.is_empty()).then(|| view! {
            <section class="sheet" data-testid="over">
                <div class="pad"><h2>{td_string!(i18n, access.earlier)}</h2></div>
                <div class="settings">{over.into_iter().take(20).map(row).collect_view()}</div>
            </section>
        })}
        <p class="soft">{td_string!(i18n, access.team_always)}</p>
    }
}

/// Gives the record for an hour, to a named account or to whoever is shown the code.
#[component]
fn Give(asked: RwSignal<i32>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = use_chosen();
    let (reader, purpose) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (error, said) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let code = RwSignal::new(None::<Value>);
    let send = move |path: &'static str| {
        error.set(String::new());
        said.set(String::new());
        code.set(None);
        let named = reader.get_untracked();
        if path == "/api/grants" && named.trim().is_empty() {
            return error.set(td_string!(i18n, access.reader_missing).to_owned());
        }
        let subject = chosen.subject().unwrap_or_default();
        let body = json!({ "subject": subject, "reader": named.trim(), "purpose": purpose.get_untracked() });
        spawn_local(async move {
            match ask("POST", path, &body).await {
                Ok(answer) if path == "/api/grants" => {
                    reader.set(String::new());
                    let until =
                        time(Timestamp(answer.get("expires").and_then(Value::as_i64).unwrap_or_default()));
                    said.set(td_string!(i18n, access.given, name = text(&answer, "reader"), until = until));
                }
                Ok(answer) => code.set(Some(answer)),
                Err(refusal) => error.set(words(i18n, &refusal)),
            }
            asked.update(|times| *times += 1);
        });
    };
    view! {
        <form class="sheet pad stack" novalidate data-testid="give" on:submit=move |event| { event.prevent_default(); send("/api/grants"); }>
            <h2>{td_string!(i18n, access.give)}</h2>
            <p class="soft">{td_string!(i18n, access.give_hint)}</p>
            <div><Button icon=Glyph::Scan on_press=move |()| send("/api/grants/code")>{td_string!(i18n, access.by_code)}</Button></div>
            {move || code.get().map(|given| {
                let until = time(Timestamp(given.get("expires").and_then(Value::as_i64).unwrap_or_default()));
                let qr = given.get("qr").map(|qr| (text(qr, "path"), qr.get("size").and_then(Value::as_i64).unwrap_or(1)));
                view! {
                    <div class="stack" role="status">
                        <p>{td_string!(i18n, access.show_code, until = until)}</p>
                        {qr.map(|(path, size)| view! { <Qr path size label=td_string!(i18n, access.qr)/> })}
                        <p class="slip"><b data-testid="code">{grouped(&text(&given, "code"))}</b></p>
                    </div>
                }
            })}
            <hr/>
            <TextField id="reader" label=td_string!(i18n, access.reader) hint=td_string!(i18n, access.reader_hint) value=reader error/>
            <TextField id="purpose" label=td_string!(i18n, access.purpose) value=purpose/>
            <div><Button kind=Kind::Quiet submit=true>{td_string!(i18n, access.give_hour)}</Button></div>
            <Show when=move || !said.get().is_empty()><Notice tone=Tone::Good>{said}</Notice></Show>
        </form>
    }
}
