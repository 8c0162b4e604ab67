//! What was just done, and a way back.

use super::Show;
use crate::reactive::effect;
use leptos::prelude::*;
use std::time::Duration;

/// How long the way back is offered: long enough to read it twice.
const STAYS: Duration = Duration::from_secs(10);

/// Says what was done and offers to undo it for a while; the focus is left where it is.
#[component]
pub fn Undo(
    /// What was done; `None` when there is nothing to undo.
    #[prop(into)]
    done: RwSignal<Option<String>>,
    /// The words on the button.
    #[prop(into)]
    undo: Signal<String>,
    /// Called to take it back.
    #[prop(into)]
    on_undo: Callback<()>,
) -> impl IntoView {
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let forget = move || {
        if let Some(timer) = pending.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    effect(move || {
        forget();
        if done.with(Option::is_some) {
            pending.set_value(set_timeout_with_handle(move || done.set(None), STAYS).ok());
        }
    });
    on_cleanup(forget);
    let back = move |_| {
        done.set(None);
        on_undo.run(());
    };
    view! {
        <div role="status">
            <Show when=move || done.with(Option::is_some)>
                <div class="undo">
                    <span>{move || done.get()}</span>
                    <button type="button" on:click=back>{undo}</button>
                </div>
            </Show>
        </div>
    }
}
