//! A native dialog: the browser keeps the focus inside and closes it with Escape.

use crate::reactive::effect;
use leptos::{html, prelude::*};

/// A question that must be answered before going on. Prefer undo.
#[component]
pub fn Dialog(
    /// Whether it is open; set to false when it is closed with Escape.
    #[prop(into)]
    open: RwSignal<bool>,
    /// Its heading, which also names it.
    #[prop(into)]
    title: Signal<String>,
    /// The heading's id, unique on the page.
    #[prop(into)]
    id: String,
    /// What it says, and its buttons in `.acts`.
    children: Children,
) -> impl IntoView {
    let heading = id.clone();
    let dialog = NodeRef::<html::Dialog>::new();
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // Only a dialog that is not in the page refuses to open.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog node_ref=dialog aria-labelledby=heading on:close=move |_| open.set(false)>
            <div class="inside">
                <h2 id=id>{title}</h2>
                {children()}
            </div>
        </dialog>
    }
}
