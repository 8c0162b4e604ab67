//! Sync state in words, and the log of what was sent.

mod log;
mod view_model;

pub use log::SyncLog;
pub use view_model::{Words, unsent, words};

use crate::language::*;
use crate::reactive::derived;
use crate::replica::use_replica;
use crate::ui::{SyncKind, SyncPill};
use crate::words;
use domain::base::Timestamp;
use leptos::prelude::*;

/// The pill that is on every page.
#[component]
pub fn SyncStatus() -> impl IntoView {
    let i18n = use_i18n();
    let state = use_replica().state();
    let text = derived(move || match words(state.get()) {
        Words::Saved => td_string!(i18n, sync.saved).to_owned(),
        Words::Waiting(count) => td_string!(i18n, sync.waiting, count = count),
        Words::OfflineSaved => td_string!(i18n, sync.offline_saved).to_owned(),
        Words::OfflineWaiting(count) => td_string!(i18n, sync.offline_waiting, count = count),
        Words::Syncing => td_string!(i18n, sync.syncing).to_owned(),
        Words::Agreed(at) => td_string!(i18n, sync.agreed, time = words::time(Timestamp(at))),
        Words::SignedOut => td_string!(i18n, sync.signed_out).to_owned(),
        Words::SignedOutWaiting(count) => td_string!(i18n, sync.signed_out_waiting, count = count),
    });
    let short = derived(move || match words(state.get()) {
        Words::Saved => td_string!(i18n, sync.short_saved).to_owned(),
        Words::Waiting(count) | Words::OfflineWaiting(count) => {
            td_string!(i18n, sync.short_waiting, count = count)
        }
        Words::OfflineSaved => td_string!(i18n, sync.short_offline).to_owned(),
        Words::Syncing | Words::Agreed(_) => text.get(),
        Words::SignedOut | Words::SignedOutWaiting(_) => td_string!(i18n, sync.short_signed_out).to_owned(),
    });
    let kind = derived(move || match words(state.get()) {
        Words::OfflineSaved | Words::OfflineWaiting(_) => SyncKind::Offline,
        Words::Saved | Words::Syncing => SyncKind::Busy,
        Words::Waiting(_) => SyncKind::Waiting,
        Words::Agreed(_) => SyncKind::Done,
        Words::SignedOut | Words::SignedOutWaiting(_) => SyncKind::Care,
    });
    view! { <SyncPill kind text short href="/sync-log"/> }
}
