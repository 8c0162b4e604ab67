//! Who is it, and their PIN; works without a network.

use super::{Door, UnlockError, Why, seconds_to_wait, unlock};
use crate::features::settings::role_words;
use crate::language::*;
use crate::reactive::{derived, spawn_local};
use crate::replica::profile::Profile;
use crate::ui::{Button, Glyph, Kind, PinPad};
use domain::people::Role;
use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;
use std::time::Duration;

/// The unlock page: who has been here, when it was several, and the PIN of whoever it is.
#[component]
pub fn Unlock(door: RwSignal<Door>, profiles: Vec<Profile>) -> impl IntoView {
    let i18n = use_i18n();
    let several = profiles.len() > 1;
    let chosen = RwSignal::new((!several).then_some(0_usize));
    let people = StoredValue::new(profiles);
    move || {
        match chosen.get().and_then(|at| people.with_value(|people| people.get(at).cloned())) {
        Some(profile) => view! { <Pin door profile back=several.then_some(chosen)/> }.into_any(),
        None => view! {
            <main class="door">
                <h1>{td_string!(i18n, door.who)}</h1>
                <div class="stack" data-testid="people">
                    {people.get_value().into_iter().enumerate().map(|(at, profile)| {
                        let role = role_words(i18n, &Role::from(profile.account.role.as_str()));
                        view! {
                            <Button kind=Kind::Line wide=true icon=Glyph::Me on_press=move |()| chosen.set(Some(at))>
                                <b>{profile.account.account}</b>" "<span class="soft">{role}</span>
                            </Button>
                        }
                    }).collect_view()}
                </div>
                <Button kind=Kind::Plain icon=Glyph::Plus on_press=move |()| door.set(Door::SignIn(Why::Another))>
                    {td_string!(i18n, door.add_person)}
                </Button>
                <p class="soft">{td_string!(i18n, door.who_why)}</p>
            </main>
        }
        .into_any(),
    }
    }
}

/// The PIN of one person.
#[component]
fn Pin(
    door: RwSignal<Door>,
    profile: Profile,
    /// The choice to take back; nothing when there is only this person.
    back: Option<RwSignal<Option<usize>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let error = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let wait = RwSignal::new(0_i64);
    let name = profile.account.account.clone();
    let account = StoredValue::new(name.clone());
    let look = move || {
        spawn_local(async move {
            let seconds = seconds_to_wait(&account.get_value()).await;
            wait.try_set(seconds);
        });
    };
    look();
    let timer = set_interval_with_handle(
        move || {
            if wait.get_untracked() > 0 {
                look();
            }
        },
        Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    let entered = Callback::new(move |pin: String| {
        error.set(String::new());
        busy.set(true);
        spawn_local(async move {
            if let Err(problem) = unlock(door, &account.get_value(), &pin).await {
                error.set(match problem {
                    UnlockError::Wrong(count) => td_string!(i18n, door.wrong, count = count),
                    UnlockError::Wait(seconds) => {
                        wait.set(seconds);
                        String::new()
                    }
                    UnlockError::Lease(days) => td_string!(i18n, door.lease_offline, days = days),
                    UnlockError::Device => td_string!(i18n, door.device).to_owned(),
                });
                busy.set(false);
            }
        });
    });
    let said = derived(move || match wait.get() {
        0 => error.get(),
        seconds if seconds < 60 => td_string!(i18n, door.wait, seconds = seconds),
        seconds => td_string!(i18n, door.wait_minutes, minutes = seconds / 60, seconds = seconds % 60),
    });
    let typed = move |(typed, of): (usize, usize)| td_string!(i18n, door.typed, typed = typed, of = of);
    let other = move |()| match back {
        Some(chosen) => chosen.set(None),
        None => door.set(Door::SignIn(Why::Another)),
    };
    let forgotten = move |()| door.set(Door::SignIn(Why::Forgotten(Box::new(profile.clone()))));
    view! {
        <main class="door">
            <h1>{name}</h1>
            <p class="soft">{td_string!(i18n, door.unlock)}</p>
            <PinPad label=td_string!(i18n, door.unlock) back=td_string!(i18n, door.backspace) words=typed error=said
                ready=derived(move || !busy.get() && wait.get() == 0) on_done=entered/>
            <div class="chips">
                <Button kind=Kind::Plain icon=Glyph::People on_press=other>{td_string!(i18n, door.other_person)}</Button>
                <Button kind=Kind::Plain on_press=forgotten>{td_string!(i18n, door.forgot)}</Button>
            </div>
        </main>
    }
}
