//! Text size and lock.

use crate::appearance::{self, Appearance, TextSize, Theme};
use crate::figures::{IDLE_MINUTES, IDLE_USUAL};
use crate::language::{Languages, td_string, use_i18n};
use crate::reactive::derived;
use crate::shell::Frame;
use crate::ui::{Button, Glyph, Kind, Segments};
use leptos::prelude::*;

const STANDARD: &str = "standard";
const ELDER: &str = "elder";
const LIGHT: &str = "light";
const DARK: &str = "dark";

/// Standard or elder, shown at once.
#[component]
pub(super) fn Size(chosen: RwSignal<Appearance>) -> impl IntoView {
    let i18n = use_i18n();
    let options = vec![
        (STANDARD.to_owned(), td_string!(i18n, settings.standard).to_owned()),
        (ELDER.to_owned(), td_string!(i18n, settings.elder).to_owned()),
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
            <div><b>{td_string!(i18n, settings.size)}</b><span class="soft">{td_string!(i18n, settings.size_hint)}</span></div>
            <Segments label=td_string!(i18n, settings.size) options chosen=value on_choose=choose/>
        </div>
    }
}

/// Light, dark, or as the device has it.
#[component]
pub(super) fn Colours(chosen: RwSignal<Appearance>) -> impl IntoView {
    let i18n = use_i18n();
    let options = vec![
        (String::new(), td_string!(i18n, settings.theme_device).to_owned()),
        (LIGHT.to_owned(), td_string!(i18n, settings.theme_light).to_owned()),
        (DARK.to_owned(), td_string!(i18n, settings.theme_dark).to_owned()),
    ];
    let value = derived(move || match chosen.get().theme {
        None => String::new(),
        Some(Theme::Light) => LIGHT.to_owned(),
        Some(Theme::Dark) => DARK.to_owned(),
    });
    let choose = move |value: String| {
        let theme = match value.as_str() {
            LIGHT => Some(Theme::Light),
            DARK => Some(Theme::Dark),
            _ => None,
        };
        change(chosen, Appearance { theme, ..chosen.get_untracked() });
    };
    view! {
        <div>
            <div><b>{td_string!(i18n, settings.theme)}</b><span class="soft">{td_string!(i18n, settings.theme_hint)}</span></div>
            <Segments label=td_string!(i18n, settings.theme) options chosen=value on_choose=choose/>
        </div>
    }
}

/// Which language the screen speaks.
#[component]
pub(super) fn Speech() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div>
            <div><b>{td_string!(i18n, common.language)}</b><span class="soft">{td_string!(i18n, settings.language_hint)}</span></div>
            <Languages/>
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
            <div><b>{td_string!(i18n, settings.lock)}</b><span class="soft">{td_string!(i18n, settings.lock_hint)}</span></div>
            <Button kind=Kind::Quiet icon=Glyph::Lock on_press=move |()| frame.lock()>{td_string!(i18n, settings.lock_now)}</Button>
        </div>
    }
}

/// How long nobody may touch the screen before it locks.
#[component]
pub(super) fn Idle(chosen: RwSignal<Appearance>) -> impl IntoView {
    let i18n = use_i18n();
    let options: Vec<(String, String)> = IDLE_MINUTES
        .iter()
        .map(|minutes| (minutes.to_string(), td_string!(i18n, settings.minutes, count = *minutes)))
        .collect();
    let value = derived(move || chosen.get().lock_after.unwrap_or(IDLE_USUAL).to_string());
    let choose = move |value: String| {
        change(chosen, Appearance { lock_after: value.parse().ok(), ..chosen.get_untracked() });
    };
    view! {
        <div>
            <div><b>{td_string!(i18n, settings.idle)}</b></div>
            <Segments label=td_string!(i18n, settings.idle) options chosen=value on_choose=choose/>
        </div>
    }
}

fn change(chosen: RwSignal<Appearance>, next: Appearance) {
    chosen.set(next);
    appearance::choose(next);
}
