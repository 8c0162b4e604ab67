//! The outbox and what has left it.

use crate::features::door::SignInAgain;
use crate::language::*;
use crate::reactive::memo;
use crate::replica::{
    outbox::{Deed, Sending},
    state::Connection,
    use_replica,
};
use crate::ui::{Button, Empty, Glyph, Kind, Notice, Show, Tone};
use crate::words;
use domain::base::Timestamp;
use leptos::prelude::*;

/// The page behind the pill.
#[component]
pub fn SyncLog() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let state = replica.state();
    let deeds = move || {
        let _ = state.get();
        replica.track_lists();
        replica.core().outbox(|outbox| outbox.newest_first().cloned().collect::<Vec<_>>())
    };
    let signed_out = memo(move || state.get().connection == Connection::SignedOut);
    view! {
        <h1>{td_string!(i18n, sync.title)}</h1>
        <p class="soft">{td_string!(i18n, sync.lead)}</p>
        <Show when=move || signed_out.get()><SignInAgain/></Show>
        <Show when=move || { state.get().refused > 0 }>
            <Notice tone=Tone::Care>{move || td_string!(i18n, sync.refused, count = state.get().refused)}</Notice>
        </Show>
        <Button kind=Kind::Quiet icon=Glyph::Sync on_press=move |()| replica.wake()>{td_string!(i18n, sync.try_now)}</Button>
        {move || {
            let deeds = deeds();
            if deeds.is_empty() {
                view! { <Empty icon=Glyph::Check title=td_string!(i18n, sync.empty)/> }.into_any()
            } else {
                view! { <ul class="sheet rows log">{deeds.into_iter().map(|sending| view! { <Line sending/> }).collect_view()}</ul> }.into_any()
            }
        }}
    }
}

#[component]
fn Line(sending: Sending) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let what = match sending.deed {
        Deed::Visit => td_string!(i18n, sync.deed_visit),
        Deed::Void => td_string!(i18n, sync.deed_void),
        Deed::Plan => td_string!(i18n, sync.deed_plan),
        Deed::Facts => td_string!(i18n, sync.deed_facts),
        Deed::Contract => td_string!(i18n, sync.deed_contract),
        Deed::Claim => td_string!(i18n, sync.deed_claim),
        Deed::Dispute => td_string!(i18n, sync.deed_dispute),
        Deed::Close => td_string!(i18n, sync.deed_close),
        Deed::Ruling => td_string!(i18n, sync.deed_ruling),
        Deed::Review => td_string!(i18n, sync.deed_review),
        Deed::Reading => td_string!(i18n, sync.deed_reading),
        Deed::Rules => td_string!(i18n, sync.deed_rules),
        Deed::HealthPoints => td_string!(i18n, health_points.title),
        Deed::Attachment => td_string!(i18n, sync.deed_attachment),
        Deed::Other => td_string!(i18n, sync.deed_other),
    };
    let whom = replica.core().index(|index| {
        index.entry(&sending.subject).and_then(|entry| entry.row.as_ref()).map(|row| row.name.clone())
    });
    let saved = td_string!(i18n, sync.saved_at, time = words::date_time(i18n, Timestamp(sending.at)));
    let sent = sending.sent.map(|at| {
        let time = words::date_time(i18n, Timestamp(at));
        if sending.submitted {
            td_string!(i18n, sync.submitted, time = time)
        } else {
            td_string!(i18n, sync.sent, time = time)
        }
    });
    let tag = if sent.is_some() && !sending.submitted { "tag pine" } else { "tag" };
    let files = sending.blobs;
    // A large file takes a while: how far it is, is said.
    let sent = move || {
        let way =
            replica.core().uploading.get().filter(|(hash, _)| files.iter().any(|(_, file)| file == hash));
        match (&sent, way) {
            (Some(sent), _) => sent.clone(),
            (None, Some((_, percent))) => td_string!(i18n, files.sending, percent = percent),
            (None, None) => td_string!(i18n, sync.not_sent).to_owned(),
        }
    };
    view! {
        <li>
            <div class="who"><b>{what}</b>" "{whom}</div>
            <span class=tag>{sent}</span>
            <div class="why">{saved}</div>
        </li>
    }
}
