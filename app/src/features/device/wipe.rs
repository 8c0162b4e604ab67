//! Deleting what somebody has on this device: never what is nowhere else.

use super::view_model::{Deleting, deleting};
use crate::language::*;
use crate::reactive::{memo, spawn_local};
use crate::replica::{account, core::Unsent, profile, use_replica};
use crate::ui::{Button, Dialog, Glyph, Kind, Notice, Show, Tone};
use leptos::prelude::*;

/// Offers to delete; says why not.
#[component]
pub(super) fn Wipe(unsent: Signal<Option<Unsent>>, exported: RwSignal<Option<Unsent>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let state = memo(move || unsent.get().map(|unsent| deleting(unsent, exported.get())));
    let asking = RwSignal::new(false);
    let pressed = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let blocked = memo(move || match state.get() {
        Some(Deleting::Blocked(unsent)) if pressed.get() => Some(unsent),
        _ => None,
    });
    let press = move |()| {
        pressed.set(true);
        asking.set(matches!(state.get_untracked(), Some(Deleting::Free | Deleting::Exported)));
    };
    let delete = move |()| {
        spawn_local(async move {
            let core = replica.core();
            // Another tab may have written since the page was drawn.
            let now = core.unsent().await.ok().map(|unsent| deleting(unsent, exported.get_untracked()));
            if !matches!(now, Some(Deleting::Free | Deleting::Exported)) {
                asking.set(false);
                failed.set(true);
                return;
            }
            // Without a network the session ends with its time; nobody can use it without a password.
            let _ = account::sign_out().await;
            match profile::remove(core.profile()).await {
                // From the beginning: nothing of it stays in memory, and nobody goes on for it.
                Ok(()) => drop(window().location().set_href("/")),
                Err(_) => failed.set(true),
            }
        });
    };
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, device.delete)}</h2>
            <p class="soft">{td_string!(i18n, device.delete_why)}</p>
            <div class="acts">
                <Button kind=Kind::Risk icon=Glyph::Trash on_press=press>{td_string!(i18n, device.delete_go)}</Button>
            </div>
            <Show when=move || blocked.get().is_some()>
                <Notice tone=Tone::Care title=td_string!(i18n, device.delete_blocked)>
                    {move || {
                        let Unsent { deeds, drafts } = blocked.get().unwrap_or_default();
                        td_string!(i18n, device.delete_blocked_why, deeds = deeds, drafts = drafts)
                    }}
                </Notice>
            </Show>
            <Show when=move || failed.get()>
                <Notice tone=Tone::Care>{td_string!(i18n, device.delete_failed)}</Notice>
            </Show>
            <Dialog open=asking title=td_string!(i18n, device.delete_title) id="delete-title">
                <p>{move || if state.get() == Some(Deleting::Exported) {
                    td_string!(i18n, device.delete_exported)
                } else {
                    td_string!(i18n, device.delete_sent)
                }}</p>
                <div class="acts">
                    <Button kind=Kind::Quiet on_press=move |()| asking.set(false)>{td_string!(i18n, common.cancel)}</Button>
                    <Button kind=Kind::Risk on_press=delete>{td_string!(i18n, device.delete_now)}</Button>
                </div>
            </Dialog>
        </section>
    }
}
