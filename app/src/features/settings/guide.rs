//! Which knowledge advises on this device.

use crate::guide::{State, Version, use_guide};
use crate::language::*;
use crate::reactive::memo;
use crate::ui::{Button, Kind, Show};
use crate::words;
use leptos::prelude::*;

/// Which knowledge advises here, and the way to a newer one.
#[component]
pub(super) fn GuideRow() -> impl IntoView {
    let i18n = use_i18n();
    let guide = use_guide();
    let named = move |version: &Version| {
        let date = version.date.map(|date| words::date(i18n, date) + " · ").unwrap_or_default();
        date + version.short()
    };
    let text = move || match guide.state() {
        State::Waiting => td_string!(i18n, settings.guide_waiting).to_owned(),
        State::Ready { knowledge, medicines, .. } => {
            td_string!(
                i18n,
                settings.guide_ready,
                knowledge = named(&knowledge),
                medicines = named(&medicines)
            )
        }
        State::Missing { damaged: true } => td_string!(i18n, settings.guide_damaged).to_owned(),
        State::Missing { damaged: false } => td_string!(i18n, settings.guide_missing).to_owned(),
    };
    let newer = memo(move || matches!(guide.state(), State::Ready { newer: true, .. }));
    let missing = memo(move || matches!(guide.state(), State::Missing { .. }));
    let act = move || {
        if missing.get() { td_string!(i18n, common.again) } else { td_string!(i18n, settings.guide_look) }
    };
    view! {
        <div data-testid="guide">
            <div>
                <b>{td_string!(i18n, settings.guide)}</b>
                <span class="soft">{text}</span>
                <Show when=move || newer.get()><span class="soft">{td_string!(i18n, settings.guide_newer)}</span></Show>
            </div>
            <Button kind=Kind::Quiet on_press=move |()| guide.retry()>{act}</Button>
        </div>
    }
}
