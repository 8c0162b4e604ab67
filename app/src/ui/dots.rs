//! Used and left, as dots.

use leptos::prelude::*;

/// More than this many dots would be counted by nobody; the words beside them then say it alone.
const MOST: u32 = 12;

/// Filled dots for what is used, open ones for what is left; the words beside them say the same.
#[component]
pub fn Dots(
    /// How many are used.
    #[prop(into)]
    used: Signal<u32>,
    /// How many there are in all.
    #[prop(into)]
    total: Signal<u32>,
    /// The same in words, for readers.
    #[prop(into)]
    words: Signal<String>,
) -> impl IntoView {
    let shown = move || total.get().max(used.get()).min(MOST);
    view! {
        <span class="dots" role="img" aria-label=words>
            {move || {
                (0..shown()).map(|place| view! { <i class:used=move || place < used.get()></i> }).collect_view()
            }}
        </span>
    }
}
