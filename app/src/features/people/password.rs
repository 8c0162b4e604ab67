//! Changing the password.

use crate::ask::ask;
use crate::language::*;
use crate::reactive::spawn_local;
use crate::ui::{Button, Kind, Notice, Show, TextField, Tone};
use leptos::prelude::*;
use serde_json::json;

/// The old password and the new one.
#[component]
pub(super) fn PasswordCard() -> impl IntoView {
    let i18n = use_i18n();
    let (old, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (error, done) = (RwSignal::new(String::new()), RwSignal::new(false));
    let change = move || {
        done.set(false);
        error.set(String::new());
        let body = json!({ "old": old.get_untracked(), "new": new.get_untracked() });
        spawn_local(async move {
            match ask("POST", "/api/password", &body).await {
                Ok(_) => {
                    old.set(String::new());
                    new.set(String::new());
                    done.set(true);
                }
                Err(refusal) => error.set(refusal.words(i18n, |word| match word {
                    "password" => Some(td_string!(i18n, people.password_wrong)),
                    "weak" => Some(td_string!(i18n, people.password_weak)),
                    _ => None,
                })),
            }
        });
    };
    view! {
        <form class="sheet pad stack" novalidate data-testid="password" on:submit=move |event| { event.prevent_default(); change(); }>
            <h2>{td_string!(i18n, people.password)}</h2>
            <TextField id="password-old" label=td_string!(i18n, people.password_old) value=old error kind="password"
                autocomplete="current-password"/>
            <TextField id="password-new" label=td_string!(i18n, people.password_new) hint=td_string!(i18n, people.password_hint)
                value=new kind="password" autocomplete="new-password"/>
            <div><Button kind=Kind::Quiet submit=true>{td_string!(i18n, people.password_change)}</Button></div>
            <Show when=move || done.get()><Notice tone=Tone::Good>{td_string!(i18n, people.password_done)}</Notice></Show>
        </form>
    }
}
