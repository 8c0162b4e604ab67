//! Progress of the first sync, above whatever page is open: one can begin before it ends.

use crate::language::*;
use crate::reactive::{derived, memo};
use crate::replica::{Replica, state::Connection};
use crate::ui::{Notice, Progress, Show};
use leptos::prelude::*;

/// Shows how far the first sync has come, until this device has once received everything.
#[component]
pub fn FirstSync(replica: Replica) -> impl IntoView {
    let i18n = use_i18n();
    let state = replica.state();
    let counts = memo(move || match state.get().connection {
        Connection::Receiving { received, total } => Some((received as u64, total as u64)),
        _ => None,
    });
    let incomplete = memo(move || !state.get().complete);
    let offline = memo(move || matches!(state.get().connection, Connection::Offline | Connection::SignedOut));
    let words = move || {
        counts
            .get()
            .map(|(received, total)| {
                td_string!(i18n, door.first_sync_count, received = received, total = total)
            })
            .unwrap_or_default()
    };
    view! {
        <Show when=move || incomplete.get()>
            <div class="sheet pad stack" data-testid="first-sync">
                <Progress label=td_string!(i18n, door.first_sync) words=derived(words)
                    value=derived(move || counts.get().map_or(0, |(received, _)| received))
                    max=derived(move || counts.get().map_or(0, |(_, total)| total))/>
                <Show when=move || offline.get() fallback=move || view! { <p class="soft">{td_string!(i18n, door.first_sync_hint)}</p> }>
                    <Notice>{td_string!(i18n, door.first_sync_offline)}</Notice>
                </Show>
            </div>
        </Show>
    }
}
