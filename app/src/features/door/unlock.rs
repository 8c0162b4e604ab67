//! The PIN of somebody this device knows; works without a network.

use super::{Door, UnlockError, unlock};
use crate::language::*;
use crate::reactive::{derived, spawn_local};
use crate::replica::profile::Profile;
use crate::ui::PinPad;
use leptos::prelude::*;

/// The unlock page: the last person first, others can be chosen.
#[component]
pub fn Unlock(door: RwSignal<Door>, profiles: Vec<Profile>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(0_usize);
    let error = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let names: Vec<String> = profiles.iter().map(|profile| profile.account.account.clone()).collect();
    let several = names.len() > 1;
    let shown = StoredValue::new(names);
    let entered = Callback::new(move |pin: String| {
        let Some(name) = shown.with_value(|names| names.get(chosen.get_untracked()).cloned()) else { return };
        error.set(String::new());
        busy.set(true);
        spawn_local(async move {
            if let Err(problem) = unlock(door, &name, &pin).await {
                error.set(match problem {
                    UnlockError::Wrong(count) => td_string!(i18n, door.wrong, count = count),
                    UnlockError::Wait(seconds) => td_string!(i18n, door.wait, seconds = seconds),
                    UnlockError::Device => td_string!(i18n, door.device).to_owned(),
                });
                busy.set(false);
            }
        });
    });
    let label = derived(move || td_string!(i18n, door.unlock).to_owned());
    let typed = move |(typed, of): (usize, usize)| td_string!(i18n, door.typed, typed = typed, of = of);
    view! {
        <main class="door">
            <h1>{move || shown.with_value(|names| names.get(chosen.get()).cloned())}</h1>
            <p class="soft">{label}</p>
            <PinPad label back=td_string!(i18n, door.backspace) words=typed error ready=derived(move || !busy.get()) on_done=entered/>
            <div class="chips">
                {several.then(|| shown.get_value().into_iter().enumerate().map(|(at, name)| view! {
                    <button type="button" aria-pressed=move || (chosen.get() == at).to_string()
                        on:click=move |_| chosen.set(at)>{name}</button>
                }).collect_view())}
                <button type="button" on:click=move |_| door.set(Door::SignIn)>
                    {td_string!(i18n, door.other_person)}
                </button>
            </div>
        </main>
    }
}
