//! Coming in with a one-time code: a resident's from the doctor, or one for a new password from the administrator.

use super::{CodeField, Door, Second, enter, look};
use crate::ask::ask;
use crate::language::{Languages, td_string, use_i18n};
use crate::reactive::{derived, spawn_local};
use crate::replica::account;
use crate::ui::{Button, ErrorSummary, Kind, Notice, Segments, TextField};
use leptos::prelude::*;
use serde_json::json;
use std::cell::RefCell;

thread_local! {
    /// The code of the address that the app was opened with: pages that come later have addresses of their own.
    static OPENED_WITH: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Returns the code that the address carried after `#code=` when the app was opened: that of a QR code.
#[must_use]
pub fn code_in_address() -> Option<String> {
    let hash = window().location().hash().unwrap_or_default();
    if let Some(code) = hash.strip_prefix("#code=") {
        OPENED_WITH.set(Some(code.to_owned()));
    }
    OPENED_WITH.with_borrow(Clone::clone)
}

/// Forgets the code once it was used.
pub fn clear_address() {
    OPENED_WITH.set(None);
    let location = window().location();
    if location.hash().is_ok_and(|hash| !hash.is_empty()) {
        let _ = location.set_hash("");
    }
}

/// The page: which code, the code, a name and a password of one's own.
#[component]
pub fn Codes(door: RwSignal<Door>) -> impl IntoView {
    const RESIDENT: &str = "resident";
    let i18n = use_i18n();
    let which = RwSignal::new(RESIDENT.to_owned());
    let code = RwSignal::new(code_in_address().unwrap_or_default());
    let name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let second = Second::new();
    let busy = RwSignal::new(false);
    let reset_done = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let go = move || {
        if busy.get_untracked() {
            return;
        }
        let resident = which.with_untracked(|which| which == RESIDENT);
        let typed = (code.get_untracked(), name.get_untracked().trim().to_owned(), password.get_untracked());
        let (code, account, secret) = typed;
        if code.is_empty() || account.is_empty() || secret.is_empty() {
            error.set(Some(td_string!(i18n, door.enter_all).to_owned()));
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let path = if resident { "/api/enrol" } else { "/api/password/reset" };
            let body = json!({ "code": code, "account": account, "password": secret });
            let done =
                if reset_done.get_untracked() { Ok(()) } else { ask("POST", path, &body).await.map(drop) };
            match done {
                Ok(()) => {
                    clear_address();
                    reset_done.set(!resident);
                    let met = if resident {
                        account::who().await
                    } else {
                        account::sign_in(&account, &secret, &second.typed()).await
                    };
                    match met {
                        Ok(met) => enter(door, met).await,
                        Err(problem) => error.set(Some(second.words(i18n, problem))),
                    }
                }
                Err(refusal) => error.set(Some(refusal.words(i18n, |word| match word {
                    "code" => Some(td_string!(i18n, door.code_unknown)),
                    "exists" => Some(td_string!(i18n, door.name_taken)),
                    "weak" => Some(td_string!(i18n, door.weak)),
                    _ => None,
                }))),
            }
            busy.set(false);
        });
    };
    let options = vec![
        (RESIDENT.to_owned(), td_string!(i18n, door.codes_resident).to_owned()),
        ("password".to_owned(), td_string!(i18n, door.codes_password).to_owned()),
    ];
    let hint = derived(move || {
        if which.with(|which| which == RESIDENT) {
            td_string!(i18n, door.codes_resident_hint)
        } else {
            td_string!(i18n, door.codes_password_hint)
        }
        .to_owned()
    });
    view! {
        <main class="door">
            <h1>{td_string!(i18n, door.codes)}</h1>
            <form class="sheet pad stack" novalidate on:submit=move |event| { event.prevent_default(); go(); }>
                <ErrorSummary title=td_string!(i18n, door.problem) items=derived(move || {
                    error.get().map(|text| vec![("one-time".to_owned(), text)]).unwrap_or_default()
                })/>
                <Segments label=td_string!(i18n, door.codes) options chosen=derived(move || which.get())
                    on_choose=move |chosen: String| which.set(chosen)/>
                <Notice>{hint}</Notice>
                <TextField id="one-time" label=td_string!(i18n, door.one_time) value=code inputmode="numeric"
                    autocomplete="one-time-code"/>
                <TextField id="account" label=td_string!(i18n, door.account) hint=derived(move || {
                    let resident = which.with(|which| which == RESIDENT);
                    if resident { td_string!(i18n, door.name_hint).to_owned() } else { String::new() }
                }) value=name autocomplete="username"/>
                <TextField id="password" label=td_string!(i18n, door.new_password) hint=td_string!(i18n, door.weak_hint)
                    value=password kind="password" autocomplete="new-password"/>
                <CodeField second id="second"/>
                <button class="go wide" type="submit" disabled=move || busy.get()>
                    {move || if busy.get() { td_string!(i18n, door.signing_in) } else { td_string!(i18n, door.go_on) }}
                </button>
            </form>
            <Button kind=Kind::Plain on_press=move |()| { clear_address(); look(door); }>{td_string!(i18n, common.back)}</Button>
            <footer class="door-foot"><Languages/></footer>
        </main>
    }
}
