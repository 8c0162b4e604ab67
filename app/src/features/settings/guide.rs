//! Which knowledge advises on this device.

use crate::guide::{News, State, Version, use_guide};
use crate::language::*;
use crate::reactive::memo;
use crate::ui::{Button, Kind};
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
    let news = move || match guide.state() {
        State::Ready { news: News::None, .. } => td_string!(i18n, settings.guide_newest),
        State::Ready { news: News::Here, .. } => td_string!(i18n, settings.guide_newer),
        State::Ready { news: News::Unreachable, .. } => td_string!(i18n, settings.guide_unreachable),
        _ => "",
    };
    let missing = memo(move || matches!(guide.state(), State::Missing { .. }));
    let act = move || {
        if missing.get() { td_string!(i18n, common.again) } else { td_string!(i18n, settings.guide_look) }
    };
    view! {
        <div data-testid="guide">
            <div>
                <b>{td_string!(i18n, settings.guide)}</b>
                <span class="soft">{text}</span>
                <span class="soft" role="status">{news}</span>
            </div>
            <Button kind=Kind::Quiet on_press=move |()| guide.retry()>{act}</Button>
        </div>
    }
}
