//! Not agreeing with an entry of health points, or missing one.

use super::hand::Hand;
use crate::language::*;
use crate::reactive::derived;
use crate::ui::{Button, Kind, TextField};
use domain::base::EntryId;
use leptos::prelude::*;

/// The form below a line, or for what is missing; it closes when it is saved or given up.
#[component]
pub(super) fn DisputeForm(
    /// The entry; nothing where one is missing.
    entry: Option<EntryId>,
    /// Whether the form is open.
    open: RwSignal<bool>,
    /// Where the dispute goes.
    hand: Hand,
) -> impl IntoView {
    let i18n = use_i18n();
    let (reason, missing) = (RwSignal::new(String::new()), RwSignal::new(false));
    let error = derived(move || {
        if missing.get() { td_string!(i18n, health_points.dispute_missing).to_owned() } else { String::new() }
    });
    let label = if entry.is_some() {
        td_string!(i18n, health_points.dispute_reason)
    } else {
        td_string!(i18n, health_points.missing_reason)
    };
    let id = entry.as_ref().map_or_else(|| "dispute-missing".to_owned(), |id| format!("dispute-{id}"));
    let save = move || {
        let text = reason.get_untracked().trim().to_owned();
        if text.is_empty() {
            missing.set(true);
            return;
        }
        open.set(false);
        hand.dispute(entry.clone(), text, td_string!(i18n, health_points.disputed_now).to_owned());
    };
    view! {
        <form class="across stack" novalidate data-testid="health-dispute" on:submit=move |event| { event.prevent_default(); save(); }>
            <TextField id label hint=td_string!(i18n, health_points.dispute_hint) value=reason error/>
            <div class="acts">
                <Button submit=true>{td_string!(i18n, health_points.dispute_save)}</Button>
                <Button kind=Kind::Plain on_press=move |()| open.set(false)>{td_string!(i18n, common.cancel)}</Button>
            </div>
        </form>
    }
}
