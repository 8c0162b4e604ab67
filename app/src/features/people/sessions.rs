//! Where the account is signed in, and signing out there.

use crate::ask::{ask, list};
use crate::language::*;
use crate::reactive::{loaded, spawn_local};
use crate::ui::{Button, Kind, Notice, Show, Tone};
use crate::words;
use domain::base::Timestamp;
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::Value;

#[derive(Clone, PartialEq, Deserialize)]
struct Session {
    id: String,
    device: String,
    seen: i64,
    current: bool,
}

/// The devices, this one first.
#[component]
pub(super) fn SessionsCard() -> impl IntoView {
    let i18n = use_i18n();
    let asked = RwSignal::new(0);
    let error = RwSignal::new(String::new());
    let found = loaded(move || {
        asked.track();
        async { list::<Session>("GET", "/api/sessions", &Value::Null).await }
    });
    let end = move |path: String| {
        spawn_local(async move {
            match ask("DELETE", &path, &Value::Null).await {
                Ok(_) => error.set(String::new()),
                Err(refusal) => error.set(refusal.words(i18n, |_| None)),
            }
            asked.update(|times| *times += 1);
        });
    };
    let row = move |session: Session| {
        let Session { id, device, seen, current } = session;
        let device = if device.is_empty() { td_string!(i18n, people.device).to_owned() } else { device };
        let seen = td_string!(i18n, people.seen, at = words::date_time(i18n, Timestamp(seen)));
        let label = td_string!(i18n, people.sign_out_of, device = device.clone());
        view! {
            <div>
                <div><b>{device}</b><span class="soft">{if current { td_string!(i18n, people.this_device).to_owned() } else { seen }}</span></div>
                {(!current).then(|| view! {
                    <Button kind=Kind::Quiet label on_press=move |()| end(format!("/api/sessions/{id}"))>{td_string!(i18n, people.sign_out)}</Button>
                })}
            </div>
        }
    };
    view! {
        <section class="sheet" data-testid="sessions">
            <div class="pad stack"><h2>{td_string!(i18n, people.sessions)}</h2><p class="soft">{td_string!(i18n, people.sessions_hint)}</p></div>
            {move || match found.get() {
                None => view! { <p class="soft pad">{td_string!(i18n, common.loading)}</p> }.into_any(),
                Some(Err(refusal)) => view! {
                    <div class="pad stack">
                        <Notice>{refusal.words(i18n, |_| None)}</Notice>
                        <div><Button kind=Kind::Quiet on_press=move |()| asked.update(|times| *times += 1)>{td_string!(i18n, common.again)}</Button></div>
                    </div>
                }.into_any(),
                Some(Ok(mut sessions)) => {
                    sessions.sort_by_key(|session| !session.current);
                    let several = sessions.len() > 1;
                    view! {
                        <div class="settings">
                            {sessions.into_iter().map(row).collect_view()}
                            {several.then(|| view! {
                                <div>
                                    <div><b>{td_string!(i18n, people.sign_out_others)}</b><span class="soft">{td_string!(i18n, people.sign_out_others_hint)}</span></div>
                                    <Button kind=Kind::Quiet on_press=move |()| end("/api/sessions".to_owned())>{td_string!(i18n, people.sign_out_all)}</Button>
                                </div>
                            })}
                        </div>
                    }.into_any()
                }
            }}
            <Show when=move || !error.get().is_empty()><div class="pad"><Notice tone=Tone::Care>{error}</Notice></div></Show>
        </section>
    }
}
