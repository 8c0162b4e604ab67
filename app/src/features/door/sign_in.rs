//! Name and password, once a device.

use super::{CodeField, Door, Second, Why, enter, look};
use crate::language::{Languages, td_string, use_i18n};
use crate::reactive::{derived, loaded, spawn_local};
use crate::replica::account;
use crate::ui::{Button, ErrorSummary, Kind, Notice, TextField, Tone};
use domain::base::json;
use leptos::prelude::*;
use serde::Deserialize;

/// The mark comes with the app: fetched apart, it would be what a slow line paints last.
const MARK: &str = include_str!("../../../../public/icon.svg");

/// An account of the demo county; any other site carries an empty `demo.json`.
#[derive(Clone, Deserialize)]
struct Demo {
    account: String,
    password: String,
    label: String,
}

async fn demo_accounts() -> Vec<Demo> {
    let Ok(answer) = gloo_net::http::Request::get("/demo.json").send().await else { return Vec::new() };
    let Ok(list) = answer.binary().await else { return Vec::new() };
    json::read(&list).unwrap_or_default()
}

/// The sign-in page.
#[component]
pub fn SignIn(door: RwSignal<Door>, why: Why) -> impl IntoView {
    let i18n = use_i18n();
    let name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let second = Second::new();
    let go = move || {
        if busy.get_untracked() {
            return;
        }
        let (account, secret) = (name.get_untracked().trim().to_owned(), password.get_untracked());
        if account.is_empty() || secret.is_empty() {
            error.set(Some(td_string!(i18n, door.enter_both).to_owned()));
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            match account::sign_in(&account, &secret, &second.typed()).await {
                Ok(met) => enter(door, met).await,
                Err(problem) => error.set(Some(second.words(i18n, problem))),
            }
            busy.set(false);
        });
    };
    let demo = loaded(demo_accounts);
    view! {
        <main class="door">
            <header class="door-head">
                <div class="mark" aria-hidden="true" inner_html=MARK></div>
                <h1>{td_string!(i18n, common.name)}</h1>
                <p class="soft">{td_string!(i18n, common.county)}</p>
            </header>
            {match &why {
                Why::Cleared => Some((td_string!(i18n, door.cleared), td_string!(i18n, door.cleared_why).to_owned())),
                Why::Lease(days) => Some((td_string!(i18n, door.lease), td_string!(i18n, door.lease_why, days = *days))),
                _ => None,
            }.map(|(title, text)| view! { <Notice tone=Tone::Care title>{text}</Notice> })}
            <form class="sheet pad stack" novalidate on:submit=move |event| { event.prevent_default(); go(); }>
                <ErrorSummary title=td_string!(i18n, door.problem) items=derived(move || {
                    error.get().map(|text| vec![("account".to_owned(), text)]).unwrap_or_default()
                })/>
                <TextField id="account" label=td_string!(i18n, door.account) value=name autocomplete="username"/>
                <TextField id="password" label=td_string!(i18n, door.password) value=password kind="password"
                    autocomplete="current-password"/>
                <CodeField second id="second"/>
                <button class="go wide" type="submit" disabled=move || busy.get()>
                    {move || if busy.get() { td_string!(i18n, door.signing_in) } else { td_string!(i18n, door.sign_in) }}
                </button>
            </form>
            {matches!(why, Why::Another | Why::Lease(_)).then(|| view! {
                <Button kind=Kind::Plain on_press=move |()| look(door)>{td_string!(i18n, common.back)}</Button>
            })}
            <Button kind=Kind::Plain on_press=move |()| door.set(Door::Codes)>{td_string!(i18n, door.have_code)}</Button>
            <footer class="door-foot"><Languages/></footer>
            // Last: it comes later than the rest and moves nothing.
            {move || demo.get().filter(|accounts| !accounts.is_empty()).map(|accounts| view! {
                <section class="stack">
                    <h2>{td_string!(i18n, door.demo_title)}</h2>
                    <p class="soft">{td_string!(i18n, door.demo_hint)}</p>
                    <div class="chips demo">
                        {accounts.into_iter().map(|demo| {
                            let Demo { account, password: secret, label } = demo;
                            view! {
                                <button type="button" data-account=account.clone() on:click=move |_| {
                                    name.set(account.clone());
                                    password.set(secret.clone());
                                    go();
                                }>{label}</button>
                            }
                        }).collect_view()}
                    </div>
                </section>
            })}
        </main>
    }
}

/// Asks for the password of whoever has unlocked the device, when their session has ended; nothing is lost meanwhile.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let i18n = use_i18n();
    let replica = crate::replica::use_replica();
    let password = RwSignal::new(String::new());
    let error = RwSignal::new(String::new());
    let second = Second::new();
    let go = move || {
        let (account, secret) = (replica.account().account, password.get_untracked());
        spawn_local(async move {
            match account::sign_in(&account, &secret, &second.typed()).await {
                Ok(_) => replica.wake(),
                Err(problem) => error.set(second.words(i18n, problem)),
            }
        });
    };
    view! {
        <form class="sheet pad stack" novalidate on:submit=move |event| { event.prevent_default(); go(); }>
            <h2>{td_string!(i18n, door.again_title)}</h2>
            <p class="soft">{td_string!(i18n, door.again_why)}</p>
            <TextField id="password-again" label=td_string!(i18n, door.password) value=password error kind="password"
                autocomplete="current-password"/>
            <CodeField second id="second-again"/>
            <button class="go" type="submit">{td_string!(i18n, door.sign_in)}</button>
        </form>
    }
}
