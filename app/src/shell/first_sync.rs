//! Progress of the first sync, above whatever page is open: one can begin before it ends.

use crate::i18n::*;
use crate::replica::{Replica, state::Connection};
use crate::ui::{Notice, Progress};
use leptos::prelude::*;

/// Shows how far the first sync has come, until this device has once received everything.
#[component]
pub fn FirstSync(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let state = replica.state();
    let counts = Memo::new(move |_| match state.get().connection {
        Connection::Receiving { received, total } => Some((received as u64, total as u64)),
        _ => None,
    });
    let incomplete = Memo::new(move |_| !state.get().complete);
    let offline =
        Memo::new(move |_| matches!(state.get().connection, Connection::Offline | Connection::SignedOut));
    let words = move || {
        counts
            .get()
            .map(|(received, total)| {
                tu_string!(i18n, door.first_sync_count, received = received, total = total)
            })
            .unwrap_or_default()
    };
    view! {
        <Show when=move || incomplete.get()>
            <div class="sheet pad stack" data-testid="first-sync">
                <Progress label=tu_string!(i18n, door.first_sync) words=Signal::derive(words)
                    value=Signal::derive(move || counts.get().map_or(0, |(received, _)| received))
                    max=Signal::derive(move || counts.get().map_or(0, |(_, total)| total))/>
                <Show when=move || offline.get() fallback=move || view! { <p class="soft">{tu_string!(i18n, door.first_sync_hint)}</p> }>
                    <Notice>{tu_string!(i18n, door.first_sync_offline)}</Notice>
                </Show>
            </div>
        </Show>
    }
}
