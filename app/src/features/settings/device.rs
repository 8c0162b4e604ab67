//! What is on this device, and whether it is also on the server.

use crate::features::{device::room, sync::unsent};
use crate::language::*;
use crate::reactive::{loaded, memo, spawn_local};
use crate::replica::use_replica;
use crate::ui::{Button, ButtonLink, Glyph, Kind, Show};
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// What has not been sent, and the way to the log.
#[component]
pub(super) fn SyncRow() -> impl IntoView {
    let i18n = use_i18n();
    let state = use_replica().state();
    let words = move || match unsent(state.get()) {
        0 => td_string!(i18n, settings.sync_agreed).to_owned(),
        count => td_string!(i18n, settings.sync_waiting, count = count),
    };
    view! {
        <div>
            <div><b>{td_string!(i18n, settings.sync)}</b><span class="soft">{words}</span></div>
            <ButtonLink kind=Kind::Quiet icon=Glyph::Sync href="/sync-log">{td_string!(i18n, settings.sync_log)}</ButtonLink>
        </div>
        <div>
            <div><b>{td_string!(i18n, device.title)}</b><span class="soft">{td_string!(i18n, device.hint)}</span></div>
            <ButtonLink kind=Kind::Quiet icon=Glyph::Shield href="/settings/device">{td_string!(i18n, device.open)}</ButtonLink>
        </div>
    }
}

/// How much room there is, and whether the browser keeps it.
#[component]
pub(super) fn StorageRow() -> impl IntoView {
    let i18n = use_i18n();
    let asked = RwSignal::new(0);
    let found = loaded(move || {
        asked.track();
        room()
    });
    let keep = move |()| {
        spawn_local(async move {
            if let Ok(promise) = window().navigator().storage().persist() {
                let _ = JsFuture::from(promise).await;
            }
            asked.update(|times| *times += 1);
        });
    };
    let room = move || {
        found.get().map(|storage| match storage.sizes() {
            Some((used, left)) => td_string!(i18n, settings.storage_used, used = used, left = left),
            None => td_string!(i18n, settings.storage_unknown).to_owned(),
        })
    };
    let persisted = memo(move || found.get().map(|storage| storage.persisted));
    view! {
        <div>
            <div>
                <b>{td_string!(i18n, settings.storage)}</b>
                <span class="soft">{room}</span>
                {move || persisted.get().map(|kept| {
                    let text = if kept { td_string!(i18n, settings.kept) } else { td_string!(i18n, settings.not_kept) };
                    view! { <span class="soft">{text}</span> }
                })}
            </div>
            <Show when=move || persisted.get() == Some(false)>
                <Button kind=Kind::Quiet on_press=keep>{td_string!(i18n, settings.keep)}</Button>
            </Show>
        </div>
    }
}
