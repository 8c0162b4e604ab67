//! Text size and lock.

use super::view_model::{IDLE, USUAL_IDLE};
use crate::appearance::{self, Appearance, TextSize};
use crate::i18n::*;
use crate::reactive::derived;
use crate::shell::Frame;
use crate::ui::{Button, Glyph, Kind, Segments};
use leptos::prelude::*;

const STANDARD: &str = "standard";
const ELDER: &str = "elder";

/// Standard or elder, shown at once.
#[component]
pub(super) fn Size(chosen: RwSignal<Appearance>) -> impl IntoView {
    let i18n = use_i18n();
    let options = vec![
        (STANDARD.to_owned(), tu_string!(i18n, settings.standard).to_owned()),
        (ELDER.to_owned(), tu_string!(i18n, settings.elder).to_owned()),
    ];
    let value = derived(move || match chosen.get().shown() {
        TextSize::Standard => STANDARD.to_owned(),
        TextSize::Elder => ELDER.to_owned(),
    });
    let choose = move |value: String| {
        let size = Some(if value == ELDER { TextSize::Elder } else { TextSize::Standard });
        change(chosen, Appearance { size, ..chosen.get_untracked() });
    };
    view! {
        <div>
            <div><b>{tu_string!(i18n, settings.size)}</b><span class="soft">{tu_string!(i18n, settings.size_hint)}</span></div>
            <Segments label=tu_string!(i18n, settings.size) options chosen=value on_choose=choose/>
        </div>
    }
}

/// Locks now.
#[component]
pub(super) fn LockNow() -> impl IntoView {
    let i18n = use_i18n();
    let frame = expect_context::<Frame>();
    view! {
        <div>
            <div><b>{tu_string!(i18n, settings.lock)}</b><span class="soft">{tu_string!(i18n, settings.lock_hint)}</span></div>
            <Button kind=Kind::Quiet icon=Glyph::Lock on_press=move |()| frame.lock()>{tu_string!(i18n, settings.lock_now)}</Button>
        </div>
    }
}

/// How long nobody may touch the screen before it locks.
#[component]
pub(super) fn Idle(chosen: RwSignal<Appearance>) -> impl IntoView {
    let i18n = use_i18n();
    let options: Vec<(String, String)> = IDLE
        .iter()
        .map(|minutes| (minutes.to_string(), tu_string!(i18n, settings.minutes, count = *minutes)))
        .collect();
    let value = derived(move || chosen.get().lock_after.unwrap_or(USUAL_IDLE).to_string());
    let choose = move |value: String| {
        change(chosen, Appearance { lock_after: value.parse().ok(), ..chosen.get_untracked() });
    };
    view! {
        <div>
            <div><b>{tu_string!(i18n, settings.idle)}</b></div>
            <Segments label=tu_string!(i18n, settings.idle) options chosen=value on_choose=choose/>
        </div>
    }
}

fn change(chosen: RwSignal<Appearance>, next: Appearance) {
    chosen.set(next);
    appearance::choose(next);
}
