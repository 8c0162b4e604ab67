//! The way back for who forgot their PIN: name and password, then another PIN. What was not sent stays.

use super::{CodeField, Door, RenewError, Second, look, renew};
use crate::language::*;
use crate::reactive::spawn_local;
use crate::replica::{
    account::{self, SignInError},
    profile::{self, Profile},
    store,
};
use crate::ui::{Button, Kind, Notice, Show, TextField, Tone};
use leptos::prelude::*;

/// What can be done where no key opens what is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beginning {
    /// Not asked for.
    Not,
    /// Nothing would be lost.
    Possible,
    /// So much is nowhere else.
    Blocked(usize),
}

/// Asks for the password of somebody who forgot their PIN.
#[component]
pub fn Forgotten(door: RwSignal<Door>, profile: Profile) -> impl IntoView {
    let i18n = use_i18n();
    let password = RwSignal::new(String::new());
    let error = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let second = Second::new();
    let beginning = RwSignal::new(Beginning::Not);
    let profile = StoredValue::new(profile);
    let go = move || {
        if busy.get_untracked() || password.with_untracked(String::is_empty) {
            return;
        }
        busy.set(true);
        error.set(String::new());
        spawn_local(async move {
            let (profile, secret) = (profile.get_value(), password.get_untracked());
            let said = match account::sign_in(&profile.account.account, &secret, &second.typed()).await {
                Ok(met) => match renew(door, profile.clone(), met).await {
                    Ok(()) => return,
                    Err(RenewError::NoKey) => {
                        beginning.set(possible(&profile).await);
                        String::new()
                    }
                    Err(RenewError::Stranger) => td_string!(i18n, door.refused).to_owned(),
                    Err(RenewError::Server) => td_string!(i18n, door.server).to_owned(),
                },
                Err(SignInError::Offline) => td_string!(i18n, door.forgot_offline).to_owned(),
                Err(problem) => second.words(i18n, problem),
            };
            error.set(said);
            busy.set(false);
        });
    };
    let begin = move |()| {
        spawn_local(async move {
            // Looked at once more: another tab may have written since.
            let profile = profile.get_value();
            match possible(&profile).await {
                Beginning::Possible if profile::remove(&profile).await.is_ok() => look(door),
                now => beginning.set(now),
            }
        });
    };
    let name = profile.with_value(|profile| profile.account.account.clone());
    view! {
        <main class="door">
            <h1>{td_string!(i18n, door.forgot_title)}</h1>
            <p class="soft">{td_string!(i18n, door.forgot_why)}</p>
            <form class="sheet pad stack" novalidate on:submit=move |event| { event.prevent_default(); go(); }>
                <p><b>{name}</b></p>
                <TextField id="password-forgotten" label=td_string!(i18n, door.password) value=password error kind="password"
                    autocomplete="current-password"/>
                <CodeField second id="second-forgotten"/>
                <Button submit=true wide=true disabled=busy>
                    {move || if busy.get() { td_string!(i18n, door.signing_in) } else { td_string!(i18n, door.forgot_go) }}
                </Button>
            </form>
            <Show when=move || matches!(beginning.get(), Beginning::Blocked(_))>
                <Notice tone=Tone::Care title=td_string!(i18n, door.no_key)>{move || match beginning.get() {
                    Beginning::Blocked(count) => td_string!(i18n, door.no_key_blocked, count = count),
                    _ => String::new(),
                }}</Notice>
            </Show>
            <Show when=move || beginning.get() == Beginning::Possible>
                <Notice tone=Tone::Care title=td_string!(i18n, door.no_key)>
                    <p>{td_string!(i18n, door.no_key_begin)}</p>
                    <div class="acts"><Button kind=Kind::Risk on_press=begin>{td_string!(i18n, door.begin_anew)}</Button></div>
                </Notice>
            </Show>
            <Button kind=Kind::Plain on_press=move |()| look(door)>{td_string!(i18n, common.back)}</Button>
        </main>
    }
}

/// Returns whether somebody could begin anew here: never while something is nowhere else.
async fn possible(profile: &Profile) -> Beginning {
    match store::unsent(&profile.database()).await {
        // An app that kept no way back kept no copies that could be counted either.
        Ok(0) if profile.lock.recovery.is_some() => Beginning::Possible,
        Ok(count) => Beginning::Blocked(count),
        Err(_) => Beginning::Blocked(0),
    }
}
